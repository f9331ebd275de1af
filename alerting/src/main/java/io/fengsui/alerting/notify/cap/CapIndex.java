package io.fengsui.alerting.notify.cap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The published messages of a realm, in the order in which they were. The first of an identifier counts: two instances may have
 * written the same one. The oldest are let go beyond a bound. For any thread.
 */
public final class CapIndex {
    private final int most;
    private final Map<String, Numbered> byIdentifier = new HashMap<>();
    private final Map<String, List<CapEntry>> byAlert = new HashMap<>();
    private final Deque<Numbered> inOrder = new ArrayDeque<>();
    private final Map<String, CapEntry> national = new HashMap<>();
    private long next;

    /** @param most how many messages are kept */
    public CapIndex(int most) {
        this.most = most;
    }

    private record Numbered(long number, CapEntry entry) {}

    /** False if there is one of that identifier. */
    public synchronized boolean add(CapEntry entry) {
        if (byIdentifier.containsKey(entry.identifier())) {
            return false;
        }
        Numbered numbered = new Numbered(next++, entry);
        byIdentifier.put(entry.identifier(), numbered);
        byAlert.computeIfAbsent(entry.alertId(), id -> new ArrayList<>()).add(entry);
        inOrder.addLast(numbered);
        if (entry.nationalIdentifier() != null) {
            national.put(entry.nationalIdentifier(), entry);
        }
        while (inOrder.size() > most) {
            forget(inOrder.removeFirst().entry());
        }
        return true;
    }

    private void forget(CapEntry oldest) {
        byIdentifier.remove(oldest.identifier());
        byAlert.computeIfPresent(oldest.alertId(), (id, of) -> {
            of.remove(oldest);
            return of.isEmpty() ? null : of;
        });
        if (oldest.nationalIdentifier() != null) {
            national.remove(oldest.nationalIdentifier());
        }
    }

    public synchronized Optional<CapEntry> get(String identifier) {
        return Optional.ofNullable(byIdentifier.get(identifier)).map(Numbered::entry);
    }

    public synchronized Optional<CapEntry> byNational(String nationalIdentifier) {
        return Optional.ofNullable(national.get(nationalIdentifier));
    }

    /** Messages of an alert, the oldest first. */
    public synchronized List<CapEntry> of(String alertId) {
        return List.copyOf(byAlert.getOrDefault(alertId, List.of()));
    }

    /**
     * Some messages, the newest first.
     *
     * @param before only those that were published before this one; null: from the newest
     */
    public synchronized List<CapEntry> page(Predicate<CapEntry> wanted, @Nullable String before, int limit) {
        Numbered bound = before == null ? null : byIdentifier.get(before);
        List<CapEntry> page = new ArrayList<>();
        Iterator<Numbered> newestFirst = inOrder.descendingIterator();
        while (newestFirst.hasNext() && page.size() < limit) {
            Numbered numbered = newestFirst.next();
            if ((bound == null || numbered.number() < bound.number()) && wanted.test(numbered.entry())) {
                page.add(numbered.entry());
            }
        }
        return List.copyOf(page);
    }
}
