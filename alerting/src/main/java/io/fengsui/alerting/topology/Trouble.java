package io.fengsui.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Faults that come again and again are one trouble: it began with the first of them and is over when none has come for a
 * while. For any thread.
 */
final class Trouble {
    private final Duration patience;
    private @Nullable Instant since;
    private Instant last = Instant.EPOCH;

    /** @param patience how long nothing must happen until it is over, and how long it must go on to be called lasting */
    Trouble(Duration patience) {
        this.patience = patience;
    }

    synchronized void note(Instant now) {
        if (!isOn(now)) {
            since = now;
        }
        last = now;
    }

    synchronized boolean isOn(Instant now) {
        return since != null && now.isBefore(last.plus(patience));
    }

    /** Whether it is on and is no hiccup. */
    synchronized boolean lasts(Instant now) {
        return since != null && isOn(now) && !now.isBefore(since.plus(patience));
    }
}
