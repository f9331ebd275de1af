package io.fengsui.streams.meter;

import io.fengsui.alert.SignalAction;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.route.UnroutedReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The meters in use. Those of every event are looked up once, here. Safe for use by many threads. */
public final class StreamsMetrics {
    /** The promise is a second for life safety; what is beyond a minute waited for somebody to mend something. */
    private static final Duration[] LAG_BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15)
    };

    /** What is done about a record that Kafka refuses. */
    private static final List<String> WRITE_ACTIONS = List.of("retry", "fail");

    private final MeterRegistry registry;
    private final Map<String, Map<EventOutcome, Counter>> events = new HashMap<>();
    private final Map<String, Counter> late = new HashMap<>();
    private final Map<Lane, Map<Realm, Timer>> lag = new EnumMap<>(Lane.class);
    private final Map<Lane, AtomicLong> frozen = new EnumMap<>(Lane.class);
    private final AtomicLong timers = new AtomicLong();

    public StreamsMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Feed<?> feed : Feeds.all()) {
            Map<EventOutcome, Counter> byOutcome = new EnumMap<>(EventOutcome.class);
            for (EventOutcome outcome : EventOutcome.values()) {
                byOutcome.put(outcome, counter(StreamsMeters.EVENTS, feed.id(), outcome.tag()));
            }
            events.put(feed.id(), byOutcome);
            late.put(feed.id(), counter(StreamsMeters.LATE, feed.id()));
        }
        for (Lane lane : Lane.values()) {
            Map<Realm, Timer> byRealm = new EnumMap<>(Realm.class);
            for (Realm realm : Realm.values()) {
                byRealm.put(realm, lagTimer(lane, realm));
            }
            lag.put(lane, byRealm);
            AtomicLong tasks = new AtomicLong();
            frozen.put(lane, tasks);
            gauge(StreamsMeters.ABSENCE_FROZEN, tasks, lane.id());
        }
        gauge(StreamsMeters.TIMERS, timers);
        beginAtZero();
    }

    /** Prometheus sees no increase of a counter that is born at 1, so what operators are alarmed on stands at 0 from the start. */
    private void beginAtZero() {
        counter(StreamsMeters.RULE_FAILURES);
        counter(StreamsMeters.CASES_REFUSED);
        Feeds.all().forEach(feed -> counter(StreamsMeters.RULES_REFUSED, feed.id()));
        for (UnroutedReason reason : UnroutedReason.values()) {
            counter(StreamsMeters.UNROUTED, reason.name());
        }
        WRITE_ACTIONS.forEach(action -> counter(StreamsMeters.WRITE_FAILURES, action));
    }

    public void event(Feed<?> feed, EventOutcome outcome) {
        Map<EventOutcome, Counter> byOutcome = events.get(feed.id());
        Counter counter = byOutcome == null ? null : byOutcome.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    public void late(Feed<?> feed) {
        Counter counter = late.get(feed.id());
        if (counter != null) {
            counter.increment();
        }
    }

    /** @param flag of a closed set: built in, or in the feed's rule file */
    public void flagged(Feed<?> feed, String flag) {
        counter(StreamsMeters.FLAGGED, feed.id(), flag).increment();
    }

    private Timer lagTimer(Lane lane, Realm realm) {
        return Timer.builder(StreamsMeters.LAG.meterName())
                .description(StreamsMeters.LAG.description())
                .tags(tags(StreamsMeters.LAG, lane.id(), realm.id()))
                .serviceLevelObjectives(LAG_BUCKETS)
                .register(registry);
    }

    /** Shows the number of threads of a lane that run. */
    public void threads(Lane lane, Supplier<Number> alive) {
        Gauge.builder(StreamsMeters.THREADS.meterName(), alive)
                .description(StreamsMeters.THREADS.description())
                .baseUnit(StreamsMeters.THREADS.unit())
                .tags(tags(StreamsMeters.THREADS, lane.id()))
                .strongReference(true)
                .register(registry);
    }

    public void lag(Lane lane, Realm realm, long millis) {
        Timer timer = lag.getOrDefault(lane, Map.of()).get(realm);
        if (timer != null) {
            timer.record(Duration.ofMillis(Math.max(0, millis)));
        }
    }

    public void deadLetter(String reason) {
        counter(StreamsMeters.DEAD_LETTERS, reason).increment();
    }

    public void unrouted(UnroutedReason reason) {
        counter(StreamsMeters.UNROUTED, reason.name()).increment();
    }

    public void signal(Realm realm, SignalAction action, Severity severity) {
        counter(StreamsMeters.SIGNALS, realm.name().toLowerCase(Locale.ROOT), action.name(), severity.name())
                .increment();
    }

    public void rulesRefused(String feedId) {
        counter(StreamsMeters.RULES_REFUSED, Feeds.byId(feedId).map(Feed::id).orElse("unknown"))
                .increment();
    }

    public void ruleFailed() {
        counter(StreamsMeters.RULE_FAILURES).increment();
    }

    public void casesRefused(int cases) {
        if (cases > 0) {
            counter(StreamsMeters.CASES_REFUSED).increment(cases);
        }
    }

    /** @param cause simple name of an exception class */
    public void threadReplaced(String cause) {
        counter(StreamsMeters.THREADS_REPLACED, cause).increment();
    }

    public void writeFailed(String action) {
        counter(StreamsMeters.WRITE_FAILURES, action).increment();
    }

    /** Adds to the number of timers over all tasks. */
    public void timers(long change) {
        timers.addAndGet(change);
    }

    /** Adds to the number of tasks whose clocks of a lane stand still. */
    public void frozen(Lane lane, int change) {
        AtomicLong tasks = frozen.get(lane);
        if (tasks != null) {
            tasks.addAndGet(change);
        }
    }

    private Counter counter(StreamsMeters meter, String... values) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags(meter, values))
                .register(registry);
    }

    private void gauge(StreamsMeters meter, AtomicLong value, String... values) {
        Gauge.builder(meter.meterName(), value, AtomicLong::get)
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags(meter, values))
                .register(registry);
    }

    private static String[] tags(StreamsMeters meter, String... values) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(meter.tags().get(i));
            tags.add(values[i]);
        }
        return tags.toArray(String[]::new);
    }
}
