package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.Transition;
import java.time.Instant;
import java.util.List;

/** Whether what happened to an alert since a revision is worth a message of its own. A pure function. */
@FunctionalInterface
public interface News {

    /**
     * Asks about an alert whose receiver has heard of it.
     *
     * @param settled the revision that the receiver has, or refused
     * @param settledAt when it was told
     */
    boolean isWorthTelling(Alert alert, int settled, Instant settledAt, Instant now);

    /** Whatever happens, but for the incident that it joins or leaves. */
    static News anything() {
        return (alert, settled, settledAt, now) -> alert.getHistory().stream()
                .anyMatch(change -> change.getRevision() > settled && change.getAction() != ChangeAction.RELATED);
    }

    /** Revision with which the occurrence began that stands; of a long history that of the oldest change that is left of it. */
    static int beginning(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        int beginning = alert.getRevision();
        for (int i = history.size() - 1; i >= 0; i--) {
            AlertChange change = history.get(i);
            boolean afterTheEnd = i > 0 && !Transition.isOpen(history.get(i - 1).getState());
            beginning = change.getRevision();
            if (afterTheEnd && Transition.isOpen(change.getState())) {
                break;
            }
        }
        return beginning;
    }

    /** Whether a receiver that was told of this occurrence last at a revision takes it to fire still. */
    static boolean isTakenToFire(Alert alert, AlertDelivery last) {
        boolean retried = last.getOutcome() == DeliveryOutcome.RETRY;
        int told = retried ? last.getSettledRevision() : last.getRevision();
        boolean open = true;
        for (AlertChange change : alert.getHistory()) {
            if (change.getRevision() <= told) {
                open = Transition.isOpen(change.getState());
            }
        }
        return (retried || last.getOutcome() == DeliveryOutcome.DELIVERED) && open && told >= beginning(alert);
    }
}
