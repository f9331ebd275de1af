package io.fengsui.streams.task;

import io.fengsui.alert.AlertSignal;
import io.fengsui.ops.Occurrence;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.device.GroupJudge;
import io.fengsui.streams.group.GroupCount;
import io.fengsui.streams.group.GroupCountSerde;
import io.fengsui.streams.rule.Verdict;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Counts across devices, in the task that rule and group hash to. Exercises are counted apart from what is real. */
public final class Groups {
    public static final String STORE = "groups";

    private final KeyValueStore<String, GroupCount> store;
    private final GroupJudge judge;
    private final Signals signals;

    Groups(KeyValueStore<String, GroupCount> store, GroupJudge judge, Signals signals) {
        this.store = store;
        this.judge = judge;
        this.signals = signals;
    }

    /** One record a rule and group: rules of this kind are few, and so are groups. */
    public static StoreBuilder<?> storeBuilder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new GroupCountSerde())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Key of an occurrence in its topic. */
    static String key(Occurrence occurrence) {
        return occurrence.getRuleId() + "|" + occurrence.getGroup();
    }

    /** The signal that it gives rise to; null if there is none. */
    @Nullable
    AlertSignal onOccurrence(Occurrence occurrence, Instant now) {
        String key = Realm.of(occurrence.getStatus()) + "|" + key(occurrence);
        GroupCount stored = store.get(key);
        GroupCount count = stored == null ? new GroupCount() : stored;
        Verdict verdict = judge.judge(occurrence, count);
        store.put(key, count);
        if (verdict == null) {
            return null;
        }
        String name = judge.nameOf(occurrence.getGroupKind(), occurrence.getGroup(), occurrence.getEventTime())
                .zh();
        return signals.ofGroup(verdict, occurrence, name, now);
    }
}
