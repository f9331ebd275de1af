package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alerting.lifecycle.History;
import io.fengsui.alerting.lifecycle.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it stood when an occurrence before the present one ended, by its history: what a receiver is told that did not hear
 * of that end. Words are those of its time; what the history does not keep, as figures, is left out.
 */
final class EndedOccurrence {

    private static final Set<ChangeAction> RAISES =
            Set.of(ChangeAction.RAISED, ChangeAction.RAISED_AGAIN, ChangeAction.FLAPPING, ChangeAction.UPDATED);

    private EndedOccurrence() {}

    /**
     * Empty if the history has lost the end.
     *
     * @param occurrence less than that of the alert
     */
    static Optional<Alert> of(Alert alert, int occurrence) {
        List<AlertChange> history = alert.getHistory();
        int end = end(alert, occurrence);
        if (end < 0) {
            return Optional.empty();
        }
        AlertChange closing = history.get(end);
        return Optional.of(asOf(alert, occurrence, history.subList(0, end + 1), closing.getRevision(), closing));
    }

    /**
     * What can be said when the history has lost the end: that it ended before the present occurrence began.
     *
     * @param revision the one behind what the receiver has
     */
    static Alert lost(Alert alert, int occurrence, int revision) {
        AlertChange closing = AlertChange.newBuilder(alert.getHistory().get(0))
                .setState(AlertState.RESOLVED)
                .setAction(ChangeAction.RESOLVED)
                .setAt(alert.getStartedAt())
                .build();
        List<AlertChange> kept = alert.getHistory().stream()
                .filter(change -> change.getRevision() < revision)
                .toList();
        return asOf(alert, occurrence, kept, revision, closing);
    }

    /**
     * Place in the history of the change that ended an occurrence; -1 if it is lost. Only behind the first change something may be
     * missing that matters.
     */
    private static int end(Alert alert, int occurrence) {
        List<AlertChange> history = alert.getHistory();
        int later = alert.getOccurrences();
        for (int i = history.size() - 1; i > 0; i--) {
            boolean begins = isOpen(history.get(i)) && !isOpen(history.get(i - 1));
            if (begins) {
                later--;
            }
            if (begins && later == occurrence) {
                int end = i - 1;
                while (end > 0 && !isOpen(history.get(end - 1))) {
                    end--;
                }
                return end;
            }
        }
        return -1;
    }

    private static boolean isOpen(AlertChange change) {
        return Transition.isOpen(change.getState());
    }

    private static Alert asOf(
            Alert alert, int occurrence, List<AlertChange> history, int revision, AlertChange closing) {
        List<AlertChange> own = History.ofLastOccurrence(history);
        Instant started = own.isEmpty() ? closing.getAt() : own.get(0).getAt();
        return Alert.newBuilder(alert)
                .setOccurrences(occurrence)
                .setRevision(revision)
                .setState(closing.getState())
                .setSeverity(closing.getSeverity())
                .setHistory(List.copyOf(history))
                .setStartedAt(started)
                .setEventTime(started)
                .setChangedAt(closing.getAt())
                .setEndedAt(closing.getAt())
                .setExplanation(explanation(alert, own))
                .setValues(Map.of())
                .setFigures(List.of())
                .setRevised(Map.of())
                .setAcknowledgedBy(null)
                .setAcknowledgedAt(null)
                .setIncidentId(incident(own))
                .build();
    }

    /** What its rule said last: Chinese, then English, a line each, as the history has it. */
    private static AlertText explanation(Alert alert, List<AlertChange> own) {
        String rule = "rule:" + alert.getRuleId();
        String said = own.stream()
                .filter(change -> change.getActor().equals(rule) && RAISES.contains(change.getAction()))
                .map(AlertChange::getNote)
                .filter(Objects::nonNull)
                .reduce((former, later) -> later)
                .orElse(null);
        if (said == null) {
            return new AlertText("", "");
        }
        String[] lines = said.split("\n", 2);
        return new AlertText(lines[0], lines[lines.length - 1]);
    }

    private static @Nullable String incident(List<AlertChange> own) {
        return own.stream()
                .filter(change -> change.getAction() == ChangeAction.RELATED)
                .reduce((former, later) -> later)
                .map(AlertChange::getNote)
                .orElse(null);
    }
}
