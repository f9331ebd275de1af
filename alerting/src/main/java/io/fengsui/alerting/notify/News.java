package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.ChangeAction;
import java.time.Instant;

/** What of an alert is worth a message of its own. Pure functions. */
@FunctionalInterface
public interface News {

    /**
     * Asks about an alert whose receiver has heard of this occurrence.
     *
     * @param settled the revision that the receiver has, or refused
     * @param settledAt when it was told
     */
    boolean isWorthTelling(Alert alert, int settled, Instant settledAt, Instant now);

    /** Whether a receiver wants to hear of an occurrence that was over before anybody tried to tell it. */
    default boolean isToldWhenOver() {
        return false;
    }

    /** Whatever happens, but for the incident that it joins or leaves. */
    static News anything() {
        return new News() {
            @Override
            public boolean isWorthTelling(Alert alert, int settled, Instant settledAt, Instant now) {
                return alert.getHistory().stream()
                        .anyMatch(
                                change -> change.getRevision() > settled && change.getAction() != ChangeAction.RELATED);
            }

            @Override
            public boolean isToldWhenOver() {
                return true;
            }
        };
    }

    /** Whether a receiver takes this occurrence to fire, by what was written down last. */
    static boolean isTakenToFire(Alert alert, AlertDelivery last) {
        return last.getFiringOccurrence() == alert.getOccurrences();
    }
}
