package io.fengsui.alerting.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.incident.Effects;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Writes what the view over all alerts says in the wire format of its topics. */
final class CorrelationWriter {
    private static final byte[] NOTHING = new byte[0];

    private final AvroWriter<Alert> alerts;
    private final AvroWriter<Incident> incidents;
    private final AvroWriter<AlertContext> contexts;
    private final AvroWriter<AlertSignal> signals;

    CorrelationWriter(SchemaRegistryClient registry) {
        this.alerts = new AvroWriter<>(registry, Alert.getClassSchema());
        this.incidents = new AvroWriter<>(registry, Incident.getClassSchema());
        this.contexts = new AvroWriter<>(registry, AlertContext.getClassSchema());
        this.signals = new AvroWriter<>(registry, AlertSignal.getClassSchema());
    }

    /** A record for a topic. */
    record Told(String key, Outgoing outgoing) {}

    /**
     * Effects as bytes.
     *
     * @param alerts to keep by id, no bytes: to forget
     * @param incidents to keep by id; also told
     */
    record Encoded(Map<String, byte[]> alerts, Map<String, Outgoing> incidents, List<Told> told) {}

    /**
     * Looks up the schema ids ahead.
     *
     * @throws io.fengsui.schema.serde.SchemaNotRegisteredException if 'topics apply' has not been run
     */
    void prepare() {
        for (Realm realm : Realm.values()) {
            alerts.schemaId(Topics.alertChange(realm).name());
            incidents.schemaId(Topics.alertIncident(realm).name());
            contexts.schemaId(Topics.alertContext(realm).name());
            signals.schemaId(Topics.alertSignal(realm).name());
        }
    }

    Encoded encode(Realm realm, Effects effects) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        String changes = Topics.alertChange(realm).name();
        effects.alerts()
                .forEach((id, alert) -> kept.put(
                        id, alert.map(one -> alerts.write(changes, one)).orElse(NOTHING)));
        Map<String, Outgoing> told = new LinkedHashMap<>();
        List<Told> records = new ArrayList<>();
        Topic<Incident> topic = Topics.alertIncident(realm);
        effects.incidents().forEach((id, incident) -> {
            Outgoing outgoing = incident.map(one -> to(topic, incidents, one)).orElse(Outgoing.tombstone(topic));
            told.put(id, outgoing);
            records.add(new Told(id, outgoing));
        });
        effects.contexts()
                .forEach((id, context) -> records.add(new Told(id, to(Topics.alertContext(realm), contexts, context))));
        effects.signals()
                .forEach(signal ->
                        records.add(new Told(signal.getAlertId(), to(Topics.alertSignal(realm), signals, signal))));
        return new Encoded(kept, told, records);
    }

    private static <T extends SpecificRecord> Outgoing to(Topic<T> topic, AvroWriter<T> writer, T value) {
        return new Outgoing(topic.name(), writer.write(topic.name(), value));
    }
}
