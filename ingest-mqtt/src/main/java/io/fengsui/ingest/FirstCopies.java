package io.fengsui.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Messages that one slot has handled and another may bring yet, counted, for a device may send the same words
 * twice. A copy that comes later than {@link #WITHIN} is a report of its own. Safe for use by many threads.
 */
final class FirstCopies {
    /** The two copies of a message are as far apart as the slots are; a minute is long for that, and short for a repetition. */
    static final Duration WITHIN = Duration.ofMinutes(1);

    /** Messages remembered at most; beyond them a copy without an id would count twice. */
    private static final int REMEMBERED = 10_000;

    /** Copies of one message that one slot has handled, and when it handled the last. */
    private record Copies(String slot, int count, Instant last) {}

    /** By hash of the message, the oldest first. */
    private final Map<String, Copies> copies = new LinkedHashMap<>();

    synchronized boolean isEmpty() {
        return copies.isEmpty();
    }

    /** Whether another slot has handled the message, each of its copies counting once. */
    synchronized boolean take(String hash, String slot, Instant now) {
        Copies others = copies.get(hash);
        if (others == null || others.slot().equals(slot) || others.last().isBefore(now.minus(WITHIN))) {
            return false;
        }
        copies.remove(hash);
        if (others.count() > 1) {
            copies.put(hash, new Copies(others.slot(), others.count() - 1, others.last()));
        }
        return true;
    }

    synchronized void add(String hash, String slot, Instant now) {
        forget(now.minus(WITHIN));
        Copies before = copies.remove(hash);
        int count = before == null || !before.slot().equals(slot) ? 1 : before.count() + 1;
        copies.put(hash, new Copies(slot, count, now));
    }

    private void forget(Instant until) {
        Iterator<Copies> oldest = copies.values().iterator();
        while (oldest.hasNext()) {
            Copies next = oldest.next();
            if (copies.size() < REMEMBERED && !next.last().isBefore(until)) {
                return;
            }
            oldest.remove();
        }
    }
}
