package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Decision.Because;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.alerting.lifecycle.Escalation.Step;
import io.fengsui.alerting.lifecycle.Revisions.Author;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What time alone does to an alert. */
final class ClockChanges {
    /** Stands behind "rule:" in the history where the clock acts. */
    private static final String ESCALATION = "escalation";

    private static final String QUIET = "已持续平稳，不再反复\nQuiet again";

    private ClockChanges() {}

    static Optional<Instant> deadline(Alert alert, DutyPlan plan) {
        return Stream.concat(
                        Escalation.byClock(alert, plan).map(Escalation.Due::at).stream(),
                        Flapping.endsAt(alert, plan).stream())
                .min(Instant::compareTo);
    }

    /** One step at most: the next deadline counts from this one. */
    static Decision apply(@Nullable Alert current, DutyPlan plan, Instant now) {
        if (current == null) {
            return new Unchanged(Because.NOT_OPEN);
        }
        Optional<Instant> quiet = Flapping.endsAt(current, plan);
        Optional<Escalation.Due> step = Escalation.byClock(current, plan);
        boolean quietFirst = quiet.isPresent()
                && (step.isEmpty() || !quiet.get().isAfter(step.get().at()));
        if (quietFirst) {
            return Revisions.changed(
                    current,
                    Alert.newBuilder(current).setReceivedAt(null),
                    Transition.CALMED,
                    Author.rule(current.getRuleId(), QUIET),
                    now);
        }
        return step.<Decision>map(due -> escalated(current, due.step(), Author.rule(ESCALATION, null), now))
                .orElseGet(() -> new Unchanged(Because.NOT_OPEN));
    }

    /** Whoever must act now has not acknowledged it. */
    static Changed escalated(Alert current, Step step, Author author, Instant now) {
        Alert.Builder next = Alert.newBuilder(current)
                .setLevel(step.to())
                .setEscalatedTo(Escalation.escalatedTo(current, step))
                .setAcknowledgedBy(null)
                .setAcknowledgedAt(null)
                .setReceivedAt(null);
        return Revisions.changed(
                current, next, Transition.ESCALATED, author, now, change -> change.setLevel(step.to()));
    }
}
