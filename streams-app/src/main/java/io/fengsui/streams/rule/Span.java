package io.fengsui.streams.rule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A length of time as a rule file gives it: a number, or {@code param.<name>}, and a unit.
 *
 * @param number null if a parameter gives it
 * @param param null if the number is written in the file
 */
public record Span(@Nullable Double number, @Nullable Param param, Unit unit) {

    /** Unit of a span. */
    public enum Unit {
        /** The device's own heartbeat interval, reference data. */
        HEARTBEATS("heartbeats", 0),
        SECONDS("s", 1),
        MINUTES("min", 60),
        HOURS("h", 3600),
        DAYS("d", 86_400);

        private final String word;
        private final long seconds;

        Unit(String word, long seconds) {
            this.word = word;
            this.seconds = seconds;
        }

        /** As written in rule files. */
        public String word() {
            return word;
        }
    }

    /** Null if it counts heartbeats and the device has none, or if the parameter has no value for it. */
    public @Nullable Duration of(Facts facts) {
        Double amount = param == null ? number : param.value(facts);
        if (amount == null) {
            return null;
        }
        double seconds;
        if (unit == Unit.HEARTBEATS) {
            Integer heartbeat = facts.device() == null ? null : facts.device().getHeartbeatSeconds();
            if (heartbeat == null) {
                return null;
            }
            seconds = amount * heartbeat;
        } else {
            seconds = amount * unit.seconds;
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @Override
    public String toString() {
        String amount = param != null ? "param." + param.name() : Template.number(number == null ? 0 : number);
        return amount + " " + unit.word;
    }
}
