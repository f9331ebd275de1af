package io.fengsui.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether this process may have stood still for so long that its slots were given to others, without its knowing yet. The
 * thread that belongs to the group renews the lease at each turn; one that comes too late does not, until the coordinator
 * has confirmed. Safe for use by many threads.
 */
public final class Lease {
    private final Duration length;
    private final InstantSource clock;
    private volatile Instant turn;

    /** @param length shorter than the group's session, which the coordinator counts from the last heartbeat */
    public Lease(Duration length, InstantSource clock) {
        this.length = length;
        this.clock = clock;
        this.turn = clock.instant();
    }

    /** Another turn; changes nothing if the lease is over. */
    public void renew() {
        if (!isOver()) {
            turn = clock.instant();
        }
    }

    /** The coordinator has confirmed that the slots are still ours, after this time. */
    public void confirmed(Instant asked) {
        turn = asked;
    }

    /** Whether nothing may be done for a slot before the coordinator has confirmed. */
    public boolean isOver() {
        return clock.instant().isAfter(turn.plus(length));
    }
}
