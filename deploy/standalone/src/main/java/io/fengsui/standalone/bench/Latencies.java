package io.fengsui.standalone.bench;

import io.fengsui.schema.feed.Lane;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Milliseconds by lane, of one way through the pipeline. Safe for use by many threads. */
final class Latencies {
    static final String HEADER = """
            | way                          | lane        |    events | p50 ms | p99 ms | p99.9 ms | max ms |
            |---|---|--:|--:|--:|--:|--:|
            """;

    private static final int FIRST_SIZE = 1 << 12;

    private static final class Samples {
        private long[] millis = new long[FIRST_SIZE];
        private int size;
    }

    private final String way;
    private final Map<Lane, Samples> byLane = new EnumMap<>(Lane.class);

    Latencies(String way) {
        this.way = way;
    }

    synchronized void add(Lane lane, long millis) {
        Samples samples = byLane.computeIfAbsent(lane, l -> new Samples());
        if (samples.size == samples.millis.length) {
            samples.millis = Arrays.copyOf(samples.millis, samples.size * 2);
        }
        samples.millis[samples.size++] = millis;
    }

    /** A line a lane: way, lane, events, p50, p99, p99.9, maximum. */
    synchronized String rows() {
        StringBuilder rows = new StringBuilder();
        byLane.forEach((lane, samples) -> {
            long[] sorted = Arrays.copyOf(samples.millis, samples.size);
            Arrays.sort(sorted);
            rows.append(String.format(
                    Locale.ROOT,
                    "| %-28s | %-11s | %,9d | %6d | %6d | %8d | %6d |%n",
                    way,
                    lane.id(),
                    sorted.length,
                    percentile(sorted, 50),
                    percentile(sorted, 99),
                    percentile(sorted, 99.9),
                    sorted[sorted.length - 1]));
        });
        return rows.toString();
    }

    /** Milliseconds, nearest rank; 0 if the lane has no events. */
    synchronized long percentile(Lane lane, double percent) {
        Samples samples = byLane.get(lane);
        if (samples == null) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(samples.millis, samples.size);
        Arrays.sort(sorted);
        return percentile(sorted, percent);
    }

    private static long percentile(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
