package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.BoardEntry;
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
        Realm realm,
        List<BoardEntry> open,
        Map<String, List<BoardEntry>> folded,
        List<Alert> ended,
        OpenCounts counts) {

    static final Comparator<Alert> LATEST_END =
            Comparator.comparing(Situation::endOf).reversed().thenComparing(Alert::getAlertId);

    private static final Duration ENDED_SHOWN = Duration.ofHours(24);

    public static Situation of(AlertBoard board, Realm realm, Instant now) {
        OpenCounts counts = new OpenCounts();
        List<BoardEntry> open = new ArrayList<>();
        Map<String, List<BoardEntry>> folded = new HashMap<>();
        for (BoardEntry entry : board.open(realm)) {
            Optional<String> by = entry.mayBeInhibited() ? board.inhibitedBy(entry.alert(), now) : Optional.empty();
            if (by.isPresent()) {
                folded.computeIfAbsent(by.get(), id -> new ArrayList<>()).add(entry);
            } else {
                open.add(entry);
                counts.add(entry);
            }
        }
        open.sort(BoardEntry.URGENCY);
        folded.values().forEach(entries -> entries.sort(BoardEntry.URGENCY));
        Instant endedAfter = now.minus(ENDED_SHOWN);
        List<Alert> ended = board.ended(realm).stream()
                .filter(alert -> endOf(alert).isAfter(endedAfter))
                .sorted(LATEST_END)
                .toList();
        return new Situation(realm, open, folded, ended, counts);
    }

    static Instant endOf(Alert alert) {
        return alert.getEndedAt() == null ? alert.getChangedAt() : alert.getEndedAt();
    }

    public int foldedCount() {
        return folded.values().stream().mapToInt(List::size).sum();
    }
}
