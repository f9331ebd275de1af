package io.fengsui.standalone.drill;

import io.fengsui.alert.Alert;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.drill.Observations.Revision;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Each revision of an alert must be once in alert.state and once in the topic of every unit and department that it
 * names, and nowhere else. Every alert that a rule spoke of must have a state.
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
        for (Realm realm : Realm.values()) {
            Set<String> lacking = new HashSet<>(observations.signalled(realm));
            observations.alerts().keySet().stream()
                    .filter(r -> r.realm() == realm)
                    .forEach(r -> lacking.remove(r.alertId()));
            lacking.forEach(id -> findings.add("alert missing", id));
        }
    }

    int revisions() {
        return observations.alerts().size();
    }

    private void checkCopies(Revision revision, Map<String, Integer> copies) {
        Alert alert = observations.alerts().get(revision);
        String name = revision.alertId() + " revision " + revision.revision();
        if (alert == null) {
            findings.add("alert misplaced", name + " is in " + copies.keySet() + " and not in alert.state");
            return;
        }
        Set<String> wanted = topics(revision.realm(), alert);
        Set<String> found = copies.keySet();
        if (Realm.of(alert.getStatus()) != revision.realm() || !found.equals(wanted)) {
            findings.add("alert misplaced", name + ": expected in " + wanted + ", found in " + found);
        }
        copies.forEach((topic, count) -> {
            if (count > 1) {
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
        alert.getSubject()
                .getDepartmentIds()
                .forEach(department ->
                        topics.add(Topics.cityAlert(realm, department).name()));
        return topics;
    }
}
