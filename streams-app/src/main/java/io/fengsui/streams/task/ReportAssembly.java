package io.fengsui.streams.task;

import io.fengsui.event.BeidouReport;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.absence.DeadlineIndex;
import io.fengsui.streams.assembly.Assembler;
import io.fengsui.streams.assembly.FragmentSet;
import io.fengsui.streams.assembly.FragmentSetSerde;
import io.fengsui.streams.device.DeviceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of long Beidou reports in the task of their device. What has come is in a store of its own, few and small; deadlines
 * are in memory, made again from it at a start.
 */
public final class ReportAssembly {
    public static final String STORE = "fragments";

    /** The lane that has the store. */
    public static final Lane LANE = Feeds.BEIDOU_REPORT.lane();

    private final KeyValueStore<String, FragmentSet> store;
    private final Assembler assembler;
    private final DeadlineIndex deadlines = new DeadlineIndex();

    ReportAssembly(KeyValueStore<String, FragmentSet> store, Codecs codecs) {
        this.store = store;
        AvroReader<?> reader = codecs.reader(Feeds.BEIDOU_REPORT);
        this.assembler = new Assembler(bytes -> (BeidouReport) reader.read(bytes));
        try (KeyValueIterator<String, FragmentSet> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, FragmentSet> entry = all.next();
                deadlines.arm(entry.key, entry.value.deadline());
            }
        }
    }

    /** Not many at once, and they change with each part. */
    public static StoreBuilder<?> storeBuilder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new FragmentSetSerde())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Reports that an event makes whole, or puts an end to. */
    List<BeidouReport> onEvent(DeviceKey device, Incoming.Event event) {
        if (!(event.record() instanceof BeidouReport report) || !Assembler.isFragment(report)) {
            return List.of();
        }
        String key = device.text() + "|" + report.getReportId();
        return keep(key, assembler.take(store.get(key), report, event.bytes()));
    }

    /**
     * Reports whose missing parts did not come by then.
     *
     * @param limit most looked at
     */
    void tick(Instant then, int limit, Consumer<BeidouReport> reports) {
        String due = deadlines.pollDue(then.toEpochMilli());
        for (int i = 1; due != null; i++) {
            onDue(due, then).forEach(reports);
            due = i < limit ? deadlines.pollDue(then.toEpochMilli()) : null;
        }
    }

    /** Parts of a device that wait for others. */
    void forget(DeviceKey device) {
        List<String> waiting = new ArrayList<>();
        try (KeyValueIterator<String, FragmentSet> sets = store.range(device.text() + "|", device.text() + "}")) {
            sets.forEachRemaining(entry -> waiting.add(entry.key));
        }
        waiting.forEach(store::delete);
    }

    private List<BeidouReport> onDue(String key, Instant then) {
        FragmentSet held = store.get(key);
        if (held == null) {
            return List.of();
        }
        if (held.deadline() > then.toEpochMilli()) {
            deadlines.arm(key, held.deadline());
            return List.of();
        }
        if (held.isComplete() || held.told()) {
            store.delete(key);
            return List.of();
        }
        return keep(key, assembler.giveUp(held));
    }

    private List<BeidouReport> keep(String key, Assembler.Outcome outcome) {
        @Nullable FragmentSet set = outcome.set();
        if (set != null) {
            store.put(key, set);
            deadlines.arm(key, set.deadline());
        }
        return outcome.reports();
    }

    /** The event of the feed that a report is. */
    static Incoming.Event event(BeidouReport report, Codecs codecs) {
        Feed<BeidouReport> feed = Feeds.BEIDOU_REPORT;
        Realm realm = Realm.of(report.getHeader().getStatus());
        byte[] bytes = codecs.write(Topics.feed(realm, feed).name(), report);
        return new Incoming.Event(feed, realm, report, report.getHeader(), bytes);
    }
}
