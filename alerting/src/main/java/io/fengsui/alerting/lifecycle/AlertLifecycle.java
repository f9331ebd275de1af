package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole life of an alert: what a rule or a person says, and what time does, applied to the alert as it stands. {@link
 * Transition} draws it.
 *
 * <ul>
 *   <li>An alert has one identity for ever. A raise after its end is a new occurrence of the same alert: the revision goes
 *       on, the acknowledgement is gone.
 *   <li>A signal that says nothing new changes nothing. Signals count in the order of arrival, which within a partition is the
 *       order in which the rules spoke.
 *   <li>A higher severity takes an acknowledged alert back to FIRING: it was acknowledged for less. A lower one does not. It
 *       does not matter whether a rule or a person found it graver.
 *   <li>So does a new occasion, another case or report of an alert that is open: whoever acknowledged did not know of it.
 *   <li>What an older event of the device tells can make an open alert graver, never milder.
 *   <li>Who heard of an occurrence hears of all its changes, also if the device has moved to another township since.
 *   <li>Who must act rises from unit to department to the city's command, by deadline or by hand, one step at a time; each
 *       step asks anew, and each level has its own time.
 *   <li>An alert that comes and goes in a short while stays open and says so once; it ends when it is quiet.
 *   <li>A command names the revision its author saw, and is refused if the alert has changed since in more than its
 *       figures. It acts once, however often it comes.
 * </ul>
 *
 * Pure functions, for any thread. The console may ask them beforehand whether a command would be refused; what the topology
 * decides is what counts.
 */
public final class AlertLifecycle {

    private AlertLifecycle() {}

    /**
     * Applies what a rule says.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertSignal signal, DutyPlan plan, Instant now) {
        return RuleChanges.apply(current, signal, plan, now);
    }

    /** The same where nothing flaps. */
    public static Decision apply(@Nullable Alert current, AlertSignal signal, Instant now) {
        return apply(current, signal, DutyPlan.NONE, now);
    }

    /**
     * Applies what a person asks.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertCommand command, DutyPlan plan, Instant now) {
        return PersonChanges.apply(current, command, plan, now);
    }

    /** The same where no plan says who is above or which reports there are. */
    public static Decision apply(@Nullable Alert current, AlertCommand command, Instant now) {
        return apply(current, command, DutyPlan.NONE, now);
    }

    /**
     * Applies what the view over all alerts says. An acknowledgement stays, for nothing about the alert itself has changed.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertContext context, Instant now) {
        return RuleChanges.apply(current, context, now);
    }

    /** When time alone will change the alert unless somebody does before: by our clock; empty: never. */
    public static Optional<Instant> deadline(Alert alert, DutyPlan plan) {
        return ClockChanges.deadline(alert, plan);
    }

    /**
     * Does what is due at the alert's {@link #deadline}. Whether that has come the caller decides, by a clock that nobody sets: one
     * step, however late it is.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock, for the history
     */
    public static Decision atDeadline(@Nullable Alert current, DutyPlan plan, Instant now) {
        return ClockChanges.apply(current, plan, now);
    }

    /** By name: the order of an enum's symbols is no order of severity. */
    public static int rank(Severity severity) {
        return switch (severity) {
            case I -> 4;
            case II -> 3;
            case III -> 2;
            case IV -> 1;
            case UNKNOWN -> 0;
        };
    }
}
