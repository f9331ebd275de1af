package io.fengsui.seeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of the reference data, all of a call in one transaction. There is one writer at a time: who begins lets the one
 * before finish or fail, and from then on that one can write nothing. So what is read between {@link #begin} and {@link #write}
 * stays true. For one thread.
 */
public final class ReferenceWriter implements AutoCloseable {

    /**
     * A record of a topic.
     *
     * @param value null removes it
     */
    public record Row<T extends SpecificRecord>(
            Topic<T> topic, String key, @Nullable T value) {}

    private static final String CLIENT = "seeds";
    private static final String TRANSACTIONAL_ID = "fengsui-seeds";
    private static final String TRANSACTION_TIMEOUT_MS = "30000";
    private static final int LOOK_AGAIN_MS = 20;
    private static final int MOST_LOOKS = 1_500;

    private final Map<String, ?> kafka;
    private final SchemaRegistryClient registry;
    private final Producer<String, byte[]> producer;
    private final Map<String, AvroWriter<?>> writers = new HashMap<>();

    private ReferenceWriter(Map<String, ?> kafka, SchemaRegistryClient registry) {
        this.kafka = kafka;
        this.registry = registry;
        this.producer = new KafkaProducer<>(config(kafka));
    }

    /**
     * Takes the place of any other writer.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @throws StartException if Kafka does not answer
     */
    public static ReferenceWriter begin(Map<String, ?> kafka, SchemaRegistryClient registry) {
        ReferenceWriter writer = new ReferenceWriter(kafka, registry);
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (KafkaException e) {
            writer.close();
            throw notWritten(e);
        }
    }

    /**
     * Writes all rows or none; when this returns, readers of committed records see them.
     *
     * @throws StartException if another writer took over, or if Kafka or a schema is not there; then nothing was written
     */
    public void write(Collection<? extends Row<?>> rows) throws InterruptedException {
        if (!rows.isEmpty()) {
            awaitVisible(commit(rows));
        }
    }

    /** One transaction; returns the last offset written to each partition. */
    private Map<TopicPartition, Long> commit(Collection<? extends Row<?>> rows) throws InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            rows.forEach(row -> sent.add(send(row)));
            producer.commitTransaction();
            Map<TopicPartition, Long> last = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get();
                last.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
            }
            return last;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new StartException("Another loader started meanwhile and took over; nothing was written", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A committed record has an offset", e);
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw notWritten(e);
        } catch (RuntimeException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    /** A send that fails makes the commit fail. */
    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> Future<RecordMetadata> send(Row<T> row) {
        Topic<T> topic = row.topic();
        AvroWriter<T> writer = (AvroWriter<T>)
                writers.computeIfAbsent(topic.name(), name -> new AvroWriter<T>(registry, topic.schema()));
        T value = row.value();
        byte[] bytes = value == null ? null : writer.write(topic.name(), value);
        return producer.send(new ProducerRecord<>(topic.name(), row.key(), bytes));
    }

    /** A commit returns before its markers are in the topics, and a reader that starts then would find nothing. */
    private void awaitVisible(Map<TopicPartition, Long> written) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends =
                written.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            for (int looks = 0; looks < MOST_LOOKS; looks++) {
                var visible = admin.listOffsets(ends, committed).all().get();
                if (visible.entrySet().stream()
                        .allMatch(end -> end.getValue().offset() > written.getOrDefault(end.getKey(), 0L))) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            }
        } catch (ExecutionException e) {
            throw new StartException(
                    "The reference data was written, but readers may not see it yet: " + e.getCause(), e);
        }
        throw new StartException("The reference data was written, but readers do not see it after "
                + MOST_LOOKS * LOOK_AGAIN_MS / 1_000 + " s");
    }

    private static StartException notWritten(KafkaException cause) {
        return new StartException("The reference data was not written: " + cause.getMessage(), cause);
    }

    private static Map<String, Object> config(Map<String, ?> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }

    @Override
    public void close() {
        producer.close();
    }
}
