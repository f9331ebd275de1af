package io.fengsui.alerting.notify.alertmanager;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Severities and command levels that an alert had, each with the other: what told its alerts apart at a receiver. */
final class HeldLevels {

    private HeldLevels() {}

    record Held(Severity severity, CommandLevel level) {}

    /** Those that it has no longer, with the time each was left last; read from the history, so a restart forgets none. */
    static Map<Held, Instant> left(Alert alert) {
        Map<Held, Instant> left = new LinkedHashMap<>();
        CommandLevel level = Escalation.first(alert.getSubject());
        Held before = null;
        boolean open = false;
        for (AlertChange change : alert.getHistory()) {
            boolean opens = Transition.isOpen(change.getState());
            level = opens && !open
                    ? Escalation.first(alert.getSubject())
                    : Objects.requireNonNullElse(change.getLevel(), level);
            Held now = new Held(change.getSeverity(), level);
            if (before != null && !before.equals(now)) {
                left.put(before, change.getAt());
            }
            before = now;
            open = opens;
        }
        left.remove(new Held(alert.getSeverity(), alert.getLevel()));
        return left;
    }
}
