package io.fengsui.alerting.board;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.History;
import io.fengsui.alerting.lifecycle.Silence;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An alert and what a board sorts and counts it by, reckoned once a change. In a flood alerts lie all over the memory, and who
 * looks at each of them waits for it at each of their parts.
 *
 * @param rank less for what is more urgent: what waits first, then severity, then life safety, then the newest
 * @param waiting whether nobody has taken it on
 * @param urgentSince of one that waits and cannot wait long, when it came or worsened last, milliseconds since the epoch; else 0
 * @param mayBeInhibited whether {@link AlertBoard#inhibitedBy} has to be asked
 * @param blind whether it says that data no longer comes in; one that flaps only while it does not
 */
public record BoardEntry(
        Alert alert,
        long rank,
        Severity severity,
        boolean waiting,
        long urgentSince,
        boolean mayBeInhibited,
        boolean blind,
        List<String> unitIds,
        @Nullable String incidentId) {

    /** Gravest unacknowledged first: the order in which a duty officer looks. */
    public static final Comparator<BoardEntry> URGENCY = Comparator.comparingLong(BoardEntry::rank)
            .thenComparing(entry -> entry.alert().getAlertId());

    /** Bits of milliseconds since the epoch, for more than eight million years. */
    private static final int TIME_BITS = 58;

    public static BoardEntry of(Alert alert) {
        return of(alert, ids -> ids);
    }

    /** @param held gives the one list of these unit ids that is held */
    static BoardEntry of(Alert alert, UnaryOperator<List<String>> held) {
        boolean waiting = Transition.isWaiting(alert.getState());
        boolean urgent = waiting && (isGrave(alert) || Escalation.hasRisen(alert));
        return new BoardEntry(
                alert,
                reckon(alert, alert.getSeverity(), waiting),
                alert.getSeverity(),
                waiting,
                urgent ? History.newsOf(alert).toEpochMilli() : 0,
                Silence.isInhibitable(alert) || Silence.isSuppressible(alert),
                alert.getSubject().getKind() == SubjectKind.INGEST && alert.getQuietSince() == null,
                held.apply(alert.getSubject().getUnitIds()),
                alert.getIncidentId());
    }

    /** Severity I or II, ungraded, or life safety at any severity: people in a lift are severity III. */
    public static boolean isGrave(Alert alert) {
        return alert.getLifeSafety() || place(alert.getSeverity()) <= place(Severity.II);
    }

    /** Where it would stand with this severity. */
    public long rankAs(Severity as) {
        return reckon(alert, as, waiting);
    }

    private static long reckon(Alert alert, Severity severity, boolean waiting) {
        long rank = waiting ? 0 : 1;
        rank = (rank << 3) + place(severity);
        rank = (rank << 1) + (alert.getLifeSafety() ? 0 : 1);
        return (rank << TIME_BITS) - alert.getStartedAt().toEpochMilli();
    }

    /** A severity from a newer schema counts as grave. */
    private static int place(Severity severity) {
        return switch (severity) {
            case UNKNOWN -> 0;
            case I -> 1;
            case II -> 2;
            case III -> 3;
            case IV -> 4;
        };
    }
}
