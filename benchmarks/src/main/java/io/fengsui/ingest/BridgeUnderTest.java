package io.fengsui.ingest;

import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.kafka.RecordSink;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.PahoMqttSource;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.platform.Settings;
import io.fengsui.reference.Device;
import io.fengsui.reference.Factor;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feeds;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A bridge as it runs, between a message that has come and a sink; with meters as they are scraped. */
final class BridgeUnderTest {
    static final Instant NOW = Instant.parse("2026-11-23T00:00:30Z");

    private static final VendorFactors FACTORS = VendorFactors.newBuilder()
            .setVendor("acme")
            .setFactors(List.of(
                    factor("t1", "hopperTemperatureCelsius"),
                    factor("v1", "airVelocityMetresPerSecond"),
                    factor("fan", "fanRunning"),
                    factor("p1", "differentialPressurePascals")))
            .build();

    private final Slot slot;
    private final Bridge bridge;
    private int acknowledged;

    private final InboundMessage.Settlement settlement = new InboundMessage.Settlement() {
        @Override
        public void done(Runnable then) {
            acknowledged++;
            then.run();
        }

        @Override
        public void failed(String why) {
            throw new IllegalStateException(why);
        }
    };

    BridgeUnderTest(Sample sample, RecordSink sink) {
        InstantSource clock = InstantSource.fixed(NOW);
        IngestConfig config = IngestConfig.of(Settings.empty());
        slot = config.slots().all().stream()
                .filter(candidate -> candidate.lane() == sample.feed().lane())
                .findFirst()
                .orElseThrow();
        Map<String, Device> devices = Arrays.stream(Sample.values())
                .map(BridgeUnderTest::device)
                .collect(Collectors.toMap(Device::getDeviceId, Function.identity(), (one, same) -> one));
        IngestMetrics metrics = new IngestMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Handover handover = new Handover(config.bridgeId(), config.slots(), (of, standing) -> {}, () -> true, clock);
        handover.hold(slot);
        MqttSource never = new PahoMqttSource(
                slot, config.mqtt(), () -> MqttSource.Gate.OPEN, clock, RandomGenerator.getDefault());
        bridge = new Bridge(
                config.slots(),
                slot,
                handover,
                new DeviceRegistry(id -> Optional.ofNullable(devices.get(id)), new Keepers(Feeds.all())),
                new PendingParts(Decoders.standard(vendor -> Optional.of(FACTORS)), config.partialTimeout()),
                sink,
                new RejectionNotices(never, Duration.ofSeconds(1), clock, metrics),
                metrics,
                clock);
    }

    private static Device device(Sample sample) {
        return Device.newBuilder()
                .setDeviceId(sample.deviceId())
                .setVendor("acme")
                .setFeed(sample.feed().id())
                .setType(sample.feed().equals(Feeds.VIDEO_STATUS) ? "camera" : "other")
                .setName(sample.name())
                .build();
    }

    private static Factor factor(String code, String field) {
        return Factor.newBuilder().setCode(code).setField(field).build();
    }

    /** Messages acknowledged so far. */
    int acknowledged() {
        return acknowledged;
    }

    /** Handles a message that has just come. */
    void take(Sample sample, String topic) {
        bridge.accept(new InboundMessage(topic, sample.payload(), null, null, false, false, NOW, settlement));
    }
}
