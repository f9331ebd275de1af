package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import org.jspecify.annotations.Nullable;

/**
 * Every change an alert can make, and no other.
 *
 * <pre>
 *                              ACKNOWLEDGED
 *   (nothing) ──RAISED──► FIRING ────────► ACKNOWLEDGED
 *                         │  ▲ ◄───────────────┘  │
 *                         │  │  WORSENED, JOINED, │
 *                         │  │  REGRADED,         │
 *                         │  │  ESCALATED         │
 *            CLEARED,     │  │                    │ CLEARED,
 *            CALMED,      │  │ RAISED_AGAIN,      │ CALMED,
 *            RESOLVED,    ▼  │ FLAPPED            ▼ RESOLVED, CANCELLED
 *            CANCELLED  RESOLVED | CANCELLED ◄────┘
 *
 *   UPDATED, COUNTED, ASSIGNED and RETURNED stay in FIRING or ACKNOWLEDGED; WORSENED, REGRADED, JOINED and ESCALATED lead to FIRING;
 *   COMMENTED, RELATED, REPORTED and REVISED stay where they are, anywhere.
 * </pre>
 *
 * UNKNOWN is what this version sees of a state that a newer one wrote; it counts as open, so that no alert is stuck.
 */
public enum Transition {
    /** The first time. */
    RAISED(ChangeAction.RAISED, From.NOTHING, AlertState.FIRING),
    /** A new occurrence of an alert that had ended. */
    RAISED_AGAIN(ChangeAction.RAISED_AGAIN, From.ENDED, AlertState.FIRING),
    /** Another case or report while it is open: an acknowledgement was given without knowing of it and is taken back. */
    JOINED(ChangeAction.RAISED_AGAIN, From.OPEN, AlertState.FIRING),
    /** Other figures, the same severity or a lower one: an acknowledgement stays. */
    UPDATED(ChangeAction.UPDATED, From.OPEN, null),
    /** A higher severity: an acknowledgement was given for less and is taken back. */
    WORSENED(ChangeAction.UPDATED, From.OPEN, AlertState.FIRING),
    /** The rule ended it. */
    CLEARED(ChangeAction.CLEARED, From.OPEN, AlertState.RESOLVED),
    ACKNOWLEDGED(ChangeAction.ACKNOWLEDGED, From.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED),
    /** A person says that it is over. */
    RESOLVED(ChangeAction.RESOLVED, From.OPEN, AlertState.RESOLVED),
    /** A person says that it was a false alarm. */
    CANCELLED(ChangeAction.CANCELLED, From.OPEN, AlertState.CANCELLED),
    COMMENTED(ChangeAction.COMMENTED, From.ANY, null),
    /** It joined an incident, or left one. */
    RELATED(ChangeAction.RELATED, From.ANY, null),
    /** Another number of its devices is silent. */
    COUNTED(ChangeAction.UPDATED, From.OPEN, null),
    /** The level above must act, since nobody did or somebody says so: whoever acknowledged was of the level below. */
    ESCALATED(ChangeAction.ESCALATED, From.OPEN, AlertState.FIRING),
    /** Somebody has it in hand, by taking it or by being given it. */
    ASSIGNED(ChangeAction.ASSIGNED, From.OPEN, null),
    /** Nobody has it in hand any more. */
    RETURNED(ChangeAction.RETURNED, From.OPEN, null),
    /** It was reported upwards, also after its end. */
    REPORTED(ChangeAction.REPORTED, From.ANY, null),
    /** A person corrected figures, also after its end: casualties change for 30 days. */
    REVISED(ChangeAction.REVISED, From.ANY, null),
    /** A person corrected figures and finds it graver: an acknowledgement was given for less and is taken back. */
    REGRADED(ChangeAction.REVISED, From.OPEN, AlertState.FIRING),
    /** A new occurrence after several in a short while: from now on it stays open until it is quiet. */
    FLAPPED(ChangeAction.FLAPPING, From.ENDED, AlertState.FIRING),
    /** It flapped, and has been quiet. */
    CALMED(ChangeAction.CLEARED, From.OPEN, AlertState.RESOLVED);

    private final ChangeAction action;
    private final From from;
    private final @Nullable AlertState to;

    Transition(ChangeAction action, From from, @Nullable AlertState to) {
        this.action = action;
        this.from = from;
        this.to = to;
    }

    /** How the history calls it. */
    public ChangeAction action() {
        return action;
    }

    /** Whether it may follow a state; null is an alert that was never raised. */
    public boolean follows(@Nullable AlertState state) {
        return from.includes(state);
    }

    /** State behind it. */
    AlertState after(@Nullable AlertState state) {
        if (!follows(state)) {
            throw new IllegalStateException(this + " does not follow " + state);
        }
        if (to != null) {
            return to;
        }
        return state == null ? AlertState.UNKNOWN : state;
    }

    /** Whether an alert in this state still wants somebody. */
    public static boolean isOpen(AlertState state) {
        return From.OPEN.includes(state);
    }

    /** Whether nobody has acknowledged an open alert in this state. */
    public static boolean isWaiting(AlertState state) {
        return From.UNACKNOWLEDGED.includes(state);
    }

    private enum From {
        NOTHING,
        OPEN,
        UNACKNOWLEDGED,
        ENDED,
        ANY;

        boolean includes(@Nullable AlertState state) {
            if (state == null) {
                return this == NOTHING;
            }
            return switch (state) {
                case UNKNOWN, FIRING -> this == OPEN || this == UNACKNOWLEDGED || this == ANY;
                case ACKNOWLEDGED -> this == OPEN || this == ANY;
                case RESOLVED, CANCELLED -> this == ENDED || this == ANY;
            };
        }
    }
}
