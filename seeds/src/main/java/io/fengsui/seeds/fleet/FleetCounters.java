package io.fengsui.seeds.fleet;

import io.fengsui.schema.feed.Feed;
import io.fengsui.seeds.fleet.link.Acknowledgements;
import io.fengsui.seeds.fleet.link.Outgoing;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what was published and what was acknowledged. Safe for use by many threads. */
final class FleetCounters implements Acknowledgements {
    private static final int REASON_CODES = 256;
    private static final int SUCCESS = 0;

    private final Expectations expectations;
    private final Map<Feed<?>, EnumMap<EventKind, Long>> published = new LinkedHashMap<>();
    private final AtomicLong publishedTotal = new AtomicLong();
    private final AtomicLongArray acknowledged = new AtomicLongArray(REASON_CODES);
    private final AtomicLong resent = new AtomicLong();
    private final AtomicLong lastWills = new AtomicLong();

    FleetCounters(Expectations expectations) {
        this.expectations = expectations;
    }

    synchronized void published(Feed<?> feed, EventKind kind) {
        published.computeIfAbsent(feed, f -> new EnumMap<>(EventKind.class)).merge(kind, 1L, Long::sum);
        publishedTotal.incrementAndGet();
    }

    /** The broker was made to publish it: as sure as an acknowledgement. */
    void willFired(Outgoing will) {
        expectations.published(will.number());
        expectations.acknowledged(will.number());
        lastWills.incrementAndGet();
    }

    @Override
    public void willMayHaveFired(Outgoing will) {
        expectations.possible(will.number());
    }

    @Override
    public void acknowledged(Outgoing message, int reasonCode) {
        acknowledged.incrementAndGet(reasonCode & (REASON_CODES - 1));
        if (reasonCode == SUCCESS) {
            expectations.acknowledged(message.number());
        }
    }

    @Override
    public void resent(Outgoing message) {
        resent.incrementAndGet();
    }

    long publishedTotal() {
        return publishedTotal.get();
    }

    long resent() {
        return resent.get();
    }

    long lastWills() {
        return lastWills.get();
    }

    long acknowledgedTotal() {
        return acknowledgements().values().stream().mapToLong(Long::longValue).sum();
    }

    SortedMap<Integer, Long> acknowledgements() {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (int code = 0; code < REASON_CODES; code++) {
            if (acknowledged.get(code) > 0) {
                counts.put(code, acknowledged.get(code));
            }
        }
        return Collections.unmodifiableSortedMap(counts);
    }

    synchronized Map<Feed<?>, Map<EventKind, Long>> published() {
        Map<Feed<?>, Map<EventKind, Long>> copy = new LinkedHashMap<>();
        published.forEach((feed, kinds) -> copy.put(feed, Collections.unmodifiableMap(new EnumMap<>(kinds))));
        return Collections.unmodifiableMap(copy);
    }
}
