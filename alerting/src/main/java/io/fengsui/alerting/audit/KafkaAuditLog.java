package io.fengsui.alerting.audit;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.append.Appender;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.topic.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Entries in {@code ops.audit}, keyed by user. Gives up within 8 seconds, as commands do. */
public final class KafkaAuditLog implements AuditLog {
    private final Appender<AuditEntry> appender;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAuditLog(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.appender = new Appender<>(Topics.AUDIT, kafka, registry, owner + "-audit");
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return appender.append(Topics.AUDIT, entry.getUser(), entry).thenApply(stored -> null);
    }

    @Override
    public void close() {
        appender.close();
    }
}
