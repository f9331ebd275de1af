package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the correlation needs to begin again, by realm and id, as the bytes of alert.change and alert.incident. */
final class CorrelationStores {
    static final String ALERTS = "correlated-alerts";
    static final String INCIDENTS = "incidents";

    private static final Logger logger = LoggerFactory.getLogger(CorrelationStores.class);

    private final KeyValueStore<String, byte[]> alerts;
    private final KeyValueStore<String, byte[]> incidents;
    private final AvroReader<Alert> alertReader;
    private final AvroReader<Incident> incidentReader;

    CorrelationStores(
            ProcessorContext<?, ?> streams, AvroReader<Alert> alertReader, AvroReader<Incident> incidentReader) {
        this.alerts = streams.getStateStore(ALERTS);
        this.incidents = streams.getStateStore(INCIDENTS);
        this.alertReader = alertReader;
        this.incidentReader = incidentReader;
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    List<Alert> alerts(Realm realm) {
        return read(alerts, realm, alertReader);
    }

    List<Incident> incidents(Realm realm) {
        return read(incidents, realm, incidentReader);
    }

    /** @param bytes none: to forget it */
    void putAlert(Realm realm, String alertId, byte[] bytes) {
        put(alerts, realm, alertId, bytes);
    }

    void putIncident(Realm realm, String incidentId, byte[] bytes) {
        put(incidents, realm, incidentId, bytes);
    }

    private static void put(KeyValueStore<String, byte[]> store, Realm realm, String id, byte[] bytes) {
        if (bytes.length == 0) {
            byte[] unused = store.delete(realm.name() + "|" + id);
        } else {
            store.put(realm.name() + "|" + id, bytes);
        }
    }

    /** Leaves out what nobody can read any more: it is told anew by its next change. */
    private static <T extends SpecificRecord> List<T> read(
            KeyValueStore<String, byte[]> store, Realm realm, AvroReader<T> reader) {
        List<T> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = store.range(realm.name() + "|", realm.name() + "}")) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                try {
                    found.add(reader.read(entry.value));
                } catch (UnreadableRecordException e) {
                    logger.error("{} of {} is lost: {}", entry.key, store.name(), e.getMessage());
                }
            }
        }
        return found;
    }
}
