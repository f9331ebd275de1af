package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.incident.CorrelationRules.Pattern;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.EventStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The view over all alerts of one realm: incidents and their patterns, gateways and vendors. Takes the changes of alerts in
 * the order of a partition; what was kept of them is all it needs to begin again. For one thread; time is a parameter.
 */
public final class Correlation {
    /** As many as a city has devices that could alarm at once; a kilobyte each. */
    public static final int MOST_ALERTS = 200_000;

    private static final AlertText NO_TEXT = new AlertText("", "");

    private final Correlator correlator;
    private final SupplierWatch suppliers;
    private final Map<String, Integer> revisions = new HashMap<>();
    private final Map<String, String> raisedPatterns = new HashMap<>();
    private CorrelationRules rules;

    /** @param status of the alerts that are made here */
    public Correlation(CorrelationRules rules, EventStatus status, int mostAlerts) {
        this.rules = rules;
        this.correlator = new Correlator(rules, mostAlerts);
        this.suppliers = new SupplierWatch(status);
    }

    /** What {@link Effects} said to keep, before anything is applied. */
    public void restore(Collection<Alert> alerts, Collection<Incident> incidents) {
        for (Alert alert : alerts) {
            revisions.put(alert.getAlertId(), alert.getRevision());
            suppliers.apply(alert, rules);
        }
        for (Incident incident : incidents) {
            if (incident.getPatternId() != null) {
                raisedPatterns.put(incident.getIncidentId(), incident.getPatternId());
            }
        }
        correlator.restore(alerts, incidents);
    }

    /** Other rules hold from the next change on. */
    public void use(CorrelationRules newer) {
        rules = newer;
        correlator.use(newer);
    }

    /** Takes the new state of an alert, with or without its history. One that is older than what is known changes nothing. */
    public void apply(Alert told, Instant now, Effects effects) {
        Alert alert = trimmed(told);
        String id = alert.getAlertId();
        Integer known = revisions.get(id);
        if (known != null && known >= alert.getRevision()) {
            return;
        }
        suppliers.apply(alert, rules);
        if (!isNoOriginal(alert)) {
            correlator.apply(alert, now, effects);
        } else if (alert.getSubject().getKind() == SubjectKind.INCIDENT) {
            nameIncident(alert, now, effects);
        }
        signalPatterns(now, effects);
        boolean tracked = correlator.tracks(id);
        if (tracked || Transition.isOpen(alert.getState())) {
            revisions.put(id, alert.getRevision());
            String clusterId = correlator.clusterId(id).orElse(null);
            effects.alerts()
                    .put(
                            id,
                            Optional.of(Alert.newBuilder(alert)
                                    .setIncidentId(clusterId)
                                    .build()));
        } else if (known != null) {
            revisions.remove(id);
            effects.alerts().put(id, Optional.empty());
        }
    }

    /** To be called a few times a second: tells incidents, patterns and outages as they stand, each once. */
    public void flush(Instant now, Effects effects) {
        correlator.flush(now, effects);
        signalPatterns(now, effects);
        suppliers.flush(rules, now, effects);
        effects.alerts().forEach((id, alert) -> {
            if (alert.isEmpty()) {
                revisions.remove(id);
            }
        });
    }

    /** Alerts that are looked at. */
    public int size() {
        return correlator.size();
    }

    public int openIncidents() {
        return correlator.openIncidents();
    }

    /** Alerts of patterns and outages are no originals; a gateway, unit or group of devices is not at one place. */
    private static boolean isNoOriginal(Alert alert) {
        SubjectKind kind = alert.getSubject().getKind();
        return kind == SubjectKind.GATEWAY
                || kind == SubjectKind.VENDOR
                || kind == SubjectKind.INGEST
                || kind == SubjectKind.GROUP
                || kind == SubjectKind.UNIT
                || alert.getFeed().isEmpty();
    }

    private static void nameIncident(Alert alert, Instant now, Effects effects) {
        String incidentId = alert.getSubject().getId();
        if (!incidentId.equals(alert.getIncidentId())) {
            effects.contexts().put(alert.getAlertId(), new AlertContext(alert.getAlertId(), incidentId, null, now));
        }
    }

    private void signalPatterns(Instant now, Effects effects) {
        effects.incidents().forEach((id, incident) -> signalPattern(id, incident.orElse(null), now, effects));
    }

    /** A pattern is an alert of its own, so that it sounds, is told on and is acknowledged as any other. */
    private void signalPattern(String id, @Nullable Incident incident, Instant now, Effects effects) {
        String next = incident == null ? null : incident.getPatternId();
        String former = next == null ? raisedPatterns.remove(id) : raisedPatterns.put(id, next);
        if (incident == null) {
            return;
        }
        if (former != null && !former.equals(next)) {
            effects.signals().add(signal(former, incident, SignalAction.CLEAR, now));
        }
        if (next != null && !next.equals(former)) {
            effects.signals().add(signal(next, incident, SignalAction.RAISE, now));
        }
    }

    private AlertSignal signal(String patternId, Incident incident, SignalAction action, Instant now) {
        Optional<Pattern> pattern = rules.pattern(patternId);
        AlertText explanation = new AlertText(
                incident.getPlaceName() + "：事件 " + incident.getIncidentId() + "，未结束告警 " + incident.getOpen() + " 条。",
                incident.getPlaceName() + ": incident " + incident.getIncidentId() + ", " + incident.getOpen()
                        + " open alerts.");
        AlertSubject subject = AlertSubject.newBuilder()
                .setKind(SubjectKind.INCIDENT)
                .setId(incident.getIncidentId())
                .setName(incident.getPlaceName())
                .setPlace(incident.getPlace())
                .setUnitIds(incident.getUnitIds())
                .setDepartmentIds(incident.getDepartmentIds())
                .build();
        return AlertSignal.newBuilder()
                .setAlertId(patternId + "@" + incident.getIncidentId())
                .setAction(action)
                .setRuleId(patternId)
                .setRuleVersion(rules.version())
                .setFeed("")
                .setSubject(subject)
                .setSeverity(pattern.map(Pattern::severity).orElse(incident.getSeverity()))
                .setLifeSafety(incident.getLifeSafety())
                .setTitle(pattern.map(Pattern::title).orElse(incident.getTitle()))
                .setExplanation(explanation)
                .setRunbook(pattern.map(Pattern::runbook).orElse(NO_TEXT))
                .setEventTime(now)
                .setSignalledAt(now)
                .setStatus(incident.getStatus())
                .setExercise(incident.getExercise())
                .build();
    }

    /** Without what is long and not needed here. */
    private static Alert trimmed(Alert alert) {
        return Alert.newBuilder(alert)
                .setHistory(List.of())
                .setValues(Map.of())
                .setExplanation(NO_TEXT)
                .setRunbook(NO_TEXT)
                .build();
    }
}
