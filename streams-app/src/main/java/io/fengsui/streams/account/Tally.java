package io.fengsui.streams.account;

import io.fengsui.ops.Account;
import io.fengsui.streams.meter.EventOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one feed, hour and realm in one task. Mutable, for one thread. */
final class Tally {
    long routed;
    long unrouted;
    long duplicates;
    long deadLettered;
    long late;
    long derived;
    final Map<String, Long> reasons = new TreeMap<>();

    void count(EventOutcome outcome, boolean isLate) {
        switch (outcome) {
            case ROUTED -> {
                routed++;
                late += isLate ? 1 : 0;
            }
            case UNROUTED -> unrouted++;
            case DUPLICATE -> duplicates++;
            case DEAD_LETTERED -> deadLettered++;
        }
    }

    void countDeadLetter(String reason) {
        deadLettered++;
        reasons.merge(reason, 1L, Long::sum);
    }

    Account toAccount(String feed, Instant hour, int task) {
        return new Account(
                feed, hour, task, routed, unrouted, duplicates, deadLettered, late, new TreeMap<>(reasons), derived);
    }
}
