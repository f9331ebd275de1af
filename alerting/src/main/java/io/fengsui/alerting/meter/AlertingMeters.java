package io.fengsui.alerting.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Every meter of the alerting process. Values of tags are enum names, feed ids, lanes, units or peer numbers. */
public enum AlertingMeters {
    ALERTS(
            "fengsui.alerts",
            Meter.Type.GAUGE,
            "",
            "Open live alerts; one of several units counts for each of them, one of none under 'none'",
            "unit",
            "severity",
            "state",
            "feed"),
    CITY_ALERTS(
            "fengsui.city.alerts",
            Meter.Type.GAUGE,
            "",
            "Open live alerts, each counted once, whoever hears of it; 0 where there are none",
            "severity",
            "state"),
    EXERCISE_ALERTS(
            "fengsui.exercise.alerts",
            Meter.Type.GAUGE,
            "",
            "The same of exercises and tests; a name of their own, so that no query for real alerts can meet them",
            "unit",
            "severity",
            "state",
            "feed"),
    BOARD_FRESH(
            "fengsui.alerting.board.fresh",
            Meter.Type.GAUGE,
            "",
            "1 while an alert that is raised now would be on the board soon, else 0: the console then says that it is stale"),
    SIGNALS(
            "fengsui.alerting.signals",
            Meter.Type.COUNTER,
            "",
            "Signals of rules by what came of them: a transition, or why nothing did",
            "realm",
            "outcome"),
    TRANSITIONS(
            "fengsui.alerting.transitions",
            Meter.Type.COUNTER,
            "",
            "Changes of alerts",
            "realm",
            "transition",
            "severity"),
    COMMANDS(
            "fengsui.alerting.commands",
            Meter.Type.COUNTER,
            "",
            "Commands of people by what came of them: a transition, or why they were not carried out",
            "realm",
            "action",
            "outcome"),
    CONTEXTS(
            "fengsui.alerting.contexts",
            Meter.Type.COUNTER,
            "",
            "What the view over all alerts said of one, by what came of it: a transition, or why nothing did",
            "realm",
            "outcome"),
    INCIDENTS("fengsui.alerting.incidents", Meter.Type.GAUGE, "", "Open incidents", "realm"),
    INCIDENT_STEPS(
            "fengsui.alerting.incident.steps",
            Meter.Type.COUNTER,
            "",
            "What happened to incidents: began, merged, matched a pattern, ended and so on",
            "realm",
            "step"),
    CORRELATED_ALERTS(
            "fengsui.alerting.correlated.alerts",
            Meter.Type.GAUGE,
            "",
            "Alerts that incidents are looked for among: open, or ended a short while ago",
            "realm"),
    UNCORRELATED(
            "fengsui.alerting.uncorrelated",
            Meter.Type.COUNTER,
            "",
            "Alerts that no incident was looked for, because too many are open",
            "realm"),
    DEAD_LETTERS(
            "fengsui.alerting.dead.letters",
            Meter.Type.COUNTER,
            "",
            "Records of alert.signal, alert.command and alert.context that could not be processed",
            "realm",
            "input",
            "reason"),
    UNKNOWN_TARGETS(
            "fengsui.alerting.unknown.targets",
            Meter.Type.COUNTER,
            "",
            "Times an alert could not be told to a unit or department because it has no alert topic",
            "realm"),
    SIGNAL_LAG(
            "fengsui.alerting.signal.lag",
            Meter.Type.TIMER,
            "seconds",
            "From a rule's signal to the alert's new state, not yet committed",
            "lane"),
    VISIBLE_LAG(
            "fengsui.alerting.visible.lag",
            Meter.Type.TIMER,
            "seconds",
            "From the arrival of an event at the bridge to the alert on the board; alerts that an event made or changed",
            "lane",
            "realm"),
    RAISED_LAG(
            "fengsui.alerting.raised.lag",
            Meter.Type.TIMER,
            "seconds",
            "From the device's clock to the new alert on the board; alerts that an event made, once an occurrence",
            "lane",
            "realm"),
    ACKNOWLEDGED_AFTER(
            "fengsui.alerting.acknowledged.after",
            Meter.Type.TIMER,
            "seconds",
            "From an alert's beginning to its acknowledgement by a person",
            "lane",
            "realm",
            "severity"),
    ENDED_AFTER(
            "fengsui.alerting.ended.after",
            Meter.Type.TIMER,
            "seconds",
            "From an alert's beginning to its end",
            "lane",
            "realm",
            "state"),
    READER_LAG(
            "fengsui.alerting.reader.lag",
            Meter.Type.GAUGE,
            "",
            "Records of a unit's or department's live topics that its consumer group has not committed",
            "unit",
            "group"),
    READER_OVERDUE(
            "fengsui.alerting.reader.overdue",
            Meter.Type.GAUGE,
            "",
            "Of these, written longer ago than alerting.readers.silent.after.ms, ten minutes by default",
            "unit",
            "group"),
    LEDGER_DIFFERENCE(
            "fengsui.alerting.ledger.difference",
            Meter.Type.GAUGE,
            "",
            "Messages that are missing (above 0) or doubled (below 0) in the ledger",
            "feed"),
    LEDGER_IN_FLIGHT(
            "fengsui.alerting.ledger.in.flight",
            Meter.Type.GAUGE,
            "",
            "Messages accepted and not yet accounted for",
            "feed"),
    LEDGER_EVENTS(
            "fengsui.alerting.ledger.events",
            Meter.Type.GAUGE,
            "",
            "Messages since the topics were made, by what became of them: accepted, routed, unrouted, duplicate,"
                    + " dead-lettered, and derived besides. Committed counts, which no restart resets",
            "feed",
            "outcome"),
    FAILURES(
            "fengsui.alerting.failures",
            Meter.Type.COUNTER,
            "",
            "Stream threads that failed and were replaced; the transaction was undone and run again"),
    NOTIFICATIONS(
            "fengsui.alerting.notifications",
            Meter.Type.COUNTER,
            "",
            "Notices sent to a receiver, by outcome",
            "channel",
            "peer",
            "outcome"),
    NOTIFY_WAITING(
            "fengsui.alerting.notify.waiting",
            Meter.Type.GAUGE,
            "",
            "Notices that a receiver is due and does not have yet",
            "channel",
            "peer"),
    LOGINS(
            "fengsui.alerting.logins",
            Meter.Type.COUNTER,
            "",
            "Attempts to log in by what came of them; of tokens only those that were not let in",
            "via",
            "outcome"),
    CAP_REQUESTS(
            "fengsui.alerting.cap.requests",
            Meter.Type.COUNTER,
            "",
            "Requests for CAP feeds and messages by what came of them; REFUSED: for what one may not read",
            "outcome");

