package io.fengsui.standalone.exercise;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.access.Act;
import io.fengsui.ops.AuditEntry;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the alerts of an exercise: what the console shows, what readers can read, and whether somebody asks for its end in the
 * audit. As a member of a consumer group of the exercise's name it also tells others that this one is being played; the group ends
 * with the process, however that ends. A thread of its own.
 */
public final class ExerciseWatch implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ExerciseWatch.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration JOIN = Duration.ofSeconds(30);

    private final String exercise;
    private final AlertAccounts accounts;
    private final Consumer<String> stop;
    private final List<String> readerTopics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroReader<Alert> alerts;
    private final AvroReader<AuditEntry> audit;
    private final InstantSource clock;
    private final Instant since;
    private final CountDownLatch joined = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param readerTopics alert topics of all units and departments for exercises
     * @param clock when something can be read first
     * @param stop told who asks for the end
     */
    public ExerciseWatch(
            String exercise,
            AlertAccounts accounts,
            Collection<String> readerTopics,
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            InstantSource clock,
            Consumer<String> stop) {
        this.exercise = exercise;
        this.accounts = accounts;
        this.stop = stop;
        this.clock = clock;
        this.since = clock.instant();
        this.readerTopics = List.copyOf(readerTopics);
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "fengsui-exercise");
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group(exercise));
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.alerts = new AvroReader<>(registry, Alert.class, Alert.getClassSchema());
        this.audit = new AvroReader<>(registry, AuditEntry.class, AuditEntry.getClassSchema());
        this.thread = new Thread(this::run, "exercise-watch");
        this.thread.setDaemon(true);
    }

    /** Whether somebody is playing an exercise of this name now. */
    public static boolean isPlayed(Admin admin, String exercise) throws InterruptedException {
        try {
            KafkaFuture<ConsumerGroupDescription> described = admin.describeConsumerGroups(List.of(group(exercise)))
                    .describedGroups()
                    .get(group(exercise));
            return !Objects.requireNonNull(described).get().members().isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new StartException("Kafka does not tell whether the exercise is being played: " + e.getCause(), e);
        }
    }

    /** Names of exercises may have any letters; those of groups are safer without. */
    static String group(String exercise) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(exercise.getBytes(StandardCharsets.UTF_8));
            return "fengsui-exercise-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns when it follows; what comes from then on is seen. */
    public void start() throws InterruptedException {
        List<String> topics = new ArrayList<>(readerTopics);
        topics.add(Topics.alertState(Realm.DRILL).name());
        topics.add(Topics.AUDIT.name());
        consumer.subscribe(topics, new Seeking());
        thread.start();
        if (!joined.await(JOIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new StartException("Kafka gives no place in the group " + group(exercise) + " within "
                    + JOIN.toSeconds() + " s; may this user read the topics and join groups 'fengsui-exercise-'?");
        }
    }

    private final class Seeking implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // nothing is committed
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(times).entrySet()) {
                if (found.getValue() == null) {
                    consumer.seekToEnd(List.of(found.getKey()));
                    consumer.position(found.getKey());
                } else {
                    consumer.seek(found.getKey(), found.getValue().offset());
                }
            }
            if (!partitions.isEmpty()) {
                joined.countDown();
            }
        }
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
            }
        } catch (RuntimeException e) {
            logger.error("The exercise can no longer be followed", e);
            stop.accept("Kafka: " + e.getMessage());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Instant at = clock.instant();
        try {
            if (record.topic().equals(Topics.AUDIT.name())) {
                stopIfAsked(audit.read(record.value()));
            } else if (record.topic().equals(Topics.alertState(Realm.DRILL).name())) {
                accounts.shown(alerts.read(record.value()), at);
            } else {
                accounts.reached(record.topic(), alerts.read(record.value()), at);
            }
        } catch (UnreadableRecordException e) {
            logger.debug("Passed over {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private void stopIfAsked(AuditEntry entry) {
        if (entry.getAct().equals(Act.EXERCISE_STOP.code())
                && exercise.equals(entry.getAbout())
                && !entry.getAt().isBefore(since)) {
            stop.accept(String.valueOf(entry.getDisplayName()));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
