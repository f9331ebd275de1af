package io.fengsui.streams.absence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One timer a key, ordered by deadline: finding what is due costs no more than what is due. A timer is moved forward only
 * when it falls due (lazily), so that a message of a device costs no timer operation. Not safe for use by many threads.
 *
 * <p>It is held in memory alone, since the state of the devices says all of it: a task fills it when it starts.
 */
public final class DeadlineIndex {
    private record Timer(long deadline, String key) {}

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::deadline).thenComparing(Timer::key));
    private final Map<String, Timer> byKey = new HashMap<>();

    /** Sets a timer, or moves it to an earlier time; a later time is left for when it falls due. */
    public void arm(String key, long deadline) {
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        Timer present = byKey.get(key);
        if (present == null || deadline < present.deadline()) {
            if (present != null) {
                timers.remove(present);
            }
            Timer timer = new Timer(deadline, key);
            byKey.put(key, timer);
            timers.add(timer);
        }
    }

    public boolean armed(String key) {
        return byKey.containsKey(key);
    }

    /** The earliest deadline; {@link Long#MAX_VALUE} without any. */
    public long earliest() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().deadline();
    }

    /** Takes the key with the earliest deadline out if that is not after now; null if nothing is due. */
    public @Nullable String pollDue(long now) {
        if (timers.isEmpty() || timers.first().deadline() > now) {
            return null;
        }
        Timer due = timers.pollFirst();
        if (due == null) {
            return null;
        }
        byKey.remove(due.key());
        return due.key();
    }

    public int size() {
        return timers.size();
    }
}
