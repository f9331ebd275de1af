package io.fengsui.standalone.bench.alerts;

import java.util.Arrays;
import java.util.Locale;

/** Milliseconds of one way or page. Safe for use by many threads. */
final class Samples {
    static final String HEADER = """
            | what                                         |   count |  p50 ms |  p99 ms |  max ms | goal p99 ms |
            |---|--:|--:|--:|--:|--:|
            """;

    private static final int FIRST_SIZE = 1 << 10;

    private final String what;
    private final int goal;
    private double[] millis = new double[FIRST_SIZE];
    private int size;

    /** @param goal p99 is to be less, milliseconds; 0: none */
    Samples(String what, int goal) {
        this.what = what;
        this.goal = goal;
    }

    synchronized void add(double sample) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, size * 2);
        }
        millis[size++] = sample;
    }

    synchronized int count() {
        return size;
    }

    /** Nearest rank; infinite if there is nothing: what was never seen is no good time. */
    synchronized double percentile(double percent) {
        if (size == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * size) - 1)];
    }

    boolean holds() {
        return goal == 0 || percentile(99) < goal;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %-44s | %,7d | %7.1f | %7.1f | %7.1f | %s |%n",
                what,
                count(),
                percentile(50),
                percentile(99),
                percentile(100),
                goal == 0 ? "" : goal + (holds() ? "" : " (missed)"));
    }
}
