package io.fengsui.standalone.drill.crash;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes out as readers do, committed records only, from the beginning on. It tells of each share of the work, a lane
 * and a partition, up to when its events have come out: a share that was taken over shows there. A thread of its own.
 */
final class OutputReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final WholeOutput output;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Lane> laneByFeed = new HashMap<>();
    private final Map<String, Instant> newestByShare = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "crash-reader");
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;
    private volatile long lastRecord = System.nanoTime();

    OutputReader(Map<String, Object> clients, WholeOutput output) {
        this.output = output;
        this.consumer = consumer(clients, "read_committed");
        Feeds.all().forEach((Feed<?> feed) -> laneByFeed.put(feed.id(), feed.lane()));
        List<TopicPartition> partitions = partitions(consumer, output);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    take(record);
                }
            }
        } catch (WakeupException e) {
            // closed
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        synchronized (output) {
            output.add(record.topic(), key, record.value());
        }
        Lane lane = laneByFeed.get(record.topic().substring(record.topic().lastIndexOf('.') + 1));
        if (lane != null) {
            int partition = Utils.toPositive(Utils.murmur2(record.key())) % CrashStage.PARTITIONS;
            newestByShare.merge(
                    lane.id() + "-" + partition,
                    Instant.ofEpochMilli(record.timestamp()),
                    (a, b) -> a.isBefore(b) ? b : a);
        }
    }

    /** Whether every share of the work has told of something that came in later than that. */
    boolean allBeyond(Instant time) {
        check();
        return newestByShare.size() == Lane.values().length * CrashStage.PARTITIONS
                && newestByShare.values().stream().allMatch(newest -> newest.isAfter(time));
    }

    /** Devices of whose silence an alert was raised. */
    Set<String> silent() {
        check();
        synchronized (output) {
            return output.silent();
        }
    }

    /** How long nothing has come out. */
    Duration quiet() {
        check();
        return Duration.ofNanos(System.nanoTime() - lastRecord);
    }

    private void check() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("The output cannot be read", thrown);
        }
    }

    /** Ends it, so that the output can be looked at. */
    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }

    /** How many records stand in the topics of an output, those of transactions that were aborted too. */
    static long countAll(Map<String, Object> clients, WholeOutput output, String isolation) {
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> counter = consumer(clients, isolation)) {
            List<TopicPartition> partitions = partitions(counter, output);
            Map<TopicPartition, Long> ends = counter.endOffsets(partitions);
            counter.assign(partitions);
            counter.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(p -> counter.position(p) < ends.getOrDefault(p, 0L))) {
                count += counter.poll(POLL).count();
            }
        }
        return count;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> clients, String isolation) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, WholeOutput output) {
        return output.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}
