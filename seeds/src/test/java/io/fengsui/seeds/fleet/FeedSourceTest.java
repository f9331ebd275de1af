package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.scenario.Fault;
import io.fengsui.seeds.scenario.FeedPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fleet expects of its messages, against the decoders that judge them. */
class FeedSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final SeedSet SEEDS = SeedSet.load(KunshanFiles.DIRECTORY);
    private static final int MESSAGES = 3_000;

    /** What only an alarm says. */
    private static final Map<Feed<?>, String> ALARMS = Map.of(
            Feeds.VIDEO_STATUS, "\"state\":\"(OFF|VIDEO_LOST|DEFECT)\"",
            Feeds.DUST_SENSOR, "hopperTemperatureCelsius\":7[0-9]|hydrogenPercentLel\":5[0-9]",
            Feeds.BEIDOU_REPORT, "\"severity\":\"I{1,3}\"",
            Feeds.ELEVATOR_119, "ENTRAPMENT",
            Feeds.GATEWAY, "DOWN");

    private final Decoders decoders = Decoders.standard();
    private final Expectations expectations = new Expectations("run", true);

    static Stream<Feed<?>> feeds() {
        return Feeds.all().stream();
    }

    @ParameterizedTest
    @MethodSource("feeds")
    <T extends SpecificRecord> void shouldExpectOfEachMessageWhatItsDecoderDoes(Feed<T> feed) {
        Map<String, Emission> emissions = new HashMap<>();
        FeedSource source = source(feed, 0.05);
        for (int i = 0; i < MESSAGES; i++) {
            Emission emission = source.next(device -> true, NOW).orElseThrow();
            expectations.published(emission.message().number());
            emissions.put(emission.message().messageId(), emission);
        }

        List<Expectation> all = new ArrayList<>();
        expectations.forEach(all::add);
        assertThat(all).hasSize(emissions.size());
        for (Expectation expectation : all) {
            String messageId =
                    expectation.eventId().substring(expectation.eventId().lastIndexOf('/') + 1);
            check(feed, emissions.get(messageId), expectation);
        }
    }

    private <T extends SpecificRecord> void check(Feed<T> feed, Emission emission, Expectation expectation) {
        byte[] payload = emission.message().payload().bytes();
        String[] levels = emission.message().topic().split("/");
        Device device = SEEDS.devices().get(levels[4]);
        Rejection expected = expectation.reason();
        if (expected == Rejection.UNKNOWN_DEVICE) {
            assertThat(device).isNull();
        } else if (expected == Rejection.WRONG_VENDOR) {
            assertThat(device.getVendor()).isNotEqualTo(levels[2]);
            assertThat(device.getFeed()).isEqualTo(feed.id());
        } else if (expected == Rejection.WRONG_FEED) {
            assertThat(device.getVendor()).isEqualTo(levels[2]);
            assertThat(device.getFeed()).isNotEqualTo(feed.id());
        } else if (expected == Rejection.EMPTY) {
            assertThat(payload).isEmpty();
        } else if (expected == Rejection.OVERSIZED) {
            assertThat(payload.length).isBetween(64 * 1024 + 1, 66 * 1024);
        } else {
            Report report = new Report(
                    feed,
                    levels[2],
                    levels[4],
                    device.getType(),
                    emission.message().topic(),
                    emission.message().messageId(),
                    false,
                    NOW,
                    "test",
                    new Body(payload));
            decode(feed, emission, report, expectation);
        }
    }

    private <T extends SpecificRecord> void decode(
            Feed<T> feed, Emission emission, Report report, Expectation expectation) {
        String contentType = emission.message().payload().contentType();
        if (expectation.reason() != null) {
            DecodeException refused =
                    catchThrowableOfType(DecodeException.class, () -> decoders.decode(feed, contentType, report));
            assertThat(refused)
                    .as(
                            "%s must be refused as %s",
                            new String(report.payload(), StandardCharsets.UTF_8), expectation.reason())
                    .isNotNull();
            assertThat(refused.reason()).isEqualTo(expectation.reason());
            return;
        }
        List<T> events = decoders.decode(feed, contentType, report);
        assertThat(events).hasSize(1);
        EventHeader header = feed.header(events.get(0));
        assertThat(header.getEventId()).isEqualTo(expectation.eventId());
        assertThat(header.getLate()).isEqualTo(expectation.late());
        assertThat(Realm.of(header.getStatus())).isEqualTo(expectation.realm());
        assertThat(header.getStatus()).isIn(EventStatus.ACTUAL, EventStatus.EXERCISE, EventStatus.TEST);
        assertThat(header.getSource().getUnknownFields()).isZero();
    }

    @Test
    void shouldKeepSharesExactly() {
        FeedSource source = source(Feeds.DUST_SENSOR, 0.01);
        Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);
        for (int i = 0; i < 10_000; i++) {
            counts.merge(source.next(d -> true, NOW).orElseThrow().kind(), 1, Integer::sum);
        }

        assertThat(counts.get(EventKind.MALFORMED)).isBetween(99, 101);
        assertThat(counts.get(EventKind.DUPLICATE)).isBetween(98, 101);
        assertThat(counts.get(EventKind.LATE)).isBetween(99, 101);
        assertThat(counts.get(EventKind.ALARM)).isBetween(170, 210);
    }

    @Test
    void shouldSayNothingWhenNoDeviceCanSpeak() {
        FeedSource source = source(Feeds.VIDEO_STATUS, 0);

        assertThat(source.next(device -> false, NOW)).isEmpty();
    }

    static Stream<Feed<?>> feedsWithAClassOfTheirOwn() {
        return ALARMS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("feedsWithAClassOfTheirOwn")
    void shouldPlayAlarmsInAnExerciseAndTellTestsFromIt(Feed<?> feed) {
        FeedSource source = source(feed, Map.of(Fault.EXERCISE, 1.0));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Emission emission = source.next(d -> true, NOW).orElseThrow();
            assertThat(emission.kind()).isEqualTo(EventKind.EXERCISE);
            texts.add(new String(emission.message().payload().bytes(), StandardCharsets.UTF_8));
        }

        assertThat(texts).allMatch(text -> text.contains("EXERCISE") != text.contains("\"TEST\""));
        assertThat(texts).filteredOn(text -> text.contains("\"TEST\"")).hasSize(12);
        assertThat(texts)
                .anyMatch(
                        text -> Pattern.compile(ALARMS.get(feed)).matcher(text).find());
    }

    @Test
    void shouldLetNoStraySpeakThatCannot() {
        FeedSource source = source(Feeds.VIDEO_STATUS, Map.of(Fault.UNROUTED, 1.0));

        assertThat(source.next(device -> device.getSiteId() != null, NOW))
                .hasValueSatisfying(emission -> assertThat(emission.kind()).isNotEqualTo(EventKind.UNROUTED));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EXERCISE", "LATE", "UNROUTED"})
    void shouldRepeatWhatIsNotOrdinaryToo(Fault fault) {
        FeedSource source = source(Feeds.VIDEO_STATUS, Map.of(fault, 0.5, Fault.DUPLICATE, 0.5));
        Map<Integer, EventKind> kinds = new HashMap<>();
        List<EventKind> repeated = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Emission emission = source.next(d -> true, NOW).orElseThrow();
            if (emission.kind() == EventKind.DUPLICATE) {
                repeated.add(kinds.get(emission.message().number()));
            } else {
                kinds.put(emission.message().number(), emission.kind());
            }
        }

        assertThat(repeated).contains(EventKind.of(fault));
    }

    private FeedSource source(Feed<?> feed, double share) {
        Map<Fault, Double> faults = new EnumMap<>(Fault.class);
        Stream.of(Fault.values()).forEach(fault -> faults.put(fault, share));
        return source(feed, faults);
    }

    private FeedSource source(Feed<?> feed, Map<Fault, Double> faults) {
        FeedPlan plan = new FeedPlan(feed, OptionalInt.empty(), 1, 0.02, 0.4, faults);
        List<Device> devices = SEEDS.devices().values().stream()
                .filter(d -> d.getFeed().equals(feed.id())
                        && (d.getSiteId() != null || d.getUnitId() != null || feed.namesDivision()))
                .toList();
        List<Device> strays = SEEDS.devices().values().stream()
                .filter(d -> d.getFeed().equals(feed.id()) && d.getSiteId() == null && d.getUnitId() == null)
                .toList();
        return new FeedSource(plan, SEEDS, devices, strays, new Random(1), expectations, "演练", "r");
    }
}
