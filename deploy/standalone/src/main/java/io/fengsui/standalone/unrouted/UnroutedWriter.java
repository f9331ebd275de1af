package io.fengsui.standalone.unrouted;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.UnroutedReplay;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.device.Forwarding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.avro.Schema;
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
 * Writes the copies of events together with the account of it: a transaction has both or neither, so whoever dies half-way has
 * delivered nothing that is not known. All replays share one transactional id: one that begins ends another that is still under
 * way, before it looks at who has what. One thread.
 */
public final class UnroutedWriter implements AutoCloseable {

    /**
     * Who replays, and why.
     *
     * @param note for people, null for none
     */
    public record Order(String actor, @Nullable String note, Instant at) {}

    private static final String CLIENT = "unrouted-replay";
    private static final String TRANSACTIONAL_ID = "fengsui-unrouted-replay";

    /** Events a transaction. */
    private static final int BATCH = 100;

    private final Producer<String, byte[]> producer;
    private final SchemaRegistryClient registry;
    private final Map<String, AvroWriter<SpecificRecord>> writers = new HashMap<>();

    private UnroutedWriter(Producer<String, byte[]> producer, SchemaRegistryClient registry) {
        this.producer = producer;
        this.registry = registry;
    }

    /**
     * Takes the place of any other replay.
     *
     * @param kafka settings of Kafka's clients
     */
    public static UnroutedWriter begin(Map<String, Object> kafka, SchemaRegistryClient registry) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        UnroutedWriter writer = new UnroutedWriter(
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
     * Writes deliveries; those that change nothing leave no trace.
     *
     * @param forwarding makes copies of events; the events are changed
     * @param progress told how many are done, after each transaction
     * @throws StartException at the first failure; names the first event that was not written
     */
    public void write(List<Delivery> deliveries, Forwarding forwarding, Order order, IntConsumer progress) {
        for (int from = 0; from < deliveries.size(); from += BATCH) {
            List<Delivery> batch = deliveries.subList(from, Math.min(from + BATCH, deliveries.size()));
            writeBatch(batch, forwarding, order);
            progress.accept(from + batch.size());
        }
    }

    private void writeBatch(List<Delivery> batch, Forwarding forwarding, Order order) {
        try {
            producer.beginTransaction();
            for (Delivery delivery : batch) {
                if (!delivery.changesNothing()) {
                    forwarding.prepare(delivery.feed(), delivery.event(), delivery.header(), delivery.routing());
                    String deviceId = delivery.header().getDeviceId();
                    delivery.topics().forEach(topic -> send(topic, deviceId, delivery.event()));
                    send(Topics.UNROUTED_REPLAY.name(), delivery.eventId(), replay(delivery, order));
                }
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw new StartException(stopped(batch.get(0).eventId(), e), e);
        }
    }

    private static String stopped(String first, KafkaException cause) {
        boolean fenced = cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
        String written = cause instanceof TimeoutException ? " may not have been replayed" : " was not replayed";
        return "Stopped: " + first + written + ", nor what comes after it; what came before it was. "
                + (fenced ? "Another replay has begun meanwhile" : "Kafka: " + cause.getMessage())
                + ". Repeat the command: what was delivered is left out";
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

    private static UnroutedReplay replay(Delivery delivery, Order order) {
        return UnroutedReplay.newBuilder()
                .setEventId(delivery.eventId())
                .setFeed(delivery.feed().id())
                .setDeviceId(delivery.header().getDeviceId())
                .setStatus(delivery.header().getStatus())
                .setCause(delivery.cause())
                .setDeliveredTo(delivery.topics())
                .setSettled(delivery.settles())
                .setActor(order.actor())
                .setNote(order.note())
                .setReplayedAt(order.at())
                .build();
    }

    private void send(String topic, String key, SpecificRecord value) {
        Schema schema = value.getSchema();
        AvroWriter<SpecificRecord> writer = writers.computeIfAbsent(topic, name -> new AvroWriter<>(registry, schema));
        var unused = producer.send(new ProducerRecord<>(topic, key, writer.write(topic, value)));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
