package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.RevisedFigure;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of, and done to, the list of an alert's changes. */
public final class History {
    static final int LONGEST = 50;

    private History() {}

    /**
     * The history with one change more. Beyond {@link #LONGEST} a change goes that altered only figures, else the oldest; the
     * first and the newest always stay.
     */
    static List<AlertChange> with(@Nullable Alert current, AlertChange change) {
        List<AlertChange> history = current == null ? new ArrayList<>() : new ArrayList<>(current.getHistory());
        history.add(change);
        while (history.size() > LONGEST) {
            history.remove(dispensable(history));
        }
        return history;
    }

    private static int dispensable(List<AlertChange> history) {
        for (int i = 1; i < history.size() - 1; i++) {
            if (onlyFigures(history.get(i - 1), history.get(i))) {
                return i;
            }
        }
        return 1;
    }

    /** False also if what happened since is no longer in the history, or the revision is yet to come. */
    static boolean onlyFiguresChangedSince(Alert alert, int seen) {
        List<AlertChange> history = alert.getHistory();
        int revision = alert.getRevision();
        for (int i = history.size() - 1; i > 0 && revision > seen; i--) {
            AlertChange former = history.get(i - 1);
            boolean follows = Objects.equals(history.get(i).getReferences(), former.getRevision());
            if (!follows || !onlyFigures(former, history.get(i))) {
                return false;
            }
            revision = former.getRevision();
        }
        return revision == seen;
    }

    /** Whether the last word of a rule, as opposed to a person, was that the alert be raised. */
    static boolean lastSaidByRuleIsRaise(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        for (int i = history.size() - 1; i >= 0; i--) {
            ChangeAction action = history.get(i).getAction();
            if (action == ChangeAction.CLEARED) {
                return false;
            }
            if (action == ChangeAction.RAISED
                    || action == ChangeAction.RAISED_AGAIN
                    || action == ChangeAction.FLAPPING
                    || action == ChangeAction.UPDATED) {
                return true;
            }
        }
        return false;
    }

    /** The changes of the occurrence with which a history ends; of a long one those that are left of it. */
    public static List<AlertChange> ofLastOccurrence(List<AlertChange> history) {
        int begin = history.size() - 1;
        while (begin > 0 && !(isOpen(history.get(begin)) && !isOpen(history.get(begin - 1)))) {
            begin--;
        }
        return history.subList(Math.max(begin, 0), history.size());
    }

    private static boolean isOpen(AlertChange change) {
        return Transition.isOpen(change.getState());
    }

    /**
     * When an alert last told something that nobody could know, or asked somebody anew: it was raised, another case joined, it got
     * worse, or it was escalated.
     */
    public static Instant newsOf(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        for (int i = history.size() - 1; i > 0; i--) {
            AlertChange change = history.get(i);
            Severity before = history.get(i - 1).getSeverity();
            boolean raised = change.getAction() == ChangeAction.RAISED_AGAIN
                    || change.getAction() == ChangeAction.FLAPPING
                    || change.getAction() == ChangeAction.ESCALATED;
            boolean graded = change.getAction() == ChangeAction.UPDATED || change.getAction() == ChangeAction.REVISED;
            boolean worsened = graded && AlertLifecycle.rank(change.getSeverity()) > AlertLifecycle.rank(before);
            if (raised || worsened) {
                return change.getAt();
            }
        }
        return history.isEmpty() ? alert.getChangedAt() : history.get(0).getAt();
    }

    /** The revisions that state a figure, which a correction replaces: the one before it, or those that a rule made. */
    static List<Integer> stating(Alert alert, String figure) {
        RevisedFigure revised = alert.getRevised().get(figure);
        if (revised != null) {
            return List.of(revised.getRevision());
        }
        List<AlertChange> history = alert.getHistory();
        for (int i = history.size() - 1; i > 0; i--) {
            ChangeAction action = history.get(i).getAction();
            boolean byRule = action == ChangeAction.UPDATED
                    || action == ChangeAction.CLEARED
                    || action == ChangeAction.RAISED_AGAIN
                    || action == ChangeAction.FLAPPING;
            if (byRule) {
                return List.of(history.get(i).getRevision());
            }
        }
        return history.isEmpty()
                ? List.of(alert.getRevision())
                : List.of(history.get(0).getRevision());
    }

    private static boolean onlyFigures(AlertChange former, AlertChange change) {
        boolean harmless = change.getAction() == ChangeAction.UPDATED || change.getAction() == ChangeAction.RELATED;
        return harmless && change.getSeverity() == former.getSeverity() && change.getState() == former.getState();
    }
}
