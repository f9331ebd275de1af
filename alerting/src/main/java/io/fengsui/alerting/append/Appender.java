package io.fengsui.alerting.append;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Appends records of one type, for certain or not at all, and says which within 8 seconds. Safe for use by many threads. */
public final class Appender<T extends SpecificRecord> implements AutoCloseable {
    /** Three to reach Kafka, five for its answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int REACHING_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final KafkaProducer<String, T> producer;

    /**
     * @param topic one of those that are written to; all have its schema
     * @param kafka client settings, at least bootstrap.servers; they win over the times, and over nothing else
     * @param client name of the client
     */
    public Appender(Topic<T> topic, Map<String, ?> kafka, SchemaRegistryClient registry, String client) {
        this(topic, kafka, registry, client, "none");
    }

    /** @param compression as Kafka names it */
    public Appender(
            Topic<T> topic, Map<String, ?> kafka, SchemaRegistryClient registry, String client, String compression) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REACHING_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REACHING_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(
                config, new StringSerializer(), AvroSerde.of(registry, topic).serializer());
    }

    /** The future ends with the record's place, or exceptionally if it could not be stored for certain. */
    public CompletableFuture<RecordMetadata> append(Topic<T> topic, String key, T value) {
        CompletableFuture<RecordMetadata> stored = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic.name(), key, value), (metadata, failure) -> {
                        if (failure == null) {
                            stored.complete(metadata);
                        } else {
                            stored.completeExceptionally(failure);
                        }
                    });
        } catch (KafkaException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
