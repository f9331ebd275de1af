package io.fengsui.standalone.conformance.judge;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
final class Seconds {
    private Seconds() {}

    static String told(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
