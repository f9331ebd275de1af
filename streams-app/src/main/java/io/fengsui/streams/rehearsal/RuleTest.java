package io.fengsui.streams.rehearsal;

import io.fengsui.alert.SignalAction;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A test of the rules of a feed: what happens, one thing after the other, and what the rules say to each.
 *
 * @param line of its file
 * @param start when it begins
 * @param city the world it is in
 */
public record RuleTest(String name, int line, Instant start, TestCity city, List<Step> steps) {

    /** What happens next, and which signals that makes: these and no other. */
    public record Step(int line, Act act, List<Expected> expected) {}

    /** Something that happens. */
    public sealed interface Act {}

    /**
     * An event arrives.
     *
     * @param after time that passes before it
     * @param age how old it is, by its device's clock
     * @param flags those it must have; null: any
     */
    public record Send(
            String deviceId,
            Duration after,
            Duration age,
            SpecificRecord event,
            @Nullable List<String> flags) implements Act {}

    /** Time passes, with pulses of the bridge. */
    public record Wait(Duration time) implements Act {}

    /** Time passes, and no pulse comes. */
    public record Blind(Duration time) implements Act {}

    /** The reference data change. */
    public record Change(TestCity city) implements Act {}

    /**
     * A signal.
     *
     * @param severity null of a CLEAR
     * @param subject device or incident; null: whichever
     * @param says each is in the explanation, Chinese or English
     */
    public record Expected(
            int line,
            SignalAction action,
            @Nullable Severity severity,
            String ruleId,
            @Nullable String subject,
            List<String> says) {

        /** As it is written in test files. */
        @Override
        public String toString() {
            return RuleTest.signal(action, severity, ruleId) + (subject == null ? "" : "@" + subject);
        }
    }

    static String signal(SignalAction action, @Nullable Severity severity, String ruleId) {
        return (action == SignalAction.CLEAR || severity == null ? "clear" : severity.name()) + " " + ruleId;
    }
}
