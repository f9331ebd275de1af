package io.fengsui.alerting.topology;

import io.fengsui.schema.topic.Realm;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** An alert as it stands from now on, encoded: nothing that can fail because of it is left. */
record Revision(String alertId, Outgoing state, Outgoing change, List<Outgoing> readers, Optional<Outgoing> account) {

    /** Keeps it in the store and writes it to its topics. */
    void tell(ProcessorContext<String, Outgoing> streams, AlertStore store, Realm realm, Record<String, ?> source) {
        store.put(realm, alertId, state.value());
        Record<String, ?> told = source.withKey(alertId);
        streams.forward(told.withValue(state), AlertTopology.STATES);
        streams.forward(told.withValue(change), AlertTopology.CHANGES);
        readers.forEach(reader -> streams.forward(told.withValue(reader), AlertTopology.READERS));
        // By the time of writing, and not of what came in, a month is found again.
        account.ifPresent(counted -> streams.forward(
                told.withValue(counted).withTimestamp(streams.currentSystemTimeMs()), AlertTopology.ACCOUNTS));
    }
}