    /** Of what a person does, in the steps in which deadlines are set. */
    private static final List<Duration> HUMAN_BUCKETS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /** Goals are 150 ms for life safety and 500 ms to the console; the rest shows how far off one is. */
    private static final List<Duration> BUCKETS = List.of(
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(150),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    private final String meterName;
    private final Meter.Type type;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> tags;

    AlertingMeters(String meterName, Meter.Type type, String unit, String description, String... tags) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    public String meter() {
        return meterName;
    }

    public Meter.Type type() {
        return type;
    }

    /** Empty for a plain number. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Names of its tags, in the order in which the methods below take their values. */
    public List<String> tags() {
        return tags;
    }

    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(meterName)
                .description(description)
                .tags(tagged(values))
                .register(registry);
    }

    public Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(meterName)
                .description(description)
                .tags(tagged(values))
                .serviceLevelObjectives(buckets().toArray(Duration[]::new))
                .register(registry);
    }

    private List<Duration> buckets() {
        return this == ACKNOWLEDGED_AFTER || this == ENDED_AFTER ? HUMAN_BUCKETS : BUCKETS;
    }

    /** A gauge that keeps what it reads alive. */
    public <T> void gauge(MeterRegistry registry, T of, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(meterName, of, value)
                .description(description)
                .tags(tagged(values))
                .strongReference(true)
                .register(registry);
    }

    /** A gauge whose rows come and go. */
    public MultiGauge multiGauge(MeterRegistry registry) {
        return MultiGauge.builder(meterName).description(description).register(registry);
    }

    public Tags tagged(String... values) {
        if (values.length != tags.size()) {
            throw new IllegalArgumentException(meterName + " has the tags " + tags);
        }
        Tags tagged = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tagged = tagged.and(tags.get(i), values[i]);
        }
        return tagged;
    }
}
