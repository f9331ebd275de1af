package io.fengsui.streams.rule;

import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes a rule speak. */
public sealed interface Trigger {

    /**
     * One severity of a rule.
     *
     * @param when the severity holds from here on
     * @param until it is left for a lower one only when this is true; null: as soon as {@code when} is false
     * @param after only when the alert has gone on so long, and it still holds; null: at once
     */
    record Step(
            Condition when,
            @Nullable Condition until,
            @Nullable Span after,
            Severity severity) {}

    /**
     * Readings beyond a limit: raises at the first step that is true, follows the steps up and down, ends when
     * {@code clear} is true.
     *
     * @param steps gravest first
     * @param clear null: ends when every step is false
     * @param held speaks only when a step has held so long; null: at once
     * @param repetition speaks only when it has begun so often, and ends when it has not begun again for so long; null: at
     *     the first time
     */
    record Threshold(
            List<Step> steps,
            @Nullable Condition clear,
            @Nullable Span held,
            @Nullable Repetition repetition) implements Trigger {

        /** The steps by which an alert may begin: one with {@code after} only makes an alert that goes on graver. */
        List<Step> beginnings() {
            return steps.stream().filter(step -> step.after() == null).toList();
        }

        /** Whether a clock has a say in it. */
        boolean timed() {
            if (held != null || repetition != null) {
                return true;
            }
            for (Step step : steps) {
                if (step.after() != null) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reports: each that matches a step is news and is signalled; only people end the alert.
     *
     * @param repetition speaks only from the so many-th on; null: each time
     */
    record Report(List<Step> steps, @Nullable Repetition repetition) implements Trigger {}

    /**
     * Reports that count across devices: speaks when something has happened often enough to those that have something in common;
     * only people end the alert.
     */
    record Group(List<Step> steps, Repetition repetition, Across across) implements Trigger {}

    /**
     * Silence of a device.
     *
     * @param after silent for longer than this
     * @param steps severity by the device's last event, first that is true; the last one holds if none is
     */
    record Absence(Span after, List<Step> steps) implements Trigger {

        /** Null for a device without a heartbeat if the rule counts heartbeats. */
        public @Nullable Duration timeout(Facts facts) {
            return after.of(facts);
        }
    }

    /**
     * Something that must follow and does not: the clock starts with an event, and unless an event ends it in time the
     * alert is raised. An event that ends it later clears the alert.
     */
    record Overdue(Condition starts, Condition ends, Span within, Severity severity) implements Trigger {}
}
