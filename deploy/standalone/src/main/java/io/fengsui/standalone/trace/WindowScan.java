package io.fengsui.standalone.trace;

import io.fengsui.platform.StartException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads parts of topics by the times of their records, committed records only, as far as there are any now. One thread. */
public final class WindowScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that gives nothing for so long is taken for gone. */
    private static final int MOST_EMPTY_POLLS = 60;

    private static final long PROGRESS_STEP = 100_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<String> progress;
    private long read;

    /** @param progress told now and then how many records were read */
    public WindowScan(Map<String, Object> clients, Consumer<String> progress) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "trace");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.progress = progress;
    }

    /** All partitions of a topic; none if it does not exist. */
    public List<TopicPartition> all(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        return found == null
                ? List.of()
                : found.stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
    }

    /** The partition of a topic that Kafka's default partitioner gives to a key; none if the topic does not exist. */
    public List<TopicPartition> ofKey(String topic, byte[] key) {
        int partitions = all(topic).size();
        return partitions == 0
                ? List.of()
                : List.of(new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions));
    }

    /**
     * Reads from the first record of that time on.
     *
     * @param until where to end; null: at the end of what is there now
     */
    public void read(
            Collection<TopicPartition> partitions,
            Instant from,
            @Nullable Instant until,
            Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        if (until != null) {
            offsets(partitions, until).forEach((partition, end) -> ends.merge(partition, end, Math::min));
        }
        Map<TopicPartition, Long> starts = offsets(partitions, from);
        consumer.assign(partitions);
        partitions.forEach(partition ->
                consumer.seek(partition, starts.getOrDefault(partition, ends.getOrDefault(partition, 0L))));
        int empty = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            long before = read;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (++read % PROGRESS_STEP == 0) {
                    progress.accept(record.topic() + ": " + read + " records read");
                }
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    taker.accept(record);
                }
            }
            empty = read == before ? empty + 1 : 0;
            if (empty > MOST_EMPTY_POLLS) {
                throw new StartException(partitions
                        + " cannot be read to the end: Kafka gives nothing more; was a transaction left open?");
            }
        }
    }

    /** Where records of that time or later begin; a partition without any is left out. */
    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times).entrySet()) {
            if (found.getValue() != null) {
                offsets.put(found.getKey(), found.getValue().offset());
            }
        }
        return offsets;
    }

    /** Records read so far. */
    long records() {
        return read;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
