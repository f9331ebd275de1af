package io.fengsui.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When each alert of a task is due, by the steady clock: a deadline is turned into it when it is first heard of, so that setting
 * the wall clock afterwards neither hastens nor delays it. For one thread.
 */
final class Deadlines {

    private record Entry(Instant deadline, long dueNanos) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeMap<Long, TreeSet<String>> order = new TreeMap<>();
    private final long origin;

    /** @param origin the steady clock now */
    Deadlines(long origin) {
        this.origin = origin;
    }

    /**
     * Says when an alert is due.
     *
     * @param deadline by the wall clock; empty: never
     * @param wall the wall clock now
     * @param steady the steady clock now
     */
    void set(String key, Optional<Instant> deadline, Instant wall, long steady) {
        Entry former = entries.get(key);
        if (former != null && deadline.filter(former.deadline()::equals).isPresent()) {
            return;
        }
        remove(key);
        deadline.ifPresent(at -> {
            long due = steady - origin + Duration.between(wall, at).toNanos();
            entries.put(key, new Entry(at, due));
            order.computeIfAbsent(due, unused -> new TreeSet<>()).add(key);
        });
    }

    /** Those that are due, the longest due first; they stay until they are set anew. */
    List<String> due(long steady, int atMost) {
        List<String> due = new ArrayList<>();
        for (TreeSet<String> keys : order.headMap(steady - origin, true).values()) {
            for (String key : keys) {
                if (due.size() == atMost) {
                    return due;
                }
                due.add(key);
            }
        }
        return due;
    }

    void remove(String key) {
        Entry former = entries.remove(key);
        if (former != null) {
            TreeSet<String> keys = order.get(former.dueNanos());
            if (keys != null && keys.remove(key) && keys.isEmpty()) {
                order.remove(former.dueNanos());
            }
        }
    }
}
