package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.EventStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen of the alerts of one exercise. Safe for use by many threads. */
public final class AlertAccounts {
    private final String exercise;
    private final Instant begun;
    private final Map<String, Entry> entries = new HashMap<>();
    private long changes;

    private static final class Entry {
        private @Nullable Alert alert;
        private Instant shownAt = Instant.MAX;
        private final Map<String, Instant> reachedAt = new TreeMap<>();
    }

    public AlertAccounts(String exercise, Instant begun) {
        this.exercise = exercise;
        this.begun = begun;
    }

    /** Takes a state of an alert that the console shows. */
    public synchronized void shown(Alert alert, Instant at) {
        if (!isOurs(alert)) {
            return;
        }
        Entry entry = entry(alert);
        Alert known = entry.alert;
        if (known == null || known.getRevision() <= alert.getRevision()) {
            entry.alert = alert;
        }
        if (at.isBefore(entry.shownAt)) {
            entry.shownAt = at;
        }
        changes++;
    }

    /** Takes what readers can read in a topic. */
    public synchronized void reached(String topic, Alert alert, Instant at) {
        if (isOurs(alert)) {
            entry(alert).reachedAt.merge(topic, at, (a, b) -> a.isBefore(b) ? a : b);
            changes++;
        }
    }

    private Entry entry(Alert alert) {
        return entries.computeIfAbsent(alert.getAlertId() + "|" + alert.getOccurrences(), key -> new Entry());
    }

    private boolean isOurs(Alert alert) {
        return alert.getStatus() != EventStatus.ACTUAL
                && exercise.equals(alert.getExercise())
                && !alert.getChangedAt().isBefore(begun);
    }

    /** All of them, the oldest first. */
    public synchronized List<AlertAccount> all() {
        return entries.values().stream()
                .flatMap(entry -> entry.alert == null
                        ? Stream.empty()
                        : Stream.of(new AlertAccount(entry.alert, entry.shownAt, Map.copyOf(entry.reachedAt))))
                .sorted(Comparator.comparing(
                                (AlertAccount account) -> account.alert().getStartedAt())
                        .thenComparing(account -> account.alert().getAlertId()))
                .toList();
    }

    /** Those that somebody, or the end of the exercise, has to end. */
    public List<Alert> open() {
        return all().stream()
                .map(AlertAccount::alert)
                .filter(alert -> Transition.isOpen(alert.getState()))
                .toList();
    }

    /** Grows with everything that is seen. */
    public synchronized long changes() {
        return changes;
    }
}
