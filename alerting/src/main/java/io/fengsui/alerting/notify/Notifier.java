package io.fengsui.alerting.notify;

import java.util.List;

/**
 * A way to tell one receiver of live alerts. Notices repeat what stands: sending one twice, from this instance or another,
 * must do no harm.
 */
public interface Notifier {

    /** Kind of receiver, a tag of meters. */
    String channel();

    /** Which of its kind, from 0; a tag of meters. */
    int peer();

    /**
     * Sends. May block, as long as it comes to an end: it has a thread of its own. Never throws.
     *
     * @param notices at least one, one each of an alert and severity
     */
    Delivery send(List<AlertNotice> notices);
}
