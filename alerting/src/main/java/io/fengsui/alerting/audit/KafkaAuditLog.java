package io.fengsui.alerting.audit;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Entries in {@code ops.audit}, keyed by user. Gives up within 8 seconds, as commands do. */
public final class KafkaAuditLog implements AuditLog {
    private final KafkaProducer<String, AuditEntry> producer;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAuditLog(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, owner + "-audit");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(
                config,
                new StringSerializer(),
                AvroSerde.of(registry, Topics.AUDIT).serializer());
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(Topics.AUDIT.name(), entry.getUser(), entry), (metadata, failure) -> {
                        if (failure == null) {
                            stored.complete(null);
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
