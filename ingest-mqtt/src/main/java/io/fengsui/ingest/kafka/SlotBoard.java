package io.fengsui.ingest.kafka;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.SlotState;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of the slots: where each stands, written by its holder and read by all. Safe for use by many threads. */
public final class SlotBoard implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SlotBoard.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final CompactedTable<SlotState> table;
    private final RecordWriters writers;
    private final Supplier<Producer<String, byte[]>> producers;
    private final InstantSource clock;
    private final ConcurrentMap<Integer, SlotState> unwritten = new ConcurrentHashMap<>();
    private volatile Instant triedAt = Instant.EPOCH;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * Opens nothing yet.
     *
     * @param writers with the topic's schema looked up
     * @param listener told of each state by slot, null if it is removed; must not block
     */
    public SlotBoard(
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            RecordWriters writers,
            Supplier<Producer<String, byte[]>> producers,
            BiConsumer<String, @Nullable SlotState> listener,
            InstantSource clock) {
        this.table = new CompactedTable<>(Topics.SLOT, kafka, registry, "ingest", listener);
        this.writers = writers;
        this.producers = producers;
        this.clock = clock;
    }

    public void start() {
        table.start();
    }

    public void awaitLoaded(Duration timeout) throws InterruptedException {
        table.awaitLoaded(timeout);
    }

    /** Whether what others write still comes. */
    public boolean healthy() {
        return table.healthy();
    }

    public Optional<SlotState> get(String slot) {
        return table.get(slot);
    }

    /** Writes in order of the calls for a slot; what fails is tried again by {@link #turn}. */
    public synchronized void write(int partition, SlotState state) {
        if (producer == null) {
            producer = producers.get();
        }
        unwritten.put(partition, state);
        try {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    Topics.SLOT.name(),
                    partition,
                    state.getSlot(),
                    writers.of(Topics.SLOT).write(Topics.SLOT.name(), state));
            var unused = producer.send(record, (metadata, exception) -> {
                if (exception == null) {
                    unwritten.remove(partition, state);
                } else {
                    logger.warn("{}: where it stands is not written yet: {}", state.getSlot(), exception.getMessage());
                }
            });
        } catch (RuntimeException e) {
            logger.warn("{}: where it stands is not written yet: {}", state.getSlot(), e.getMessage());
        }
        triedAt = clock.instant();
    }

    /** Tries again what is not written; to be called all the time. */
    public void turn() {
        if (!unwritten.isEmpty() && clock.instant().isAfter(triedAt.plus(AGAIN))) {
            Map.copyOf(unwritten).forEach(this::write);
        }
    }

    /** What is not written of a slot is its next holder's matter. */
    public void forget(int partition) {
        unwritten.remove(partition);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
        table.close();
    }
}
