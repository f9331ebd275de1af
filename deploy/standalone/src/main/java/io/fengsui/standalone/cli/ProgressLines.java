package io.fengsui.standalone.cli;

import java.time.Duration;
import java.util.Locale;

/** How a start shows on the console. */
final class ProgressLines {

    private ProgressLines() {}

    static void print(String what, String where, Duration took) {
        System.out.printf(Locale.ROOT, "  %-22s %-44s %5.1f s%n", what, where, took.toMillis() / 1_000.0);
    }
}
