package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics, committed records only, up to what is there when it is asked. One thread. */
public final class RecordScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that gives nothing for so long is taken for gone. */
    private static final int MOST_EMPTY_POLLS = 60;

    /** Told of each record after so many. */
    private static final long PROGRESS_STEP = 50_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final LongConsumer progress;
    private long unreadable;

    /**
     * @param kafka settings of Kafka's clients
     * @param client name of the client
     * @param progress told now and then how many records were read
     */
    public RecordScan(Map<String, Object> kafka, SchemaRegistryClient registry, String client, LongConsumer progress) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.registry = registry;
        this.progress = progress;
    }

    /** Records that could not be read, and were passed over. */
    public long unreadable() {
        return unreadable;
    }

    /** The record at an offset, or null if there is none: a marker, or it was deleted meanwhile. */
    @Nullable
    ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset, long end) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        ConsumerRecord<byte[], byte[]> found = null;
        for (int empty = 0; found == null && consumer.position(partition) < end && empty < MOST_EMPTY_POLLS; empty++) {
            found = consumer.poll(POLL).records(partition).stream().findFirst().orElse(null);
        }
        return found == null || found.offset() != offset ? null : found;
    }

    long first(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Offset behind the last committed record. */
    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Offset of the first record of that time or later; there is none at {@link Long#MAX_VALUE}. */
    long offsetAt(TopicPartition partition, Instant time) {
        OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, Math.max(0, time.toEpochMilli())))
                .get(partition);
        return found == null ? Long.MAX_VALUE : found.offset();
    }

    /** Offsets behind the last committed records. */
    public Map<TopicPartition, Long> ends(Topic<?> topic) {
        return consumer.endOffsets(partitions(topic));
    }

    /**
     * All records of a topic that are committed now.
     *
     * @param since records before may be left out; null: none
     */
    public <V extends SpecificRecord> void read(
            Topic<V> topic, @Nullable Instant since, BiConsumer<ConsumerRecord<byte[], byte[]>, V> taker) {
        read(topic, since, ends(topic), taker);
    }

    /** @param ends up to where; waits for transactions before that are still open */
    public <V extends SpecificRecord> void read(
            Topic<V> topic,
            @Nullable Instant since,
            Map<TopicPartition, Long> ends,
            BiConsumer<ConsumerRecord<byte[], byte[]>, V> taker) {
        AvroReader<V> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        seek(partitions, since);
        readTo(ends, reader, taker);
    }

    /**
     * Records of a partition, without those that were deleted.
     *
     * @param to offset behind the last, at most the partition's end
     */
    <V extends SpecificRecord> void read(
            TopicPartition partition, long from, long to, Class<V> type, Schema schema, Consumer<V> taker) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, Math.max(from, first(partition)));
        readTo(Map.of(partition, to), new AvroReader<>(registry, type, schema), (record, value) -> taker.accept(value));
    }

    private <V extends SpecificRecord> void readTo(
            Map<TopicPartition, Long> ends, AvroReader<V> reader, BiConsumer<ConsumerRecord<byte[], byte[]>, V> taker) {
        long read = 0;
        int empty = 0;
        while (consumer.assignment().stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            long before = read;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read++;
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    take(reader, record, taker);
                }
                if (read % PROGRESS_STEP == 0) {
                    progress.accept(read);
                }
            }
            empty = read == before ? empty + 1 : 0;
            if (empty > MOST_EMPTY_POLLS) {
                throw new StartException(consumer.assignment().iterator().next().topic()
                        + " cannot be read to its end: Kafka gives nothing more; was a transaction left open?");
            }
        }
    }

    private <V extends SpecificRecord> void take(
            AvroReader<V> reader,
            ConsumerRecord<byte[], byte[]> record,
            BiConsumer<ConsumerRecord<byte[], byte[]>, V> taker) {
        V value;
        try {
            value = reader.read(record.value());
        } catch (UnreadableRecordException e) {
            unreadable++;
            return;
        }
        taker.accept(record, value);
    }

    private void seek(List<TopicPartition> partitions, @Nullable Instant since) {
        if (since == null) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, Math.max(0, since.toEpochMilli())));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> start :
                consumer.offsetsForTimes(times).entrySet()) {
            if (start.getValue() == null) {
                consumer.seekToEnd(List.of(start.getKey()));
            } else {
                consumer.seek(start.getKey(), start.getValue().offset());
            }
        }
    }

    public List<TopicPartition> partitions(Topic<?> topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic.name());
        if (found == null || found.isEmpty()) {
            throw new StartException("Topic " + topic.name() + " does not exist; run 'fengsui topics apply'");
        }
        return found.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
