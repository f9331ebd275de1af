package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Duration;
import java.util.Map;

/** What pages and notifiers show of the reference data. */
public record ReferenceData(ReferenceNames names, ReferenceSites sites, PublishedRules rules) implements AutoCloseable {

    /**
     * Follows the reference data, once started.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public static ReferenceData following(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        return new ReferenceData(
                new ReferenceNames(kafka, registry, owner),
                new ReferenceSites(kafka, registry, owner),
                new PublishedRules(kafka, registry, owner));
    }

    public void start() {
        names.start();
        sites.start();
        rules.start();
    }

    /**
     * Waits until the reference data is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if a topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        names.awaitLoaded(timeout);
        sites.awaitLoaded(timeout);
        rules.awaitLoaded(timeout);
    }

    /** False once any of it is no longer followed. */
    public boolean healthy() {
        return names.healthy() && sites.healthy() && rules.healthy();
    }

    @Override
    public void close() {
        names.close();
        sites.close();
        rules.close();
    }
}
