package io.fengsui.alerting.incident;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.text;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loop of the topology without Kafka: what is said to alerts and by them goes round until nothing is left to say. */
final class Scene {
    static final double LONGITUDE = 120.95;
    static final double LATITUDE = 31.35;

    /** One metre north, degrees of latitude. */
    static final double METRE = 1 / 111_320.0;

    final CorrelationRules rules;
    final Map<String, Alert> alerts = new LinkedHashMap<>();
    final Map<String, Alert> kept = new HashMap<>();
    final Map<String, Incident> incidents = new LinkedHashMap<>();
    final List<AlertSignal> signals = new ArrayList<>();
    Correlation view;
    Instant now = T0;
    int skipped;
    int incidentRecords;

    private final Deque<Alert> changes = new ArrayDeque<>();

    Scene() {
        this(shipped(), Correlation.MOST_ALERTS);
    }

    Scene(CorrelationRules rules, int mostAlerts) {
        this.rules = rules;
        this.view = new Correlation(rules, EventStatus.ACTUAL, mostAlerts);
    }

    static CorrelationRules shipped() {
        try {
            return CorrelationFile.compile(
                    "incidents.yaml", Files.readString(Path.of("../seeds/data/kunshan/incidents.yaml")), rule -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (YamlFileException e) {
            throw new AssertionError(e);
        }
    }

    static Place site(String siteId, double metresNorth) {
        return Place.newBuilder()
                .setSiteId(siteId)
                .setSiteName("企业 " + siteId)
                .setPoint(new GeoPoint(LONGITUDE, LATITUDE + metresNorth * METRE, Datum.WGS84))
                .build();
    }

    static Place spot(double metresNorth) {
        return Place.newBuilder()
                .setPoint(new GeoPoint(LONGITUDE, LATITUDE + metresNorth * METRE, Datum.WGS84))
                .build();
    }

    static AlertSignal.Builder signal(String rule, String feed, String device, Place place) {
        return AlertSignal.newBuilder()
                .setAlertId(rule + "@" + device)
                .setAction(SignalAction.RAISE)
                .setRuleId(rule)
                .setRuleVersion("v")
                .setFeed(feed)
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId(device)
                        .setName(device)
                        .setPlace(place)
                        .setUnitIds(List.of("zhangpu"))
                        .setDepartmentIds(List.of("work-safety"))
                        .setVendor("vendor-1")
                        .build())
                .setSeverity(Severity.III)
                .setTitle(text(rule, rule))
                .setExplanation(text("说明", "words"))
                .setRunbook(text("处置", "do"))
                .setEventId(device + "/1")
                .setEventTime(T0)
                .setSignalledAt(T0)
                .setStatus(EventStatus.ACTUAL);
    }

    AlertSignal.Builder dust(String device, Place place) {
        return signal("dust-hopper-temperature", "dust-sensor", device, place);
    }

    AlertSignal.Builder camera(String device, Place place) {
        return signal("video-offline", "video-status", device, place);
    }

    AlertSignal.Builder lift(String device, Place place) {
        return signal("elevator-entrapment", "elevator-119", device, place).setLifeSafety(true);
    }

    /** The rule speaks now. */
    Alert raise(AlertSignal.Builder signal) {
        AlertSignal said = signal.setSignalledAt(now).setEventTime(now).build();
        take(said);
        settle();
        return alert(said.getAlertId());
    }

    void clear(String alertId) {
        take(clearing(alertId));
        settle();
    }

    AlertSignal clearing(String alertId) {
        Alert alert = alert(alertId);
        return AlertSignal.newBuilder()
                .setAlertId(alertId)
                .setAction(SignalAction.CLEAR)
                .setRuleId(alert.getRuleId())
                .setRuleVersion("v")
                .setFeed(alert.getFeed())
                .setSubject(alert.getSubject())
                .setSeverity(alert.getSeverity())
                .setTitle(alert.getTitle())
                .setExplanation(alert.getExplanation())
                .setRunbook(alert.getRunbook())
                .setEventTime(now)
                .setSignalledAt(now)
                .setStatus(alert.getStatus())
                .build();
    }

    void pass(Duration time) {
        now = now.plus(time);
        settle();
    }

    /** A process ends and another begins with what was kept. */
    void restart() {
        view = new Correlation(rules, EventStatus.ACTUAL, Correlation.MOST_ALERTS);
        view.restore(kept.values(), incidents.values());
        settle();
    }

    Alert alert(String id) {
        Alert alert = alerts.get(id);
        if (alert == null) {
            throw new AssertionError("no alert " + id + " in " + alerts.keySet());
        }
        return alert;
    }

    Incident incidentOf(String alertId) {
        Incident incident = incidents.get(String.valueOf(alert(alertId).getIncidentId()));
        if (incident == null) {
            throw new AssertionError(alertId + " has no incident in " + incidents.keySet());
        }
        return incident;
    }

    void take(AlertSignal signal) {
        AlertLifecycle.apply(alerts.get(signal.getAlertId()), signal, now)
                .changed()
                .ifPresent(this::change);
    }

    private void change(Alert alert) {
        alerts.put(alert.getAlertId(), alert);
        changes.add(alert);
    }

    /** Until nothing changes any more. */
    void settle() {
        do {
            while (!changes.isEmpty()) {
                Effects effects = new Effects();
                view.apply(changes.remove(), now, effects);
                carryOut(effects);
            }
            Effects effects = new Effects();
            view.flush(now, effects);
            carryOut(effects);
        } while (!changes.isEmpty());
    }

    private void carryOut(Effects effects) {
        skipped += effects.skipped();
        effects.alerts().forEach((id, alert) -> alert.ifPresentOrElse(one -> kept.put(id, one), () -> kept.remove(id)));
        effects.incidents()
                .forEach((id, incident) ->
                        incident.ifPresentOrElse(one -> incidents.put(id, one), () -> incidents.remove(id)));
        incidentRecords += effects.incidents().size();
        for (AlertContext context : effects.contexts().values()) {
            AlertLifecycle.apply(alerts.get(context.getAlertId()), context, now)
                    .changed()
                    .ifPresent(this::change);
        }
        for (AlertSignal signal : effects.signals()) {
            signals.add(signal);
            take(signal);
        }
    }
}
