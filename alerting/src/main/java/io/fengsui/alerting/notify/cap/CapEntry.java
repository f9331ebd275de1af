package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CapMessageType;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published message without its bytes.
 *
 * @param published when it came into the feed; never before that of an older one
 * @param nationalIdentifier null if it is not in the national profile
 */
public record CapEntry(
        String identifier,
        String alertId,
        int occurrence,
        int revision,
        Instant sent,
        CapMessageType type,
        EventStatus status,
        Severity severity,
        AlertText headline,
        Set<String> units,
        Instant published,
        @Nullable String nationalIdentifier) {

    public static CapEntry of(CapMessage message, Instant published) {
        return new CapEntry(
                message.getIdentifier(),
                message.getAlertId(),
                message.getOccurrence(),
                message.getRevision(),
                message.getSent(),
                message.getMessageType(),
                message.getStatus(),
                message.getSeverity(),
                message.getHeadline(),
                Set.copyOf(message.getUnitIds()),
                published,
                message.getNationalIdentifier());
    }
}
