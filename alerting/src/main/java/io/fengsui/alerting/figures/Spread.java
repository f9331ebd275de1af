package io.fengsui.alerting.figures;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How long something took: half of the times are at most the median, nine of ten at most the p90 (nearest rank).
 *
 * @param known how many times are known
 * @param median empty if none is
 * @param p90 likewise
 */
public record Spread(int known, Optional<Duration> median, Optional<Duration> p90) {

    static Spread of(Collection<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return new Spread(sorted.size(), rank(sorted, 50), rank(sorted, 90));
    }

    private static Optional<Duration> rank(List<Duration> sorted, int percent) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int rank = (sorted.size() * percent + 99) / 100;
        return Optional.of(sorted.get(Math.max(rank, 1) - 1));
    }
}
