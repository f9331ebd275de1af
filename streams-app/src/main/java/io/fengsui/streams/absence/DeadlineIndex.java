package io.fengsui.streams.absence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One timer a key, ordered by deadline: finding what is due costs no more than what is due. Not safe for use by many threads.
 *
 * <p>A timer says when to look at a key, never later than something is due. One that watches for silence knows how long the
 * key may be silent and moves by itself when the key is heard, without a look at anything else, and not for each message: by a
 * quarter of that time or more. The rest it makes good when it falls due.
 *
 * <p>It is held in memory alone, since the state of the devices says all of it: a task fills it when it starts.
 */
public final class DeadlineIndex {

    /** A timer moves when that brings it forward by this part of the time its key may be silent. */
    private static final int MOVES_BY_PART = 4;

    /** Where a timer stands in the order does not change while it is in it. */
    private static final class Timer {
        private final String key;
        private long deadline = Long.MAX_VALUE;
        private long patience;
        private long latest;
        private long heardAt;

        Timer(String key) {
            this.key = key;
        }

        /** When its key must next be looked at, by what was heard of it. */
        private long unlessHeardAgain() {
            return patience == 0 ? deadline : Math.max(deadline, Math.min(heardAt + patience, latest));
        }
    }

    private final TreeSet<Timer> timers = new TreeSet<>(
            Comparator.<Timer>comparingLong(timer -> timer.deadline).thenComparing(timer -> timer.key));
    private final Map<String, Timer> byKey = new HashMap<>();

    /** Sets a timer, or moves it to an earlier time; a later time is left for when it falls due. */
    public void arm(String key, long deadline) {
        arm(key, deadline, 0, deadline);
    }

    /**
     * Sets a timer that moves when its key is heard, or moves it to an earlier time.
     *
     * @param patience how long the key may be silent, milliseconds; 0 for a timer that does not move when it is heard
     * @param latest never moves beyond
     */
    public void arm(String key, long deadline, long patience, long latest) {
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        Timer timer = byKey.computeIfAbsent(key, Timer::new);
        timer.patience = patience;
        timer.latest = latest;
        if (deadline < timer.deadline) {
            timer.heardAt = 0;
            move(timer, deadline);
        }
    }

    /**
     * Tells that a key was heard.
     *
     * @param at not after now
     * @return whether it has a timer that knows how long it may be silent
     */
    public boolean heard(String key, long at) {
        Timer timer = byKey.get(key);
        if (timer == null || timer.patience == 0) {
            return false;
        }
        timer.heardAt = at;
        long next = timer.unlessHeardAgain();
        if (next - timer.deadline > timer.patience / MOVES_BY_PART) {
            move(timer, next);
        }
        return true;
    }

    private void move(Timer timer, long deadline) {
        timers.remove(timer);
        timer.deadline = deadline;
        timers.add(timer);
    }

    public boolean armed(String key) {
        return byKey.containsKey(key);
    }

    /** The earliest deadline; {@link Long#MAX_VALUE} without any. */
    public long earliest() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().deadline;
    }

    /** Takes the key with the earliest deadline out if that is not after now; null if nothing is due. */
    public @Nullable String pollDue(long now) {
        while (!timers.isEmpty() && timers.first().deadline <= now) {
            Timer due = timers.first();
            long next = due.unlessHeardAgain();
            if (due.heardAt <= now && next > now) {
                move(due, next);
            } else {
                timers.remove(due);
                byKey.remove(due.key);
                return due.key;
            }
        }
        return null;
    }

    public int size() {
        return timers.size();
    }
}
