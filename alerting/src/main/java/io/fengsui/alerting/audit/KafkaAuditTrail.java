package io.fengsui.alerting.audit;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.scan.TopicScan;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Reads {@code ops.audit}. One search at a time; safe for use by many threads. */
public final class KafkaAuditTrail implements AuditTrail {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TopicScan<AuditEntry> scan;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAuditTrail(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.scan = new TopicScan<>(
                Topics.AUDIT, AuditEntry.class, kafka, registry, owner + "-audit-trail", PATIENCE, clock);
    }

    @Override
    public Found search(Query query, int most) {
        if (!one.tryAcquire()) {
            throw new TopicUnreadableException("another search is under way");
        }
        try {
            Deque<AuditEntry> newest = new ArrayDeque<>();
            scan.read(Topics.AUDIT.name(), query.from(), entry -> {
                if (query.matches(entry.value())) {
                    newest.addLast(entry.value());
                }
                if (newest.size() > most + 1) {
                    newest.removeFirst();
                }
                return true;
            });
            boolean more = newest.size() > most;
            if (more) {
                newest.removeFirst();
            }
            List<AuditEntry> entries = new ArrayList<>(newest);
            Collections.reverse(entries);
            return new Found(entries, more);
        } finally {
            one.release();
        }
    }
}
