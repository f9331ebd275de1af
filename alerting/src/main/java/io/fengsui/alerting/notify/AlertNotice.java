package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.event.Severity;
import java.time.Instant;

/**
 * One thing to tell a receiver: that an alert fires at a severity, or no longer does.
 *
 * @param severity the one that is told; for the end of a former severity not the alert's own
 * @param startsAt never after {@code endsAt}
 * @param endsAt firing: until when this holds if nothing more is heard; else when it ended
 */
public record AlertNotice(Alert alert, Severity severity, boolean firing, Instant startsAt, Instant endsAt) {

    /** What a receiver tells apart. */
    record Key(String alertId, Severity severity) {}

    Key key() {
        return new Key(alert.getAlertId(), severity);
    }
}
