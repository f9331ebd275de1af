package io.fengsui.standalone.unrouted;

import io.fengsui.ops.Unrouted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The entries that are meant, one an event, in the order in which they came. */
public final class Queue {
    private final QueueFilter filter;
    private final ReplayLog log;
    private final Map<String, Unrouted> byEvent = new LinkedHashMap<>();

    public Queue(QueueFilter filter, ReplayLog log) {
        this.filter = filter;
        this.log = log;
    }

    /** An event that came into the queue again is one entry, which has all that it was delivered to. */
    public void add(Unrouted entry) {
        if (filter.matches(entry, log)) {
            byEvent.merge(entry.getEventId(), entry, Queue::merged);
        }
    }

    private static Unrouted merged(Unrouted former, Unrouted entry) {
        TreeSet<String> topics = new TreeSet<>(former.getDeliveredTo());
        topics.addAll(entry.getDeliveredTo());
        return Unrouted.newBuilder(entry).setDeliveredTo(List.copyOf(topics)).build();
    }

    public Collection<Unrouted> entries() {
        return byEvent.values();
    }

    public ReplayLog log() {
        return log;
    }
}
