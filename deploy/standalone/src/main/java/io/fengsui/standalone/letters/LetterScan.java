package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetter;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads dead letters and their replays, committed records only, up to what is there when it is asked. One thread. */
public final class LetterScan implements AutoCloseable {
    private final RecordScan scan;
    private final AvroReader<DeadLetter> letters;

    /**
     * @param kafka settings of Kafka's clients
     * @param progress told now and then how many records were read
     */
    public LetterScan(Map<String, Object> kafka, SchemaRegistryClient registry, LongConsumer progress) {
        this.scan = new RecordScan(kafka, registry, "dead-letters", progress);
        this.letters = new AvroReader<>(registry, DeadLetter.class, DeadLetter.getClassSchema());
    }

    /** What was replayed so far. */
    public ReplayHistory history() {
        ReplayHistory history = new ReplayHistory();
        scan.read(Topics.DEAD_LETTER_REPLAY, null, (record, content) -> history.add(content));
        return history;
    }

    /** @param since letters that arrived before may be left out: a letter is written after its message came */
    public void each(Topic<DeadLetter> topic, @Nullable Instant since, Consumer<Letter> letter) {
        scan.read(
                topic,
                since,
                (record, content) ->
                        letter.accept(new Letter(new Address(topic, record.partition(), record.offset()), content)));
    }

    /** Records that are no dead letters, and were passed over. */
    public long unreadable() {
        return scan.unreadable();
    }

    /**
     * One letter.
     *
     * @throws StartException if there is none
     */
    public Letter at(Address address) {
        TopicPartition partition = scan.partitions(address.topic()).stream()
                .filter(p -> p.partition() == address.partition())
                .findFirst()
                .orElseThrow(() -> new StartException(
                        "No dead letter at " + address + ": the topic has no partition " + address.partition()));
        long first = scan.first(partition);
        long end = scan.ends(address.topic()).getOrDefault(partition, 0L);
        if (address.offset() < first || address.offset() >= end) {
            throw none(
                    address,
                    first == end
                            ? "the partition is empty"
                            : "there is " + first + " to " + (end - 1) + "; letters are kept for "
                                    + address.topic().retention().toDays() + " days");
        }
        ConsumerRecord<byte[], byte[]> found = scan.at(partition, address.offset(), end);
        if (found == null) {
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

    @Override
    public void close() {
        scan.close();
    }
}
