package io.fengsui.benchmarks.streams;

import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** The shipped city and rules, and an event of each feed that most messages are of, as on a quiet day. */
record Sample(SeedSet seeds, ReferenceView reference, RuleBook rules, Feed<?> feed, Device device) {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    static Sample of(String feedId) {
        SeedSet seeds = SeedSet.load(seedDirectory());
        ReferenceView reference = ReferenceView.of(
                seeds.units().values(),
                seeds.sites().values(),
                seeds.devices().values(),
                seeds.routes().values(),
                seeds.parameters().values());
        RuleBook rules = new RuleBook(feed -> {
            throw new IllegalStateException("the rules of " + feed + " do not compile");
        });
        seeds.rules().forEach(rules::accept);
        Feed<?> feed = Feeds.byId(feedId).orElseThrow();
        Device device = seeds.devices().values().stream()
                .filter(d -> d.getFeed().equals(feedId) && d.getSiteId() != null)
                .findFirst()
                .orElseThrow();
        return new Sample(seeds, reference, rules, feed, device);
    }

    private static Path seedDirectory() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path seeds = folder.resolve("seeds").resolve("data").resolve("kunshan");
            if (Files.isDirectory(seeds)) {
                return seeds;
            }
        }
        throw new IllegalStateException("Run the benchmarks from the checkout: there is no seeds/data above");
    }

    EventHeader header(long number, Instant at) {
        return EventHeader.newBuilder()
                .setEventId(device.getVendor() + "/" + device.getDeviceId() + "/" + number)
                .setVendor(device.getVendor())
                .setDeviceId(device.getDeviceId())
                .setEventTime(at.minusMillis(40))
                .setReceivedAt(at)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("fengsui/v1/" + device.getVendor() + "/" + feed.id() + "/" + device.getDeviceId())
                        .setFormat("json")
                        .setBridge("fengsui-bridge-telemetry")
                        .build())
                .build();
    }

    /** The n-th heartbeat of the device. */
    SpecificRecord event(long number, Instant at) {
        EventHeader header = header(number, at);
        if (feed.equals(Feeds.VIDEO_STATUS)) {
            return VideoStatus.newBuilder()
                    .setHeader(header)
                    .setKind(VideoReportKind.KEEPALIVE)
                    .setState(VideoState.ON)
                    .build();
        }
        return DustSensor.newBuilder()
                .setHeader(header)
                .setCollector(CollectorKind.DRY)
                .setFanRunning(true)
                .setHopperTemperatureCelsius(31.5)
                .setInletTemperatureCelsius(28.5)
                .setOutletTemperatureCelsius(27.25)
                .setDifferentialPressurePascals(950.0)
                .setCleaningPressureMegapascals(0.5)
                .setAirVelocityMetresPerSecond(23.0)
                .setDustGramsPerCubicMetre(0.8)
                .setSparkDetected(false)
                .setDischargeLockFault(false)
                .build();
    }
}
