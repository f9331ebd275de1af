package io.fengsui.alerting.notify.alertmanager;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Place;
import io.fengsui.schema.feed.Lane;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Alerts as Alertmanager's API v2 takes them. Labels are identity, so they hold nothing that changes while an alert fires,
 * but for the severity, whose former value is ended when it changes: people are routed by it. What is not real says so in two
 * labels, and nothing that is real has them.
 */
public final class PostableAlerts {
    /** Of an exercise without a name: a route that asks for the label must still take it. */
    private static final String UNNAMED = "-";

    private final Function<Alert, URI> page;

    /** @param page where people find an alert in the console */
    public PostableAlerts(Function<Alert, URI> page) {
        this.page = page;
    }

    Map<String, Object> of(AlertNotice notice) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", labels(notice));
        alert.put("annotations", annotations(notice.alert()));
        alert.put("startsAt", notice.startsAt().toString());
        alert.put("endsAt", notice.endsAt().toString());
        alert.put("generatorURL", page.apply(notice.alert()).toString());
        return alert;
    }

    /** Of several units or departments the first: the one in charge, whose place in the list does not change. */
    private static Map<String, String> labels(AlertNotice notice) {
        Alert alert = notice.alert();
        AlertSubject subject = alert.getSubject();
        Map<String, String> labels = new TreeMap<>();
        labels.put("alertname", alert.getRuleId());
        labels.put("subject", subject.getId());
        labels.put("severity", notice.severity().name());
        labels.put("feed", alert.getFeed());
        labels.put("lane", (alert.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY).id());
        subject.getUnitIds().stream().findFirst().ifPresent(unit -> labels.put("unit", unit));
        subject.getDepartmentIds().stream().findFirst().ifPresent(department -> labels.put("department", department));
        if (alert.getStatus() != EventStatus.ACTUAL) {
            labels.put("status", alert.getStatus().name());
            labels.put("exercise", Objects.requireNonNullElse(alert.getExercise(), UNNAMED));
        }
        labels.values().removeIf(String::isBlank);
        return labels;
    }

    private static Map<String, String> annotations(Alert alert) {
        Map<String, String> annotations = new TreeMap<>();
        put(annotations, "title", alert.getTitle());
        put(annotations, "explanation", alert.getExplanation());
        put(annotations, "runbook", alert.getRunbook());
        annotations.put("subject_name", alert.getSubject().getName());
        Place place = alert.getSubject().getPlace();
        if (alert.getSubject().getKind() == SubjectKind.INCIDENT && place != null && place.getDeviceName() != null) {
            annotations.put("device_name", place.getDeviceName());
        }
        annotations.put("units", String.join(",", alert.getSubject().getUnitIds()));
        annotations.put("departments", String.join(",", alert.getSubject().getDepartmentIds()));
        if (alert.getStatus() != EventStatus.ACTUAL) {
            annotations.replace("title_zh", "【演练】" + alert.getTitle().getZh());
            annotations.replace("title_en", "EXERCISE: " + alert.getTitle().getEn());
        }
        annotations.put("state", alert.getState().name());
        annotations.put("revision", Integer.toString(alert.getRevision()));
        String acknowledgedBy = alert.getAcknowledgedBy();
        if (acknowledgedBy != null) {
            annotations.put("acknowledged_by", acknowledgedBy);
        }
        if (alert.getIncidentId() != null) {
            annotations.put("incident", alert.getIncidentId());
        }
        if (alert.getSilentDevices() != null) {
            annotations.put("silent_devices", alert.getSilentDevices().toString());
        }
        annotations.values().removeIf(String::isBlank);
        return annotations;
    }

    private static void put(Map<String, String> annotations, String name, AlertText text) {
        annotations.put(name + "_zh", text.getZh());
        annotations.put(name + "_en", text.getEn());
    }
}
