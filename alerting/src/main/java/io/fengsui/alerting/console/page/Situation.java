package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.History;
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
 */
public record Situation(Realm realm, List<Alert> open, Map<String, List<Alert>> folded, List<Alert> ended) {

    /** Gravest unacknowledged first: the order in which a duty officer looks. */
    public static final Comparator<Alert> URGENCY =
            Comparator.comparingLong(Situation::rank).thenComparing(Alert::getAlertId);

    /** Bits of milliseconds since the epoch, for more than eight million years. */
    private static final int TIME_BITS = 58;

    static final Comparator<Alert> LATEST_END =
            Comparator.comparing(Situation::endOf).reversed().thenComparing(Alert::getAlertId);

    private static final Duration ENDED_SHOWN = Duration.ofHours(24);

    public static Situation of(AlertBoard board, Realm realm, Instant now) {
        Instant endedAfter = now.minus(ENDED_SHOWN);
        List<Alert> open = new ArrayList<>();
        List<Alert> ended = new ArrayList<>();
        Map<String, List<Alert>> folded = new HashMap<>();
        for (Alert alert : board.alerts(realm)) {
            if (!AlertBoard.isOpen(alert)) {
                if (endOf(alert).isAfter(endedAfter)) {
                    ended.add(alert);
                }
                continue;
            }
            Optional<String> by = board.inhibitedBy(alert, now);
            if (by.isPresent()) {
                folded.computeIfAbsent(by.get(), id -> new ArrayList<>()).add(alert);
            } else {
                open.add(alert);
            }
        }
        ended.sort(LATEST_END);
        folded.replaceAll((id, alerts) -> byUrgency(alerts));
        return new Situation(realm, byUrgency(open), folded, ended);
    }

    private record Ranked(long rank, Alert alert) {}

    /** The ranks are reckoned once: a flood of alerts lies all over the memory. */
    private static List<Alert> byUrgency(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> new Ranked(rank(alert), alert))
                .sorted(Comparator.comparingLong(Ranked::rank)
                        .thenComparing(ranked -> ranked.alert().getAlertId()))
                .map(Ranked::alert)
                .toList();
    }

    /** From the highest bit: acknowledged or not, severity, life safety, the newest. */
    private static long rank(Alert alert) {
        long rank = Stage.of(alert.getState()).waiting() ? 0 : 1;
        rank = (rank << 3) + Level.of(alert.getSeverity()).place();
        rank = (rank << 1) + (alert.getLifeSafety() ? 0 : 1);
        return (rank << TIME_BITS) - alert.getStartedAt().toEpochMilli();
    }

    static Instant endOf(Alert alert) {
        return alert.getEndedAt() == null ? alert.getChangedAt() : alert.getEndedAt();
    }

    public int foldedCount() {
        return folded.values().stream().mapToInt(List::size).sum();
    }

    /** How many wait for somebody and cannot wait long. */
    public int urgent() {
        return (int) open.stream().filter(Situation::isUrgent).count();
    }

    /** Milliseconds since the epoch of the latest news of such alerts, 0 if there are none: it grows with each that comes. */
    public long latestUrgent() {
        return open.stream()
                .filter(Situation::isUrgent)
                .map(History::newsOf)
                .mapToLong(Instant::toEpochMilli)
                .max()
                .orElse(0);
    }

    private static boolean isUrgent(Alert alert) {
        return Stage.of(alert.getState()).waiting() && (isGrave(alert) || Escalation.hasRisen(alert));
    }

    /** Severity I or II, ungraded, or life safety at any severity: people in a lift are severity III. */
    static boolean isGrave(Alert alert) {
        return alert.getLifeSafety() || Level.of(alert.getSeverity()).urgent();
    }

    /** Open alerts that say that data no longer comes in; one that flaps only while it does not. */
    public List<Alert> blind() {
        return open.stream()
                .filter(alert -> alert.getSubject().getKind() == SubjectKind.INGEST && alert.getQuietSince() == null)
                .toList();
    }
}
