package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Which notices one receiver is due, in the order in which they are sent. Used by one thread. */
interface Plan {

    /**
     * Those are sent in this order, up to the first that cannot be delivered now.
     *
     * @param isInhibited whether an alert is held back now
     */
    List<AlertNotice> due(Collection<Alert> alerts, Predicate<Alert> isInhibited, Instant now);

    /** Notes that the receiver has this. */
    void delivered(AlertNotice notice, Instant now);

    /** Notes that the receiver does not take this; what it has from before stands. */
    void rejected(AlertNotice notice, Instant now);

    /** Notes that it could not be delivered now. */
    void postponed(AlertNotice notice, Instant now);

    /** How many notices wait, of which some are not sent in this round. */
    default int waiting(int unsent) {
        return unsent;
    }
}
