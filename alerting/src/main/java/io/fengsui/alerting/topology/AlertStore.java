package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts of a task, of both realms, by realm and id, as the bytes that stand in alert.state. */
final class AlertStore {
    static final String NAME = "alerts";

    private static final Logger logger = LoggerFactory.getLogger(AlertStore.class);

    private final KeyValueStore<String, byte[]> store;
    private final AvroReader<Alert> reader;

    AlertStore(KeyValueStore<String, byte[]> store, AvroReader<Alert> reader) {
        this.store = store;
        this.reader = reader;
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /** Null also for bytes that nobody can read any more: a new raise then begins the alert anew instead of being stuck. */
    @Nullable
    Alert get(Realm realm, String alertId) {
        byte[] bytes = store.get(key(realm, alertId));
        if (bytes == null) {
            return null;
        }
        try {
            return reader.read(bytes);
        } catch (UnreadableRecordException e) {
            logger.error("The state of alert {} is lost and begins anew: {}", alertId, e.getMessage());
            return null;
        }
    }

    void put(Realm realm, String alertId, byte[] alert) {
        store.put(key(realm, alertId), alert);
    }

    /** Every alert of a realm that can be read. */
    void each(Realm realm, Consumer<Alert> consumer) {
        try (KeyValueIterator<String, byte[]> entries = store.range(realm.name() + "|", realm.name() + "}")) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                try {
                    consumer.accept(reader.read(entry.value));
                } catch (UnreadableRecordException e) {
                    logger.error("The state of alert {} cannot be read: {}", entry.key, e.getMessage());
                }
            }
        }
    }

    static String key(Realm realm, String alertId) {
        return realm.name() + "|" + alertId;
    }

    static Realm realm(String key) {
        return Realm.valueOf(key.substring(0, key.indexOf('|')));
    }

    static String alertId(String key) {
        return key.substring(key.indexOf('|') + 1);
    }
}
