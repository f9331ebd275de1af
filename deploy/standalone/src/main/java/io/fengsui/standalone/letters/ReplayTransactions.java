package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * Writes in transactions what a person has replayed. All replays of a kind share one transactional id, so that one that begins
 * ends another that is still under way, before it looks at what was replayed. One thread.
 */
public final class ReplayTransactions implements AutoCloseable {

    /**
     * Who replays, and why.
     *
     * @param note for people, null for none
     */
    public record Order(String actor, @Nullable String note, Instant at) {}

    /** Items a transaction. */
    static final int BATCH = 100;

    private final Producer<String, byte[]> producer;
    private final SchemaRegistryClient registry;
    private final Map<String, AvroWriter<SpecificRecord>> writers = new HashMap<>();

    /** @param producer transactional, not initialized */
    ReplayTransactions(Producer<String, byte[]> producer, SchemaRegistryClient registry) {
        this.producer = producer;
        this.registry = registry;
    }

    /**
     * Takes the place of any other replay of the kind.
     *
     * @param kafka settings of Kafka's clients
     */
    public static ReplayTransactions begin(
            Map<String, Object> kafka, SchemaRegistryClient registry, String client, String transactionalId) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        ReplayTransactions transactions = new ReplayTransactions(
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), registry);
        boolean begun = false;
        try {
            transactions.producer.initTransactions();
            begun = true;
        } finally {
            if (!begun) {
                transactions.close();
            }
        }
        return transactions;
    }

    /**
     * Writes items, some in each transaction.
     *
     * @param name of an item, for people
     * @param write sends what becomes of an item, by {@link #send}; nothing where nothing does
     * @param progress told how many are done, after each transaction
     * @throws StartException at the first failure; names the first item that was not written
     */
    public <T> void write(List<T> items, Function<T, String> name, Consumer<T> write, IntConsumer progress) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<T> batch = items.subList(from, Math.min(from + BATCH, items.size()));
            try {
                commit(() -> batch.forEach(write));
            } catch (KafkaException e) {
                throw stopped(name.apply(batch.get(0)), e, false);
            }
            progress.accept(from + batch.size());
        }
    }

    /**
     * Writes in one transaction what is sent by {@link #send} meanwhile.
     *
     * @throws KafkaException if it was not written; only after a {@link TimeoutException} it may have been
     */
    void commit(Runnable sends) {
        try {
            producer.beginTransaction();
            sends.run();
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
    }

    /** Sends a record in the transaction that is being written. */
    public void send(String topic, String key, SpecificRecord value) {
        Schema schema = value.getSchema();
        AvroWriter<SpecificRecord> writer = writers.computeIfAbsent(topic, name -> new AvroWriter<>(registry, schema));
        var unused = producer.send(new ProducerRecord<>(topic, key, writer.write(topic, value)));
    }

    /**
     * What people are told when a replay fails.
     *
     * @param first of the items that were perhaps not written
     * @param begun whether part of it was written already
     */
    static StartException stopped(String first, KafkaException cause, boolean begun) {
        String written =
                begun || cause instanceof TimeoutException ? " may not have been replayed" : " was not replayed";
        return new StartException(
                "Stopped: " + first + written + ", nor what comes after it; what came before it was. "
                        + (isFenced(cause) ? "Another replay has begun meanwhile" : "Kafka: " + cause.getMessage())
                        + ". Repeat the command: what was replayed is left out",
                cause);
    }

    private void abort(KafkaException cause) {
        if (isFenced(cause)) {
            return;
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // The transaction ends by its timeout then, unwritten all the same.
            cause.addSuppressed(e);
        }
    }

    private static boolean isFenced(KafkaException cause) {
        return cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
