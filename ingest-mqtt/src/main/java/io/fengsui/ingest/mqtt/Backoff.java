package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubled each time up to a limit, each cut at random by up to a half, so that bridges that lost
 * the same broker do not come back in step. For one thread.
 */
final class Backoff {
    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(limit) > 0 ? limit : doubled;
        return Duration.ofNanos((long) (pause.toNanos() * random.nextDouble(0.5, 1.0)));
    }

    /** To be called once things have gone well for a while, not on mere success. */
    void reset() {
        next = first;
    }
}
