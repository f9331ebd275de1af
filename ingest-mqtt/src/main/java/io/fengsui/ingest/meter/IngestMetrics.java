package io.fengsui.ingest.meter;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Feed;
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

    /** Values of a counter's tags; the second is {@link #NO_TAG} if it has one. */
    private record Key(IngestMeters meter, String first, String second) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Key, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Lane, Timer> latencies = new ConcurrentHashMap<>();

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
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
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
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
