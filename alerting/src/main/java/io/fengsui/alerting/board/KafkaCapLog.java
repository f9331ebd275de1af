package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.CapMessage;
import io.fengsui.alerting.append.Appender;
import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.CapIndex;
import io.fengsui.alerting.notify.cap.CapLog;
import io.fengsui.alerting.notify.cap.CapUnreadableException;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CAP messages in {@code alert.cap}, one partition: its order is that of the feed. In memory is what the feed lists, and where all
 * others are; the bytes of a message are fetched from Kafka when they are asked for. Follows the topic on a thread of its own.
 */
public final class KafkaCapLog implements CapLog, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(KafkaCapLog.class);

    /** About half a kilobyte each. */
    private static final int MOST_LISTED = 100_000;

    /** About a hundred bytes each. */
    private static final int MOST_MESSAGES = 500_000;

    private static final int MOST_CACHED = 100;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Topic<CapMessage> topic;
    private final TopicPartition partition;
    private final AvroReader<CapMessage> avro;
    private final KafkaConsumer<String, byte[]> follower;
    private final KafkaConsumer<String, byte[]> fetcher;
    private final Appender<CapMessage> appender;
    private final CapIndex index;
    private final Map<Long, Fetched> cache = new LinkedHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean read;
    private long next;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     * @param isHeld by alert id: whether its messages are needed still, whatever their number; any thread may ask
     */
    public KafkaCapLog(
            Realm realm, Map<String, ?> kafka, SchemaRegistryClient registry, String owner, Predicate<String> isHeld) {
        this(realm, kafka, registry, owner, isHeld, MOST_LISTED, MOST_MESSAGES);
    }

    KafkaCapLog(
            Realm realm,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner,
            Predicate<String> isHeld,
            int listed,
            int most) {
        this.index = new CapIndex(listed, most, isHeld, this::recall);
        this.topic = Topics.alertCap(realm);
        this.partition = new TopicPartition(topic.name(), 0);
        this.avro = new AvroReader<>(registry, topic.type(), topic.schema());
        this.follower = consumer(kafka, owner + "-" + topic.name(), 500);
        this.fetcher = consumer(kafka, owner + "-" + topic.name() + "-fetch", 1);
        this.appender = new Appender<>(topic, kafka, registry, owner + "-" + topic.name(), "gzip");
        this.thread = new Thread(this::follow, owner + "-" + topic.name());
        this.thread.setDaemon(true);
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, ?> kafka, String name, int most) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public void start() {
        thread.start();
    }

    private void follow() {
        try {
            follower.assign(List.of(partition));
            follower.seekToBeginning(List.of(partition));
            while (closing.getCount() > 0) {
                step();
            }
        } catch (WakeupException | InterruptedException e) {
            logger.debug("{} is closed", topic.name());
        } finally {
            follower.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private void step() throws InterruptedException {
        try {
            for (ConsumerRecord<String, byte[]> record : follower.poll(POLL)) {
                accept(record);
                next = record.offset() + 1;
            }
            read = follower.currentLag(partition).orElse(1) == 0;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            read = false;
            follower.seek(partition, next);
            logger.warn("{} cannot be read, trying again: {}", topic.name(), e.toString());
            boolean unused = closing.await(1, TimeUnit.SECONDS);
        }
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        CapMessage message = decoded(record);
        if (message != null) {
            add(message, record.offset(), record.timestamp());
        }
    }

    private @Nullable CapMessage decoded(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return avro.read(record.value());
        } catch (UnreadableRecordException e) {
            logger.warn("{} offset {} cannot be read: {}", record.topic(), record.offset(), e.getMessage());
            return null;
        }
    }

    private void add(CapMessage message, long offset, long timestamp) {
        index.add(CapEntry.of(message, Instant.ofEpochMilli(timestamp)), offset);
    }

    @Override
    public boolean isRead() {
        return read;
    }

    @Override
    public CapIndex index() {
        return index;
    }

    @Override
    public boolean append(CapMessage message) {
        try {
            RecordMetadata stored = appender.append(topic, message.getIdentifier(), message)
                    .get(Appender.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            add(message, stored.offset(), stored.timestamp());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            logger.warn("{} does not take {}: {}", topic.name(), message.getIdentifier(), e.toString());
            return false;
        }
    }

    @Override
    public Optional<CapMessage> read(String identifier) {
        OptionalLong offset = index.offset(identifier);
        return offset.isEmpty()
                ? Optional.empty()
                : fetched(offset.getAsLong()).map(Fetched::message).filter(message -> message.getIdentifier()
                        .equals(identifier));
    }

    private Optional<CapEntry> recall(long offset) {
        try {
            return fetched(offset)
                    .map(fetched -> CapEntry.of(fetched.message(), Instant.ofEpochMilli(fetched.timestamp())));
        } catch (KafkaException e) {
            throw new CapUnreadableException(topic.name() + " cannot be read", e);
        }
    }

    private record Fetched(CapMessage message, long timestamp) {}

    private Optional<Fetched> fetched(long offset) {
        synchronized (fetcher) {
            Fetched cached = cache.get(offset);
            if (cached != null) {
                return Optional.of(cached);
            }
            Optional<Fetched> fetched = fetch(offset);
            fetched.ifPresent(message -> {
                cache.put(offset, message);
                if (cache.size() > MOST_CACHED) {
                    cache.remove(cache.keySet().iterator().next());
                }
            });
            return fetched;
        }
    }

    /** Empty if Kafka has let go of it. */
    private Optional<Fetched> fetch(long offset) {
        fetcher.assign(List.of(partition));
        fetcher.seek(partition, offset);
        for (int i = 0; i < PATIENCE.dividedBy(POLL); i++) {
            for (ConsumerRecord<String, byte[]> record : fetcher.poll(POLL)) {
                CapMessage message = record.offset() == offset ? decoded(record) : null;
                return message == null ? Optional.empty() : Optional.of(new Fetched(message, record.timestamp()));
            }
        }
        Long first = fetcher.beginningOffsets(List.of(partition), PATIENCE).get(partition);
        if (first != null && first > offset) {
            return Optional.empty();
        }
        throw new KafkaException(topic.name() + " gives no record within " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void close() {
        closing.countDown();
        follower.wakeup();
        try {
            if (thread.getState() == Thread.State.NEW) {
                follower.close(CloseOptions.timeout(Duration.ZERO));
            } else {
                thread.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (fetcher) {
            fetcher.close(CloseOptions.timeout(Duration.ZERO));
        }
        appender.close();
    }
}
