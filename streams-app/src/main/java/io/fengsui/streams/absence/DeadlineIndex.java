package io.fengsui.streams.absence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One timer a key, given in the order of deadlines: finding what is due costs no more than what is due, however many timers there
 * are. Not safe for use by many threads.
 *
 * <p>A timer says when to look at a key, never later than something is due. One that watches for silence knows how long the
 * key may be silent: that the key was heard is only noted, and when the timer's second comes it moves by itself to when the key would
 * now be due, without a look at anything else.
 *
 * <p>Timers of seconds that have not come lie in their second's bucket, in no order, so that it costs the same to put in or take out
 * the first and the millionth; only those of seconds that have come are sorted.
 *
 * <p>It is held in memory alone, since the state of the devices says all of it: a task fills it when it starts.
 */
public final class DeadlineIndex {
    private static final long SECOND_MILLIS = 1_000;

    /** Its deadline tells where it lies, and changes only while it lies nowhere. */
    private static final class Timer {
        private final String key;
        private long deadline = Long.MAX_VALUE;
        private long patience;
        private long latest;
        private long heardAt;
        private @Nullable Timer previous;
        private @Nullable Timer next;

        Timer(String key) {
            this.key = key;
        }

        /** When its key must next be looked at, by what was heard of it until then. */
        private long unlessHeardAgain(long now) {
            return patience == 0 || heardAt > now ? deadline : Math.max(deadline, Math.min(heardAt + patience, latest));
        }
    }

    /** The timers of a second, linked to each other. */
    private static final class Bucket {
        private @Nullable Timer first;

        void add(Timer timer) {
            timer.next = first;
            if (first != null) {
                first.previous = timer;
            }
            first = timer;
        }

        void remove(Timer timer) {
            if (timer.previous == null) {
                first = timer.next;
            } else {
                timer.previous.next = timer.next;
            }
            if (timer.next != null) {
                timer.next.previous = timer.previous;
            }
            timer.previous = null;
            timer.next = null;
        }
    }

    private final Map<String, Timer> byKey = new HashMap<>();

    /** Of seconds that have come. */
    private final TreeSet<Timer> sorted = new TreeSet<>(
            Comparator.<Timer>comparingLong(timer -> timer.deadline).thenComparing(timer -> timer.key));

    /** Of seconds that have not, by second; none is empty. */
    private final TreeMap<Long, Bucket> ahead = new TreeMap<>();

    /** The last second that has come. */
    private long come = Long.MIN_VALUE;

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
            takeOut(timer);
            timer.heardAt = 0;
            putIn(timer, deadline);
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
        return true;
    }

    public boolean armed(String key) {
        return byKey.containsKey(key);
    }

    /** When to poll next, for nothing is due before; {@link Long#MAX_VALUE} without any timer. */
    public long earliest() {
        if (!sorted.isEmpty()) {
            return sorted.first().deadline;
        }
        long earliest = Long.MAX_VALUE;
        if (!ahead.isEmpty()) {
            for (Timer timer = ahead.firstEntry().getValue().first; timer != null; timer = timer.next) {
                earliest = Math.min(earliest, timer.deadline);
            }
        }
        return earliest;
    }

    /** Takes the key with the earliest deadline out if that is not after now; null if nothing is due. */
    public @Nullable String pollDue(long now) {
        for (Map.Entry<Long, Bucket> first = ahead.firstEntry();
                first != null && first.getKey() <= second(now);
                first = ahead.firstEntry()) {
            ahead.remove(first.getKey());
            come = first.getKey();
            sort(first.getValue(), now);
        }
        while (!sorted.isEmpty() && sorted.first().deadline <= now) {
            Timer due = sorted.pollFirst();
            long next = due.unlessHeardAgain(now);
            if (next <= now) {
                byKey.remove(due.key);
                return due.key;
            }
            putIn(due, next);
        }
        return null;
    }

    /** Those that have been heard go on to their next second at once. */
    private void sort(Bucket bucket, long now) {
        Timer timer = bucket.first;
        while (timer != null) {
            Timer following = timer.next;
            timer.previous = null;
            timer.next = null;
            putIn(timer, timer.unlessHeardAgain(now));
            timer = following;
        }
    }

    private void putIn(Timer timer, long deadline) {
        timer.deadline = deadline;
        long second = second(deadline);
        if (second <= come) {
            sorted.add(timer);
        } else {
            ahead.computeIfAbsent(second, empty -> new Bucket()).add(timer);
        }
    }

    private void takeOut(Timer timer) {
        long second = second(timer.deadline);
        Bucket bucket = ahead.get(second);
        if (bucket == null) {
            sorted.remove(timer);
        } else {
            bucket.remove(timer);
            if (bucket.first == null) {
                ahead.remove(second);
            }
        }
    }

    public int size() {
        return byKey.size();
    }

    private static long second(long millis) {
        return Math.floorDiv(millis, SECOND_MILLIS);
    }
}
