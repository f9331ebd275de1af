package io.fengsui.ingest.meter;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Records the meters. Safe for use by many threads. */
public final class IngestMetrics {

    /** What became of a rejection message. */
    public enum Notice {
        SENT,
        LIMITED,
        LOST
    }

    private static final String NO_TAG = "";

    /** Between a device that speaks at once and one that stored its reports for a day. */
    private static final Duration[] DEVICE_BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    /** The bridge has a part of the second within which a life-safety event is to be with its readers. */
    private static final Duration[] BRIDGE_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    /** Values of a counter's tags; the second is {@link #NO_TAG} if it has one. */
    private record Key(IngestMeters meter, String first, String second) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Key, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Lane, Timer> latencies = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Timer> deviceLags = new ConcurrentHashMap<>();

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Prometheus sees no increase of a counter that is born at 1.
        for (Lane lane : Lane.values()) {
            counter(IngestMeters.ACKNOWLEDGED, lane.id());
            counter(IngestMeters.FAILED, lane.id());
            counter(IngestMeters.REDELIVERED, lane.id());
            counter(IngestMeters.PASSED_OVER, lane.id());
        }
        Feeds.all().forEach(feed -> counter(IngestMeters.UNKNOWN_FIELDS, feed.id()));
        for (Notice outcome : Notice.values()) {
            counter(IngestMeters.NOTICES, outcome.name().toLowerCase(Locale.ROOT));
        }
    }

    public void received(Lane lane, @Nullable Feed<?> feed, boolean redelivered) {
        counter(IngestMeters.RECEIVED, lane.id(), name(feed)).increment();
        if (redelivered) {
            counter(IngestMeters.REDELIVERED, lane.id()).increment();
        }
    }

    public void passedOver(Lane lane) {
        counter(IngestMeters.PASSED_OVER, lane.id()).increment();
    }

    public void accepted(Feed<?> feed, Realm realm) {
        counter(IngestMeters.ACCEPTED, feed.id(), realm.id()).increment();
    }

    public void unknownFields(Feed<?> feed, int count) {
        if (count > 0) {
            counter(IngestMeters.UNKNOWN_FIELDS, feed.id()).increment(count);
        }
    }

    public void deadLettered(@Nullable Feed<?> feed, Rejection reason) {
        counter(IngestMeters.DEAD_LETTERED, name(feed), reason.name()).increment();
    }

    public void acknowledged(Lane lane) {
        counter(IngestMeters.ACKNOWLEDGED, lane.id()).increment();
    }

    public void failed(Lane lane) {
        counter(IngestMeters.FAILED, lane.id()).increment();
    }

    public void notice(Notice outcome) {
        counter(IngestMeters.NOTICES, outcome.name().toLowerCase(Locale.ROOT)).increment();
    }

    public void latency(Lane lane, Duration arrivalToKafka) {
        Timer known = latencies.get(lane);
        (known != null ? known : latencies.computeIfAbsent(lane, this::latencyOf)).record(arrivalToKafka);
    }

    private Timer latencyOf(Lane lane) {
        return Timer.builder(IngestMeters.LATENCY.id())
                .description(IngestMeters.LATENCY.description())
                .tags("lane", lane.id())
                .serviceLevelObjectives(BRIDGE_BUCKETS)
                .register(registry);
    }

    public void deviceLag(Lane lane, Realm realm, Duration clockToKafka) {
        Key key = new Key(IngestMeters.DEVICE_LAG, lane.id(), realm.id());
        Timer known = deviceLags.get(key);
        (known != null ? known : deviceLags.computeIfAbsent(key, this::deviceLagOf))
                .record(clockToKafka.isNegative() ? Duration.ZERO : clockToKafka);
    }

    private Timer deviceLagOf(Key key) {
        return Timer.builder(key.meter().id())
                .description(key.meter().description())
                .tags("lane", key.first(), "realm", key.second())
                .serviceLevelObjectives(DEVICE_BUCKETS)
                .register(registry);
    }

    /** Shows a gauge as long as its object lives. */
    public <S> void gauge(IngestMeters meter, Slot slot, S of, ToDoubleFunction<S> value) {
        Gauge.builder(meter.id(), of, value)
                .description(meter.description())
                .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
                .tags("lane", slot.lane().id(), "slot", slot.name())
                .strongReference(true)
                .register(registry);
    }

    /** Shows a count that its object keeps itself. */
    public <S> void count(IngestMeters meter, Slot slot, S of, ToDoubleFunction<S> value) {
        FunctionCounter.builder(meter.id(), of, value)
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags("lane", slot.lane().id(), "slot", slot.name())
                .register(registry);
    }

    private Counter counter(IngestMeters meter, String tag) {
        return counter(meter, tag, NO_TAG);
    }

    private Counter counter(IngestMeters meter, String first, String second) {
        Key key = new Key(meter, first, second);
        Counter known = counters.get(key);
        return known != null ? known : counters.computeIfAbsent(key, this::register);
    }

    private Counter register(Key key) {
        List<String> names = key.meter().tags();
        Tags tags = Tags.of(names.get(0), key.first());
        return Counter.builder(key.meter().id())
                .description(key.meter().description())
                .baseUnit(key.meter().unit())
                .tags(key.second().equals(NO_TAG) ? tags : tags.and(names.get(1), key.second()))
                .register(registry);
    }

    private static String name(@Nullable Feed<?> feed) {
        return feed == null ? IngestMeters.NO_FEED : feed.id();
    }
}
