package io.fengsui.alerting.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Where all alerts meet, in one task:
 *
 * <pre>
 *   alert.change ─┐              ┌─► alert.incident
 *   drill.…      ─┴─► correlate ─┼─► alert.context   back to the alerts
 *                                ├─► alert.signal    patterns, dark gateways and vendors: alerts as any other
 *                                └─► feed.dead-letter
 * </pre>
 */
final class CorrelationTopology {
    static final String OUTPUT = "correlation-output";

    private static final String CHANGES = "changes";

    private final SchemaRegistryClient registry;
    private final Supplier<CorrelationRules> rules;
    private final CorrelationWriter writer;
    private final DeadLetters deadLetters;
    private final CorrelationMeters meters;
    private final InstantSource clock;

    CorrelationTopology(
            SchemaRegistryClient registry,
            Supplier<CorrelationRules> rules,
            DeadLetters deadLetters,
            MeterRegistry meters,
            InstantSource clock) {
        this.registry = registry;
        this.rules = rules;
        this.writer = new CorrelationWriter(registry);
        this.deadLetters = deadLetters;
        this.meters = new CorrelationMeters(meters);
        this.clock = clock;
    }

    void addTo(Topology topology, Set<TaskId> warm) {
        AvroReader<Alert> alertReader = new AvroReader<>(registry, Alert.class, Alert.getClassSchema());
        AvroReader<Incident> incidentReader = new AvroReader<>(registry, Incident.class, Incident.getClassSchema());
        topology.addSource(
                AutoOffsetReset.earliest(),
                CHANGES,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Arrays.stream(Realm.values())
                        .map(realm -> Topics.alertChange(realm).name())
                        .toArray(String[]::new));
        topology.addProcessor(
                CorrelationProcessor.NAME,
                () -> new CorrelationProcessor(
                        rules, alertReader, incidentReader, writer, deadLetters, meters, clock, warm),
                CHANGES);
        topology.addStateStore(CorrelationStores.builder(CorrelationStores.ALERTS), CorrelationProcessor.NAME);
        topology.addStateStore(CorrelationStores.builder(CorrelationStores.INCIDENTS), CorrelationProcessor.NAME);
        topology.addSink(
                OUTPUT,
                new AlertTopology.Checked("incidents, contexts and signals of the realm, dead letters"),
                new StringSerializer(),
                Outgoing.SERIALIZER,
                CorrelationProcessor.NAME);
    }

    /** See {@link CorrelationWriter#prepare()}. */
    void prepare() {
        writer.prepare();
    }
}
