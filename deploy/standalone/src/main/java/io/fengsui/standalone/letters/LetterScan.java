package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads dead letters and their replays, committed records only, up to what is there when it is asked. One thread. */
public final class LetterScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that gives nothing for so long is taken for gone. */
    private static final int MOST_EMPTY_POLLS = 60;

    /** Told of each record after so many. */
    private static final long PROGRESS_STEP = 50_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroReader<DeadLetter> letters;
    private final SchemaRegistryClient registry;
    private final LongConsumer progress;
    private long unreadable;

    /**
     * @param kafka settings of Kafka's clients
     * @param progress told now and then how many records were read
     */
    public LetterScan(Map<String, Object> kafka, SchemaRegistryClient registry, LongConsumer progress) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "dead-letters");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.letters = new AvroReader<>(registry, DeadLetter.class, DeadLetter.getClassSchema());
        this.registry = registry;
        this.progress = progress;
    }

    /** What was replayed so far. */
    public ReplayHistory history() {
        ReplayHistory history = new ReplayHistory();
        replays(history::add);
        return history;
    }

    /** Every replay so far, in its order. */
    public void replays(Consumer<DeadLetterReplay> replay) {
        read(Topics.DEAD_LETTER_REPLAY, null, (record, content) -> replay.accept(content));
    }

    /** @param since letters that arrived before may be left out: a letter is written after its message came */
    public void each(Topic<DeadLetter> topic, @Nullable Instant since, Consumer<Letter> letter) {
        read(
                topic,
                since,
                (record, content) ->
                        letter.accept(new Letter(new Address(topic, record.partition(), record.offset()), content)));
    }

    /** Records that are no dead letters, and were passed over. */
    public long unreadable() {
        return unreadable;
    }

    /**
     * One letter.
     *
     * @throws StartException if there is none
     */
    public Letter at(Address address) {
        TopicPartition partition = partitions(address.topic()).stream()
                .filter(p -> p.partition() == address.partition())
                .findFirst()
                .orElseThrow(() -> new StartException(
                        "No dead letter at " + address + ": the topic has no partition " + address.partition()));
        List<TopicPartition> only = List.of(partition);
        long first = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        if (address.offset() < first || address.offset() >= end) {
            throw none(
                    address,
                    first == end
                            ? "the partition is empty"
                            : "there is " + first + " to " + (end - 1) + "; letters are kept for "
                                    + address.topic().retention().toDays() + " days");
        }
        consumer.assign(only);
        consumer.seek(partition, address.offset());
        ConsumerRecord<byte[], byte[]> found = null;
        for (int empty = 0; found == null && consumer.position(partition) < end && empty < MOST_EMPTY_POLLS; empty++) {
            found = consumer.poll(POLL).records(partition).stream().findFirst().orElse(null);
        }
        if (found == null || found.offset() != address.offset()) {
            throw none(address, "what stands there is no letter");
        }
        try {
            return new Letter(address, letters.read(found.value()));
        } catch (UnreadableRecordException e) {
            throw none(address, "what stands there cannot be read (" + e.getMessage() + ")");
        }
    }

    private static StartException none(Address address, String why) {
        return new StartException("No dead letter at " + address + ": " + why);
    }

    private <V extends SpecificRecord> void read(
            Topic<V> topic, @Nullable Instant since, BiConsumer<ConsumerRecord<byte[], byte[]>, V> taker) {
        AvroReader<V> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        seek(partitions, since);
        long read = 0;
        int empty = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
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
                throw new StartException(topic.name() + " cannot be read to its end: Kafka gives nothing more; was a"
                        + " transaction left open?");
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

    private List<TopicPartition> partitions(Topic<?> topic) {
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
