package io.fengsui.alerting.notify.alertmanager;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.alertmanager.HeldLevels.Held;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Place;
import io.fengsui.schema.feed.Lane;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Alerts as Alertmanager's API v2 takes them. Labels are identity, so they hold nothing that changes while an alert fires,
 * but for severity and command level, whose former values are ended when they change: people are routed by them. A notice is told
 * at the level that must act, behind it the end of each level that was left a short time ago. What is not real says so in two labels,
 * and nothing that is real has them.
 */
public final class PostableAlerts {
    /** Of an exercise without a name: a route that asks for the label must still take it. */
    private static final String UNNAMED = "-";

    private final Function<Alert, URI> page;
    private final Corrections corrections;
    private final Duration endResend;
    private final InstantSource clock;

    /**
     * @param page where people find an alert in the console
     * @param corrections in words
     * @param endResend how long the end of a level is repeated; who could not be reached so long lets go of it by himself
     */
    public PostableAlerts(Function<Alert, URI> page, Corrections corrections, Duration endResend, InstantSource clock) {
        this.page = page;
        this.corrections = corrections;
        this.endResend = endResend;
        this.clock = clock;
    }

    /** The notice first. */
    List<Map<String, Object>> of(AlertNotice notice) {
        Alert alert = notice.alert();
        Instant recent = clock.instant().minus(endResend);
        List<Map<String, Object>> posted = new ArrayList<>();
        boolean present = notice.severity() == alert.getSeverity();
        if (present) {
            posted.add(postable(notice, alert.getLevel(), notice.startsAt(), notice.endsAt()));
        }
        HeldLevels.left(alert).forEach((Held held, Instant until) -> {
            boolean last = !present && !until.isBefore(notice.endsAt());
            if (held.severity() == notice.severity() && (last || until.isAfter(recent))) {
                Instant from = notice.startsAt().isAfter(until) ? until : notice.startsAt();
                posted.add(postable(notice, held.level(), from, until));
            }
        });
        if (posted.isEmpty()) {
            posted.add(postable(notice, alert.getLevel(), notice.startsAt(), notice.endsAt()));
        }
        return posted;
    }

    private Map<String, Object> postable(AlertNotice notice, CommandLevel level, Instant startsAt, Instant endsAt) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", labels(notice, level));
        alert.put("annotations", annotations(notice.alert()));
        alert.put("startsAt", startsAt.toString());
        alert.put("endsAt", endsAt.toString());
        alert.put("generatorURL", page.apply(notice.alert()).toString());
        return alert;
    }

    /** Of several units or departments the first: the one in charge, whose place in the list does not change. */
    private static Map<String, String> labels(AlertNotice notice, CommandLevel level) {
        Alert alert = notice.alert();
        AlertSubject subject = alert.getSubject();
        Map<String, String> labels = new TreeMap<>();
        labels.put("alertname", alert.getRuleId());
        labels.put("subject", subject.getId());
        labels.put("severity", notice.severity().name());
        labels.put("level", level.name());
        labels.put("feed", alert.getFeed());
        labels.put("lane", (alert.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY).id());
        subject.getUnitIds().stream().findFirst().ifPresent(unit -> labels.put("unit", unit));
        department(alert, level).ifPresent(department -> labels.put("department", department));
        if (alert.getStatus() != EventStatus.ACTUAL) {
            labels.put("status", alert.getStatus().name());
            labels.put("exercise", Objects.requireNonNullElse(alert.getExercise(), UNNAMED));
        }
        labels.values().removeIf(String::isBlank);
        return labels;
    }

    /** Where the alert itself has none, the first that it rose to, from that level on. */
    private static Optional<String> department(Alert alert, CommandLevel level) {
        AlertSubject subject = alert.getSubject();
        Optional<String> own = subject.getDepartmentIds().stream().findFirst();
        return own.isPresent() || level == Escalation.first(subject)
                ? own
                : alert.getEscalatedTo().stream().findFirst();
    }

    private Map<String, String> annotations(Alert alert) {
        Map<String, String> annotations = new TreeMap<>();
        put(annotations, "title", alert.getTitle());
        put(annotations, "revised", corrections.inWords(alert));
        annotations.put("revised_why", reasons(alert));
        put(annotations, "explanation", alert.getExplanation());
        put(annotations, "runbook", alert.getRunbook());
        annotations.put("subject_name", alert.getSubject().getName());
        Place place = alert.getSubject().getPlace();
        if (alert.getSubject().getKind() == SubjectKind.INCIDENT && place != null && place.getDeviceName() != null) {
            annotations.put("device_name", place.getDeviceName());
        }
        annotations.put("units", String.join(",", alert.getSubject().getUnitIds()));
        annotations.put("departments", String.join(",", Escalation.departmentsOf(alert)));
        annotations.put("escalated_to", String.join(",", alert.getEscalatedTo()));
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

    private static String reasons(Alert alert) {
        return Corrections.of(alert).stream()
                .map(Corrections.Figure::reason)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void put(Map<String, String> annotations, String name, AlertText text) {
        annotations.put(name + "_zh", text.getZh());
        annotations.put(name + "_en", text.getEn());
    }
}
