package io.fengsui.ingest.kafka;

import io.fengsui.platform.BareFailure;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.serde.SchemaNotRegisteredException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Avro records with an idempotent producer of its own, so that another slot's backlog is not in the way.
 *
 * <p>The first record that fails makes the producer be thrown away with everything it still holds: what was sent later
 * must not overtake. {@link #send} is called by one thread, {@link #broadcast} by another, {@link #reopen} only while
 * nothing is sent.
 */
public final class KafkaRecordSink implements RecordSink {
    private static final Logger logger = LoggerFactory.getLogger(KafkaRecordSink.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> producers;
    private final Supplier<String> probe;
    private final RecordWriters writers;
    private final Map<String, Integer> partitions;
    private final AtomicReference<@Nullable Producer<String, byte[]>> producer = new AtomicReference<>();

    /**
     * Opens no connection yet.
     *
     * @param producers makes a producer
     * @param probe finds out whether Kafka answers: empty, or why not; takes a bounded time
     * @param partitions number of partitions by topic; filled before the first broadcast
     */
    public KafkaRecordSink(
            Supplier<Producer<String, byte[]>> producers,
            Supplier<String> probe,
            RecordWriters writers,
            Map<String, Integer> partitions) {
        this.producers = producers;
        this.probe = probe;
        this.writers = writers;
        this.partitions = partitions;
    }

    @Override
    public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, Completion completion) {
        Producer<String, byte[]> current = producer.get();
        if (current == null) {
            completion.completed(Outcome.UNAVAILABLE, "an earlier record could not be written");
            return;
        }
        byte[] bytes;
        try {
            bytes = writers.of(topic).write(topic.name(), value);
        } catch (RegistryUnavailableException | SchemaNotRegisteredException e) {
            failed(current, topic, e, completion);
            return;
        } catch (RuntimeException e) {
            // An encoder's words may quote the record.
            logger.error("{}: a record is not of its schema", topic.name(), new BareFailure(e));
            completion.completed(
                    Outcome.UNWRITABLE, topic.name() + ": " + e.getClass().getName());
            return;
        }
        try {
            var unused = current.send(new ProducerRecord<>(topic.name(), key, bytes), (metadata, exception) -> {
                if (exception == null) {
                    completion.completed(Outcome.WRITTEN, null);
                } else {
                    failed(current, topic, exception, completion);
                }
            });
        } catch (RuntimeException e) {
            failed(current, topic, e, completion);
        }
    }

    @Override
    public void remove(Topic<?> topic, String key) {
        Producer<String, byte[]> current = producer.get();
        if (current == null) {
            return;
        }
        var unused = current.send(tombstone(topic, key), (metadata, exception) -> {
            if (exception != null) {
                logger.debug("{}: {} is not removed", topic.name(), key, exception);
            }
        });
    }

    private static ProducerRecord<String, byte[]> tombstone(Topic<?> topic, String key) {
        return new ProducerRecord<>(topic.name(), key, null);
    }

    private void failed(Producer<String, byte[]> sentWith, Topic<?> topic, Exception cause, Completion completion) {
        if (cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException) {
            completion.completed(Outcome.REFUSED, cause.getMessage());
            return;
        }
        // Nothing is sent behind it from here on. One that has taken its place meanwhile goes on.
        boolean first = producer.compareAndSet(sentWith, null);
        // Told before those that fail because of it. Kafka's words quote no record; another's may.
        completion.completed(
                Outcome.UNAVAILABLE,
                topic.name() + ": "
                        + (cause instanceof KafkaException
                                ? cause.getMessage()
                                : cause.getClass().getName()));
        if (first) {
            giveUp(sentWith);
        }
    }

    /** With all that it still holds. On the producer's own thread this only asks it to end, which is enough. */
    private static void giveUp(Producer<String, byte[]> failed) {
        failed.close(Duration.ZERO);
    }

    @Override
    public String reopen() {
        String why = probe.get();
        if (why.isEmpty() && producer.get() == null) {
            producer.set(producers.get());
        }
        return why;
    }

    @Override
    public int partitions(Topic<?> topic) {
        return partitions.getOrDefault(topic.name(), 0);
    }

    @Override
    public <V extends SpecificRecord> void broadcast(Topic<V> topic, String key, V value) {
        Producer<String, byte[]> current = producer.get();
        if (current == null) {
            return;
        }
        byte[] bytes = writers.of(topic).write(topic.name(), value);
        for (int partition = 0; partition < partitions(topic); partition++) {
            var unused =
                    current.send(new ProducerRecord<>(topic.name(), partition, key, bytes), (metadata, exception) -> {
                        if (exception != null) {
                            logger.debug("{}: not written", topic.name(), exception);
                        }
                    });
        }
    }

    /** Ends at once and gives up what is under way; what is sent from now on is UNAVAILABLE. */
    public void abandon() {
        Producer<String, byte[]> current = producer.getAndSet(null);
        if (current != null) {
            giveUp(current);
        }
    }

    @Override
    public void close() {
        Producer<String, byte[]> current = producer.getAndSet(null);
        if (current != null) {
            current.close(CLOSE_TIMEOUT);
        }
    }
}
