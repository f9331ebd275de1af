package io.fengsui.platform;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic as a map in memory: read from its beginning, then followed, by a thread of its own. Every instance
 * of every process sees the whole topic. Committed records only. A record that cannot be read is logged and leaves the
 * former value in force.
 *
 * <p>{@link #get} and {@link #values} may be called by any thread. The listener is called on the table's thread, once a
 * change, with null for a removed key; it must not block.
 */
public final class CompactedTable<V extends SpecificRecord> implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(CompactedTable.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Hears of each change, and when it was written. */
    public interface Listener<V> {
        /**
         * Must not block.
         *
         * @param value null for a removed key
         * @param writtenAt by the clock of whoever wrote it
         */
        void accept(String key, @Nullable V value, Instant writtenAt);
    }

    private final Topic<V> topic;
    private final AvroReader<V> reader;
    private final Listener<V> listener;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ConcurrentMap<String, V> values = new ConcurrentHashMap<>();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Thread thread;
    private final boolean keeps;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;
    private final String kafkaName;
    private volatile String waitsFor;

    /**
     * @param kafka client settings, at least bootstrap.servers; group and deserializers are set here
     * @param owner name of the process, for thread and client names
     */
    public CompactedTable(
            Topic<V> topic,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner,
            BiConsumer<String, @Nullable V> listener) {
        this(topic, kafka, registry, owner, (key, value, at) -> listener.accept(key, value), true);
    }

    /** A table that only tells its listener and keeps nothing, for a topic whose keys grow without end. */
    public static <V extends SpecificRecord> CompactedTable<V> telling(
            Topic<V> topic,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner,
            BiConsumer<String, @Nullable V> listener) {
        return new CompactedTable<>(
                topic, kafka, registry, owner, (key, value, at) -> listener.accept(key, value), false);
    }

    /** The same, and the listener hears when each record was written. */
    public static <V extends SpecificRecord> CompactedTable<V> tellingWhen(
            Topic<V> topic, Map<String, ?> kafka, SchemaRegistryClient registry, String owner, Listener<V> listener) {
        return new CompactedTable<>(topic, kafka, registry, owner, listener, false);
    }

    private CompactedTable(
            Topic<V> topic,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner,
            Listener<V> listener,
            boolean keeps) {
        this.keeps = keeps;
        this.topic = topic;
        this.reader = new AvroReader<>(registry, topic.type(), topic.schema());
        this.listener = listener;
        this.kafkaName = "Kafka at " + kafka.get("bootstrap.servers");
        this.waitsFor = kafkaName + " does not answer";
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, owner + "-" + topic.name());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, owner + "-" + topic.name());
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * Waits until all that was in the topic at the start is here.
     *
     * @throws StartException after the timeout, if the topic does not exist or cannot be read; says why
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        if (!loaded.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StartException(topic.name() + " was not read within " + timeout.toSeconds() + " s: " + waitsFor);
        }
        RuntimeException failed = failure;
        if (failed instanceof StartException known) {
            throw known;
        }
        if (failed != null) {
            throw new StartException(
                    topic.name() + " cannot be read from " + kafkaName + ": " + failed.getMessage(), failed);
        }
    }

    public Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A live view, by key. */
    public Map<String, V> values() {
        return Collections.unmodifiableMap(values);
    }

    /** False once the thread has ended by an error: the map then stands still. */
    public boolean healthy() {
        return failure == null;
    }

    private void run() {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), Duration.ofSeconds(10)).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new StartException("Topic " + topic.name() + " does not exist; run 'fengsui topics apply'");
            }
            waitsFor = kafkaName + " gives records too slowly";
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (!closed) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    loaded.countDown();
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    apply(record);
                }
            }
        } catch (WakeupException e) {
            logger.debug("{} is closed", topic.name());
        } catch (RuntimeException e) {
            failure = e;
            logger.error("{} is no longer followed", topic.name(), e);
        } finally {
            loaded.countDown();
            closeConsumer();
        }
    }

    /** At once: there is nothing to commit, and in order it would wait for a fetch that waits for records. */
    private void closeConsumer() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null) {
            logger.warn("{} offset {} has no key and is passed over", record.topic(), record.offset());
            return;
        }
        if (record.value() == null) {
            values.remove(key);
            listener.accept(key, null, Instant.ofEpochMilli(record.timestamp()));
            return;
        }
        V value = read(record);
        if (value != null) {
            if (keeps) {
                values.put(key, value);
            }
            listener.accept(key, value, Instant.ofEpochMilli(record.timestamp()));
        }
    }

    private @Nullable V read(ConsumerRecord<String, byte[]> record) {
        while (!closed) {
            try {
                return reader.read(record.value());
            } catch (UnreadableRecordException e) {
                logger.warn(
                        "{} offset {} key {} cannot be read, the former value stays: {}",
                        record.topic(),
                        record.offset(),
                        record.key(),
                        e.getMessage());
                return null;
            } catch (RetriableException e) {
                waitsFor = String.valueOf(e.getMessage());
                logger.warn("{} waits: {}", topic.name(), waitsFor);
                pause();
            }
        }
        return null;
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(5_000);
            } else if (thread.getState() == Thread.State.NEW) {
                closeConsumer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
