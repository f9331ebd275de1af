package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of replayed letters together with the account of it: a transaction has both or neither. All replays share
 * one transactional id, so that one that begins ends another that is still under way, before it looks at what was replayed.
 * One thread.
 */
public final class ReplayWriter implements AutoCloseable {

    /**
     * Who replays, and why.
     *
     * @param note for people, null for none
     */
    public record Order(String actor, @Nullable String note, Instant at) {}

    private static final String TRANSACTIONAL_ID = "fengsui-dead-letter-replay";

    /** Letters a transaction. */
    private static final int BATCH = 100;

    private final Producer<String, byte[]> producer;
    private final SchemaRegistryClient registry;
    private final Map<String, AvroWriter<?>> writers = new HashMap<>();

    /** @param producer transactional, not initialized */
    ReplayWriter(Producer<String, byte[]> producer, SchemaRegistryClient registry) {
        this.producer = producer;
        this.registry = registry;
    }

    /**
     * Takes the place of any other replay.
     *
     * @param kafka settings of Kafka's clients
     */
    public static ReplayWriter begin(Map<String, Object> kafka, SchemaRegistryClient registry) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "dead-letters-replay");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        ReplayWriter writer = new ReplayWriter(
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), registry);
        boolean begun = false;
        try {
            writer.producer.initTransactions();
            begun = true;
        } finally {
            if (!begun) {
                writer.close();
            }
        }
        return writer;
    }

    /**
     * Writes what becomes of letters; those that are skipped leave no trace.
     *
     * @param progress told how many letters are done, after each transaction
     * @throws StartException at the first failure; names the first letter that was not written
     */
    public void write(List<Step> steps, Order order, IntConsumer progress) {
        for (int from = 0; from < steps.size(); from += BATCH) {
            List<Step> batch = steps.subList(from, Math.min(from + BATCH, steps.size()));
            writeBatch(batch, order);
            progress.accept(from + batch.size());
        }
    }

    private void writeBatch(List<Step> batch, Order order) {
        try {
            producer.beginTransaction();
            for (Step step : batch) {
                if (step instanceof Take take) {
                    sendEvents(take.accepted());
                    sendReplay(
                            replay(take, order).setFeed(take.accepted().feed().id()));
                } else if (step instanceof Duplicate duplicate) {
                    sendReplay(begun(duplicate, order)
                            .setOutcome(ReplayOutcome.DUPLICATE)
                            .setEventIds(duplicate.accepted().eventIds()));
                } else if (step instanceof Refuse refuse) {
                    sendReplay(replay(refuse, order));
                }
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw new StartException(stopped(batch.get(0).letter().address(), e), e);
        }
    }

    private static String stopped(Address first, KafkaException cause) {
        boolean fenced = cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
        String written = cause instanceof TimeoutException ? " may not have been replayed" : " was not replayed";
        return "Stopped: " + first + written + ", nor what comes after it; what came before it was. "
                + (fenced ? "Another replay has begun meanwhile" : "Kafka: " + cause.getMessage())
                + ". Repeat the command: what was replayed is left out";
    }

    private void abort(KafkaException cause) {
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return;
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // The transaction ends by its timeout then, unwritten all the same.
            cause.addSuppressed(e);
        }
    }

    private <T extends SpecificRecord> void sendEvents(Accepted<T> accepted) {
        Feed<T> feed = accepted.feed();
        for (T event : accepted.events()) {
            EventHeader header = feed.header(event);
            send(Topics.feed(Realm.of(header.getStatus()), feed), header.getDeviceId(), event);
        }
    }

    private void sendReplay(DeadLetterReplay.Builder replay) {
        send(Topics.DEAD_LETTER_REPLAY, replay.getLetter(), replay.build());
    }

    private static DeadLetterReplay.Builder replay(Take take, Order order) {
        return begun(take, order)
                .setOutcome(ReplayOutcome.ACCEPTED)
                .setEventIds(take.accepted().eventIds());
    }

    private static DeadLetterReplay.Builder replay(Refuse refuse, Order order) {
        return begun(refuse, order)
                .setOutcome(ReplayOutcome.REFUSED)
                .setNewReason(refuse.refused().reason().name());
    }

    private static DeadLetterReplay.Builder begun(Step step, Order order) {
        return DeadLetterReplay.newBuilder()
                .setLetter(step.letter().address().toString())
                .setReason(step.letter().content().getReason())
                .setFeed(step.letter().content().getFeed())
                .setActor(order.actor())
                .setNote(order.note())
                .setReplayedAt(order.at());
    }

    @SuppressWarnings("unchecked")
    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        AvroWriter<V> writer = (AvroWriter<V>)
                writers.computeIfAbsent(topic.name(), name -> new AvroWriter<V>(registry, topic.schema()));
        var unused = producer.send(new ProducerRecord<>(topic.name(), key, writer.write(topic.name(), value)));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
