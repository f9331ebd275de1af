package io.fengsui.streams.task;

import java.time.Duration;

/**
 * How often the tasks of a thread ask for a commit: at the shortest interval while they keep up, and as seldom as they are late
 * themselves when they do not. A commit costs Kafka a marker in every partition that was written, so a hundred readers cost a backlog most of
 * its speed; who waits for a second already is not hurt by half a second more. For one thread.
 */
public final class CommitPace {
    private final long shortest;
    private final long longest;
    private long lateBy;
    private long askedAt;

    public CommitPace(Duration shortest, Duration longest) {
        this.shortest = shortest.toMillis();
        this.longest = longest.toMillis();
    }

    /**
     * An event is being processed.
     *
     * @param arrivedAt at the bridge, epoch milliseconds
     */
    void onEvent(long arrivedAt, long now) {
        lateBy = Math.max(lateBy, now - arrivedAt);
    }

    /** Whether to ask now; the next ask then counts from now. */
    boolean due(long now) {
        // A clock that was set back must not hold a commit up.
        boolean due = now < askedAt || now - askedAt >= Math.min(longest, Math.max(shortest, lateBy));
        if (due) {
            askedAt = now;
            lateBy = 0;
        }
        return due;
    }
}
