package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was heard on one connection below Paho: when the broker last said anything, and the DUP flag of each PUBLISH that has
 * not come to the callback yet, which Paho loses.
 */
final class Hearing implements FrameInputStream.Listener {
    private final InstantSource clock;
    private final Queue<Boolean> duplicates = new ConcurrentLinkedQueue<>();
    private volatile Instant heardAt;

    Hearing(InstantSource clock) {
        this.clock = clock;
        this.heardAt = clock.instant();
    }

    @Override
    public void packetRead() {
        heardAt = clock.instant();
    }

    @Override
    public void publishRead(boolean duplicate) {
        duplicates.add(duplicate);
    }

    /** DUP flag of the next PUBLISH that comes to the callback. */
    boolean nextIsDuplicate() {
        return Boolean.TRUE.equals(duplicates.poll());
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
