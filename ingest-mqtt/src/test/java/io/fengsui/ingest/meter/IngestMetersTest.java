package io.fengsui.ingest.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IngestMetersTest {
    private static final Slot SLOT = new Slot("gateway", "b-gateway", Lane.TELEMETRY, List.of());

    /** What is recorded is what is declared: name, description and tags. */
    @Test
    void shouldRecordEveryMeterAsDeclared() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        IngestMetrics metrics = new IngestMetrics(registry);
        metrics.received(Lane.TELEMETRY, Feeds.GATEWAY, true);
        metrics.received(Lane.TELEMETRY, null, false);
        metrics.passedOver(Lane.TELEMETRY);
        metrics.accepted(Feeds.GATEWAY, Realm.DRILL);
        metrics.deadLettered(Feeds.GATEWAY, Rejection.EMPTY);
        metrics.unknownFields(Feeds.GATEWAY, 2);
        metrics.acknowledged(Lane.LIFE_SAFETY);
        metrics.failed(Lane.LIFE_SAFETY);
        metrics.notice(IngestMetrics.Notice.SENT);
        metrics.latency(Lane.LIFE_SAFETY, Duration.ofMillis(3));
        metrics.deviceLag(Lane.LIFE_SAFETY, Realm.DRILL, Duration.ofMillis(-3));
        metrics.gauge(IngestMeters.IN_FLIGHT, SLOT, this, t -> 1);
        metrics.gauge(IngestMeters.HELD, SLOT, this, t -> 1);
        metrics.gauge(IngestMeters.CONNECTED, SLOT, this, t -> 1);
        metrics.count(IngestMeters.CONNECTIONS_LOST, SLOT, this, t -> 1);
        metrics.count(IngestMeters.MESSAGES_LOST, SLOT, this, t -> 1);

        Map<String, IngestMeters> declared =
                Arrays.stream(IngestMeters.values()).collect(Collectors.toMap(IngestMeters::id, Function.identity()));
        // This registry shows the buckets of a timer as gauges besides.
        List<Meter> meters = registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .toList();
        assertThat(meters)
                .extracting(meter -> meter.getId().getName())
                .containsAll(declared.keySet())
                .allMatch(declared::containsKey);
        for (Meter meter : meters) {
            IngestMeters as = declared.get(meter.getId().getName());
            assertThat(meter.getId().getDescription()).isEqualTo(as.description());
            assertThat(meter.getId().getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(as.tags());
        }
        assertThat(registry.get("fengsui.ingest.unknown.fields")
                        .tag("feed", "gateway")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
