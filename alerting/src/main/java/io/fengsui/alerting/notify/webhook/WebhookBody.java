package io.fengsui.alerting.notify.webhook;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertText;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An alert as a webhook gets it. The same revision is the same JSON, however often it is sent. Fields may be added. */
final class WebhookBody {
    private final Function<Alert, URI> page;

    /** @param page where people find an alert in the console */
    WebhookBody(Function<Alert, URI> page) {
        this.page = page;
    }

    /** Name of a delivery: whoever gets one twice has had it. */
    static String id(Alert alert) {
        return alert.getAlertId() + "#" + alert.getRevision();
    }

    Map<String, Object> of(AlertNotice notice) {
        Alert alert = notice.alert();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", 1);
        body.put("id", id(alert));
        body.put("alertId", alert.getAlertId());
        body.put("revision", alert.getRevision());
        body.put("occurrence", alert.getOccurrences());
        body.put(
                "references",
                alert.getHistory().stream()
                        .map(AlertChange::getRevision)
                        .filter(revision -> revision < alert.getRevision())
                        .toList());
        body.put("status", alert.getStatus().name());
        body.put("state", alert.getState().name());
        body.put("open", notice.firing());
        body.put("severity", alert.getSeverity().name());
        body.put("lifeSafety", alert.getLifeSafety());
        body.put("feed", alert.getFeed());
        body.put("rule", alert.getRuleId());
        body.put("title", both(alert.getTitle()));
        body.put("explanation", both(alert.getExplanation()));
        body.put("runbook", both(alert.getRunbook()));
        body.put("values", Corrections.inForce(alert));
        body.put("revised", revised(alert));
        body.put("subject", subject(alert));
        body.put("units", alert.getSubject().getUnitIds());
        body.put("departments", List.copyOf(Escalation.departmentsOf(alert)));
        body.put("level", alert.getLevel().name());
        body.put("escalatedTo", alert.getEscalatedTo());
        put(body, "incident", alert.getIncidentId());
        put(body, "exercise", alert.getExercise());
        body.put("startedAt", alert.getStartedAt().toString());
        body.put("changedAt", alert.getChangedAt().toString());
        put(body, "acknowledgedAt", time(alert.getAcknowledgedAt()));
        put(body, "acknowledgedBy", alert.getAcknowledgedBy());
        put(body, "endedAt", time(alert.getEndedAt()));
        body.put("url", page.apply(alert).toString());
        return body;
    }

    private static List<Map<String, Object>> revised(Alert alert) {
        return Corrections.of(alert).stream().map(WebhookBody::revised).toList();
    }

    private static Map<String, Object> revised(Corrections.Figure figure) {
        Map<String, Object> revised = new LinkedHashMap<>();
        revised.put("name", figure.name());
        revised.put("value", figure.value());
        put(revised, "unit", figure.unit().isEmpty() ? null : figure.unit());
        revised.put("by", figure.by());
        revised.put("at", figure.at().toString());
        revised.put("revision", figure.revision());
        put(revised, "reason", figure.reason());
        return revised;
    }

    private static Map<String, Object> subject(Alert alert) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("kind", alert.getSubject().getKind().name());
        subject.put("id", alert.getSubject().getId());
        subject.put("name", alert.getSubject().getName());
        Place place = alert.getSubject().getPlace();
        if (place != null) {
            put(subject, "site", place.getSiteName());
            GeoPoint point = place.getPoint();
            if (point != null) {
                subject.put("longitude", point.getLongitude());
                subject.put("latitude", point.getLatitude());
                subject.put("datum", point.getDatum().name());
            }
        }
        return subject;
    }

    private static Map<String, String> both(AlertText text) {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("zh", text.getZh());
        both.put("en", text.getEn());
        return both;
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
