package io.fengsui.streams.meter;

import io.micrometer.core.instrument.Meter.Type;
import java.util.List;

/**
 * Meters of the streams app. Counters count what was processed, also when its transaction is rolled back and repeated; the
 * ledger counts what was committed.
 */
public enum StreamsMeters {
    EVENTS("fengsui.streams.events", Type.COUNTER, "events", "Events by what became of them", "feed", "outcome"),
    LATE("fengsui.streams.late", Type.COUNTER, "events", "Routed events that were marked late", "feed"),
    FLAGGED(
            "fengsui.streams.flagged",
            Type.COUNTER,
            "events",
            "Events that were kept although something about them is odd",
            "feed",
            "flag"),
    DEAD_LETTERS("fengsui.streams.dead.letters", Type.COUNTER, "records", "Dead letters written by this app", "reason"),
    UNROUTED(
            "fengsui.streams.unrouted",
            Type.COUNTER,
            "records",
            "Events, or copies of them, that no route or unit takes",
            "reason"),
    SIGNALS(
            "fengsui.streams.signals",
            Type.COUNTER,
            "signals",
            "Alert signals by severity of the rule",
            "realm",
            "action",
            "severity"),
    RULES_REFUSED("fengsui.streams.rules.refused", Type.COUNTER, "files", "Rule files that did not compile", "feed"),
    RULE_FAILURES(
            "fengsui.streams.rule.failures",
            Type.COUNTER,
            "evaluations",
            "Conditions whose evaluation failed and counted as unknown"),
    CASES_REFUSED(
            "fengsui.streams.cases.refused",
            Type.COUNTER,
            "cases",
            "Cases beyond the most that one rule may have at one device; their alert fires already"),
    TIMERS("fengsui.streams.timers", Type.GAUGE, "timers", "Devices with a running absence or overdue timer"),
    ABSENCE_FROZEN(
            "fengsui.streams.absence.frozen",
            Type.GAUGE,
            "tasks",
            "Tasks whose absence clocks stand still because no fresh pulse came",
            "lane"),
    LAG(
            "fengsui.streams.lag",
            Type.TIMER,
            "seconds",
            "From arrival at the bridge to routing; readers see the event with the next commit",
            "lane",
            "realm"),
    THREADS("fengsui.streams.threads", Type.GAUGE, "threads", "Stream threads that are not dead", "lane"),
    THREADS_REPLACED(
            "fengsui.streams.threads.replaced",
            Type.COUNTER,
            "threads",
            "Stream threads replaced after an error that may pass",
            "cause"),
    WRITE_FAILURES(
            "fengsui.streams.write.failures",
            Type.COUNTER,
            "records",
            "Records that Kafka refused, by what was done",
            "action");

    private final String meterName;
    private final Type type;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> tags;

    StreamsMeters(String meterName, Type type, String unit, String description, String... tags) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public List<String> tags() {
        return tags;
    }
}
