package io.fengsui.alerting.notify;

import java.util.List;

/**
 * A way to tell one receiver of alerts. A notice may be sent twice, from this instance or another, and must do no harm then.
 */
public interface Notifier {

    /** Kind of receiver, a tag of meters. */
    String channel();

    /** Which of its kind, from 0; a tag of meters. */
    int peer();

    /** How many notices it takes at once. */
    default int largestBatch() {
        return 200;
    }

    /**
     * Sends. May block, as long as it comes to an end: it has a thread of its own. Never throws.
     *
     * @param notices at least one, one each of an alert and severity
     */
    Outcome send(List<AlertNotice> notices);
}
