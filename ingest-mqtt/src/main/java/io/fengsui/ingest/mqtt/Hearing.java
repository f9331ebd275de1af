package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When the broker last said anything on one connection. */
final class Hearing {
    private final InstantSource clock;
    private volatile Instant heardAt;

    Hearing(InstantSource clock) {
        this.clock = clock;
        this.heardAt = clock.instant();
    }

    void heard() {
        heardAt = clock.instant();
    }

    /** Whether nothing was heard for longer than a keep alive and half of one more; never if that is zero. */
    boolean isMute(Duration keepAlive) {
        return !keepAlive.isZero()
                && heardAt.isBefore(
                        clock.instant().minus(keepAlive.multipliedBy(3).dividedBy(2)));
    }

    Instant heardAt() {
        return heardAt;
    }
}
