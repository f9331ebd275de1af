package io.fengsui.standalone.bench.throughput;

import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleCompiler;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dust collectors of the city's enterprises, whose feed has as many rules as are wanted: the shipped ones and more. */
final class Collectors {
    static final Feed<DustSensor> FEED = Feeds.DUST_SENSOR;

    private static final String VENDOR = "dust-one";
    private static final String RULE_START = "\n  - id: ";

    private final int count;
    private final ReferenceView reference;
    private final RuleBook rules = new RuleBook(feed -> {
        throw new IllegalStateException("the rules of " + feed + " do not compile");
    });

    /** @param ruleCount rules of the feed, at least as many as are shipped */
    Collectors(SeedSet seeds, int count, int ruleCount) {
        this.count = count;
        List<Site> sites = seeds.sites().values().stream()
                .filter(s -> s.getKind() == SiteKind.DUST_EXPLOSION)
                .toList();
        this.reference = ReferenceView.of(
                seeds.units().values(),
                seeds.sites().values(),
                List.of(),
                seeds.routes().values(),
                seeds.parameters().values());
        for (int i = 0; i < count; i++) {
            reference.putDevice(id(i), device(i, sites.get(i % sites.size()).getSiteId()));
        }
        for (Map.Entry<String, RuleFile> file : seeds.rules().entrySet()) {
            boolean ours = file.getKey().equals(FEED.id());
            rules.accept(file.getKey(), ours ? withMore(file.getValue(), ruleCount) : file.getValue());
        }
    }

    ReferenceView reference() {
        return reference;
    }

    RuleBook rules() {
        return rules;
    }

    /** Rules that look at each record. */
    int ruleCount() {
        return Objects.requireNonNull(rules.of(FEED.id())).rules().size();
    }

    static String id(int number) {
        return String.format(Locale.ROOT, "dc-%06d-1", number);
    }

    /** The n-th record; the collectors take turns. */
    DustSensor record(long n, Instant receivedAt) {
        int number = (int) (n % count);
        String id = id(number);
        return DustSensor.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId(VENDOR + "/" + id + "/" + n)
                        .setVendor(VENDOR)
                        .setDeviceId(id)
                        .setEventTime(receivedAt.minusMillis(40))
                        .setReceivedAt(receivedAt)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/" + VENDOR + "/" + FEED.id() + "/" + id)
                                .setFormat("json")
                                .setBridge("fengsui-bridge-telemetry")
                                .build())
                        .build())
                .setCollector(CollectorKind.DRY)
                .setFanRunning(true)
                .setHopperTemperatureCelsius(30.0 + number % 10)
                .setInletTemperatureCelsius(28.5)
                .setOutletTemperatureCelsius(27.25)
                .setDifferentialPressurePascals(900.0 + n % 100)
                .setCleaningPressureMegapascals(0.5)
                .setAirVelocityMetresPerSecond(23.0)
                .setDustGramsPerCubicMetre(0.8)
                .setSparkDetected(false)
                .setDischargeLockFault(false)
                .build();
    }

    private static Device device(int number, @Nullable String siteId) {
        return Device.newBuilder()
                .setDeviceId(id(number))
                .setVendor(VENDOR)
                .setFeed(FEED.id())
                .setType("dry-collector")
                .setName("样例除尘器-" + number)
                .setSiteId(siteId)
                .setGatewayId("gw-dust-one-1")
                .setHeartbeatSeconds(60)
                .build();
    }

    private static RuleFile withMore(RuleFile shipped, int ruleCount) {
        StringBuilder yaml = new StringBuilder(shipped.getYaml().stripTrailing());
        int present = shipped.getYaml().split(RULE_START, -1).length - 1;
        for (int i = present; i < ruleCount; i++) {
            yaml.append(RULE_START).append(threshold(i));
        }
        String text = yaml.append('\n').toString();
        return new RuleFile(shipped.getFeed(), shipped.getFile(), RuleCompiler.version(text), text, null);
    }

    /** A rule like the shipped ones, on fields in turn, that no record of ours meets. */
    private static String threshold(int number) {
        List<String> fields = List.of(
                "inletTemperatureCelsius",
                "outletTemperatureCelsius",
                "airVelocityMetresPerSecond",
                "cleaningPressureMegapascals");
        String field = "event." + fields.get(number % fields.size());
        int level = 500 + number;
        return "bench-" + number + "\n"
                + "    title: {zh: 测试 " + number + ", en: Benchmark " + number + "}\n"
                + "    severity: IV\n"
                + "    when: " + field + " >= " + level + ".0 && event.fanRunning\n"
                + "    clear: " + field + " < " + (level - 5) + ".0\n"
                + "    explanation: {zh: '{device.name} {" + field + "}', en: '{device.name} {" + field + "}'}\n"
                + "    runbook: {zh: 测试。, en: A benchmark.}";
    }
}
