package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One realm at one moment.
 *
 * @param open open alerts that nothing inhibits: unacknowledged first, then by severity, then the newest
 * @param folded open alerts that a gateway's or vendor's alert inhibits, by the id of that alert, in the same order
 * @param ended alerts that have ended in the last 24 hours, the latest first
 * @param counts of the open ones
 */
public record Situation(
        Realm realm, List<Alert> open, Map<String, List<Alert>> folded, List<Alert> ended, OpenCounts counts) {

    /** Gravest unacknowledged first: the order in which a duty officer looks. */
    public static final Comparator<Alert> URGENCY = Comparator.<Alert>comparingLong(
                    alert -> rank(alert, alert.getSeverity()))
            .thenComparing(Alert::getAlertId);

    /** Bits of milliseconds since the epoch, for more than eight million years. */
    private static final int TIME_BITS = 58;

    static final Comparator<Alert> LATEST_END =
            Comparator.comparing(Situation::endOf).reversed().thenComparing(Alert::getAlertId);

    private static final Duration ENDED_SHOWN = Duration.ofHours(24);

    public static Situation of(AlertBoard board, Realm realm, Instant now) {
        Instant endedAfter = now.minus(ENDED_SHOWN);
        OpenCounts counts = new OpenCounts();
        List<Ranked> open = new ArrayList<>();
        List<Alert> ended = new ArrayList<>();
        Map<String, List<Ranked>> folded = new HashMap<>();
        for (Alert alert : board.alerts(realm)) {
            if (!AlertBoard.isOpen(alert)) {
                if (endOf(alert).isAfter(endedAfter)) {
                    ended.add(alert);
                }
                continue;
            }
            Ranked ranked = new Ranked(rank(alert, alert.getSeverity()), alert);
            Optional<String> by = board.inhibitedBy(alert, now);
            if (by.isPresent()) {
                folded.computeIfAbsent(by.get(), id -> new ArrayList<>()).add(ranked);
            } else {
                open.add(ranked);
                counts.add(alert, ranked.rank());
            }
        }
        ended.sort(LATEST_END);
        Map<String, List<Alert>> foldedByUrgency = new HashMap<>();
        folded.forEach((id, alerts) -> foldedByUrgency.put(id, byUrgency(alerts)));
        return new Situation(realm, byUrgency(open), foldedByUrgency, ended, counts);
    }

    /** Its rank is reckoned once: a flood of alerts lies all over the memory. */
    private record Ranked(long rank, Alert alert) {}

    private static List<Alert> byUrgency(List<Ranked> alerts) {
        return alerts.stream()
                .sorted(Comparator.comparingLong(Ranked::rank)
                        .thenComparing(ranked -> ranked.alert().getAlertId()))
                .map(Ranked::alert)
                .toList();
    }

    /** From the highest bit: acknowledged or not, severity, life safety, the newest. */
    static long rank(Alert alert, Severity severity) {
        long rank = Stage.of(alert.getState()).waiting() ? 0 : 1;
        rank = (rank << 3) + Level.of(severity).place();
        rank = (rank << 1) + (alert.getLifeSafety() ? 0 : 1);
        return (rank << TIME_BITS) - alert.getStartedAt().toEpochMilli();
    }

    static Instant endOf(Alert alert) {
        return alert.getEndedAt() == null ? alert.getChangedAt() : alert.getEndedAt();
    }

    public int foldedCount() {
        return folded.values().stream().mapToInt(List::size).sum();
    }

    /** Severity I or II, ungraded, or life safety at any severity: people in a lift are severity III. */
    static boolean isGrave(Alert alert) {
        return alert.getLifeSafety() || Level.of(alert.getSeverity()).urgent();
    }
}
