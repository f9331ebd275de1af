package io.fengsui.alerting.board;

import io.fengsui.ops.Account;
import io.fengsui.schema.rejection.Rejection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of events, counted.
 *
 * @param routed written to at least one reader topic
 * @param late of these, how many were marked late
 * @param reasons dead letters by reason code, sorted by code
 * @param derived events made of others, such as a report of its parts; in no other count, and none of those that came in
 */
public record Counts(
        long routed,
        long unrouted,
        long duplicates,
        long deadLettered,
        long late,
        Map<String, Long> reasons,
        long derived) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, Map.of(), 0);

    public static Counts of(Account account) {
        return new Counts(
                account.getRouted(),
                account.getUnrouted(),
                account.getDuplicates(),
                account.getDeadLettered(),
                account.getLate(),
                account.getReasons(),
                account.getDerived());
    }

    public Counts plus(Counts other) {
        return combine(other, 1);
    }

    public Counts minus(Counts other) {
        return combine(other, -1);
    }

    private Counts combine(Counts other, int sign) {
        Map<String, Long> sum = new TreeMap<>(reasons);
        other.reasons.forEach((reason, count) -> sum.merge(reason, sign * count, Long::sum));
        sum.values().removeIf(count -> count == 0);
        return new Counts(
                routed + sign * other.routed,
                unrouted + sign * other.unrouted,
                duplicates + sign * other.duplicates,
                deadLettered + sign * other.deadLettered,
                late + sign * other.late,
                sum,
                derived + sign * other.derived);
    }

    /** Dead letters of records that had reached a feed topic: those whose reason only the streams app gives. */
    long deadLetteredByStreams() {
        return reasons.entrySet().stream()
                .filter(reason -> isOfStreams(reason.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Dead letters of messages that never reached a feed topic. */
    public long deadLetteredByBridge() {
        return deadLettered - deadLetteredByStreams();
    }

    /** Records of a feed topic that the accounts know the end of. */
    public long settledRecords() {
        return routed + unrouted + duplicates + deadLetteredByStreams();
    }

    private static boolean isOfStreams(String reason) {
        for (Rejection rejection : Rejection.values()) {
            if (rejection.name().equals(reason)) {
                return rejection.refusedBehindTheBridge();
            }
        }
        return false;
    }
}
