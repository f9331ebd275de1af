package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alerting.duty.DutyPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** When an alert that comes and goes is one. Life safety never is: each time may be another person. */
public final class Flapping {

    private Flapping() {}

    public static boolean isFlapping(Alert alert) {
        return alert.getFlaps() > 0;
    }

    /** How often it was raised in a row, this raise included, if that is flapping; 0 if not. */
    static int begunBy(Alert ended, AlertSignal signal, DutyPlan plan, Instant now) {
        if (signal.getLifeSafety()) {
            return 0;
        }
        Optional<DutyPlan.Flapping> rule = rule(plan, flapping -> flapping.which()
                .takes(signal.getSeverity(), signal.getRuleId(), signal.getFeed(), false));
        int raises = rule.map(flapping -> 1 + raisedSince(ended, now.minus(flapping.within())))
                .orElse(0);
        return rule.isPresent() && raises >= rule.get().times() ? raises : 0;
    }

    /** When it is over unless its rule speaks before; empty while it does not flap, or its rule says that it is so. */
    public static Optional<Instant> endsAt(Alert alert, DutyPlan plan) {
        Instant quietSince = alert.getQuietSince();
        if (!isFlapping(alert) || quietSince == null || !Transition.isOpen(alert.getState())) {
            return Optional.empty();
        }
        // A plan that no longer has flapping ends at once what still flaps.
        return Optional.of(rule(plan, flapping -> flapping.which()
                        .takes(alert.getSeverity(), alert.getRuleId(), alert.getFeed(), alert.getLifeSafety()))
                .map(flapping -> quietSince.plus(flapping.quiet()))
                .orElse(quietSince));
    }

    private static Optional<DutyPlan.Flapping> rule(DutyPlan plan, Predicate<DutyPlan.Flapping> wanted) {
        return plan.flappings().stream().filter(wanted).findFirst();
    }

    /** What a person ended is no coming and going. */
    private static int raisedSince(Alert ended, Instant since) {
        List<AlertChange> history = ended.getHistory();
        int raises = 0;
        for (int i = history.size() - 1; i >= 0 && history.get(i).getAt().isAfter(since); i--) {
            ChangeAction action = history.get(i).getAction();
            if (action == ChangeAction.RESOLVED || action == ChangeAction.CANCELLED) {
                break;
            }
            boolean afterEnd = i == 0 || !Transition.isOpen(history.get(i - 1).getState());
            boolean raised = action == ChangeAction.RAISED
                    || action == ChangeAction.RAISED_AGAIN
                    || action == ChangeAction.FLAPPING;
            raises += raised && afterEnd ? 1 : 0;
        }
        return raises;
    }
}
