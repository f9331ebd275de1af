package io.fengsui.standalone.drill;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.SignalAction;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.drill.Observations.AlertKey;
import io.fengsui.standalone.drill.Observations.Revision;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Each revision of an alert must be once in alert.state and once in the topic of every unit and department that it
 * names, and nowhere else; revisions have no gap. An alert must end as the last word about it: the rule's, or a person's
 * that came later. Every alert that a rule raised must have a state, and none may have one without a rule.
 */
final class AlertAudit {
    private final Observations observations;
    private final Audit.Findings findings;

    AlertAudit(Observations observations, Audit.Findings findings) {
        this.observations = observations;
        this.findings = findings;
    }

    void check() {
        observations.alertCopies().forEach(this::checkCopies);
        Map<AlertKey, TreeMap<Integer, Alert>> alerts = new HashMap<>();
        observations.alerts().forEach((revision, alert) -> alerts.computeIfAbsent(
                        revision.key(), key -> new TreeMap<>())
                .put(revision.revision(), alert));
        alerts.forEach((key, revisions) -> {
            if (revisions.lastKey() != revisions.size()) {
                findings.add("alert with gaps", key + ": revisions " + revisions.keySet());
            }
            if (!observations.spokenAlerts().containsKey(key)) {
                findings.add("alert of no rule", key.toString());
            }
        });
        observations.spokenAlerts().forEach((key, spoken) -> {
            TreeMap<Integer, Alert> revisions = alerts.get(key);
            checkSpoken(key, spoken, revisions == null ? null : revisions.get(revisions.lastKey()));
        });
    }

    private void checkSpoken(AlertKey key, SpokenAlert spoken, @Nullable Alert alert) {
        AlertSignal last = spoken.last();
        AlertSignal raise = spoken.lastRaise();
        if (last != null && Realm.of(last.getStatus()) != key.realm()) {
            findings.add("alert misplaced", key + ": a signal of status " + last.getStatus());
        }
        if (last == null || raise == null) {
            return;
        }
        if (alert == null) {
            findings.add("alert missing", key.toString());
            return;
        }
        boolean flapped = hasFlapped(alert);
        if (alert.getSeverity() != raise.getSeverity() && !flapped) {
            differs(key, "severity " + raise.getSeverity(), alert.getSeverity());
        }
        if (alert.getOccurrences() < spoken.occurrences() && !flapped) {
            differs(key, spoken.occurrences() + " occurrences", alert.getOccurrences());
        }
        checkOutcome(key, last, alert);
    }

    private void checkOutcome(AlertKey key, AlertSignal last, Alert alert) {
        boolean raised = last.getAction() == SignalAction.RAISE;
        Instant endedByPerson = endedByPerson(alert);
        if (raised
                && isEnded(alert)
                && (endedByPerson == null || last.getSignalledAt().isAfter(endedByPerson))) {
            differs(key, "an open alert", alert.getState());
        } else if (!raised && !isEnded(alert) && alert.getQuietSince() == null) {
            differs(key, "an end", alert.getState());
        }
        boolean heard = raised || endedByPerson == null;
        if (heard && !alert.getValues().equals(last.getValues())) {
            differs(key, "values " + last.getValues(), alert.getValues());
        }
    }

    /** Then it was raised more often than it occurred, stayed as grave as it had been, and is open until it is quiet. */
    private static boolean hasFlapped(Alert alert) {
        return alert.getHistory().stream().anyMatch(change -> change.getAction() == ChangeAction.FLAPPING);
    }

    private static boolean isEnded(Alert alert) {
        return alert.getState() == AlertState.RESOLVED || alert.getState() == AlertState.CANCELLED;
    }

    /** When; null if it is open or a rule ended it. */
    private static @Nullable Instant endedByPerson(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        for (int i = history.size() - 1; i >= 0 && isEnded(alert); i--) {
            AlertChange change = history.get(i);
            if (change.getAction() == ChangeAction.CLEARED) {
                return null;
            }
            if (change.getAction() == ChangeAction.RESOLVED || change.getAction() == ChangeAction.CANCELLED) {
                return change.getAt();
            }
        }
        return null;
    }

    private void differs(AlertKey key, String said, Object found) {
        findings.add("alert differs from its rule", key + ": expected " + said + ", found " + found);
    }

    private void checkCopies(Revision revision, Map<String, Integer> copies) {
        Alert alert = observations.alerts().get(revision);
        String name = revision.key() + " revision " + revision.revision();
        if (alert == null) {
            findings.add("alert misplaced", name + " is in " + copies.keySet() + " and not in alert.state");
            return;
        }
        Realm realm = revision.key().realm();
        Set<String> wanted = topics(realm, alert);
        Set<String> found = copies.keySet();
        if (Realm.of(alert.getStatus()) != realm || !found.equals(wanted)) {
            findings.add("alert misplaced", name + ": expected in " + wanted + ", found in " + found);
        }
        copies.forEach((topic, count) -> {
            boolean comesAndGoes = alert.getFlaps() > 0
                    && topic.equals(Topics.alertState(realm).name());
            if (count > 1 && !comesAndGoes) {
                findings.add("alert doubled", name + ": " + count + " times in " + topic);
            }
        });
    }

    private static Set<String> topics(Realm realm, Alert alert) {
        Set<String> topics = new HashSet<>();
        topics.add(Topics.alertState(realm).name());
        alert.getSubject()
                .getUnitIds()
                .forEach(unit -> topics.add(Topics.townshipAlert(realm, unit).name()));
        Escalation.departmentsOf(alert)
                .forEach(department ->
                        topics.add(Topics.cityAlert(realm, department).name()));
        return topics;
    }
}
