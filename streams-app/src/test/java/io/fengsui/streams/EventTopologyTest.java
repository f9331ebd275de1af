package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.DustSensor;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routing, duplicates, dead letters and the ledger. */
class EventTopologyTest {
    private static final Pattern TOPICS = Pattern.compile("topics: \\[(.*?)]");

    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLookAsAgreed(Lane lane) throws IOException {
        String golden = Files.readString(Path.of("src/test/resources/topology-" + lane.id() + ".txt"));

        String described = bed.describe(lane);
        assertThat(TOPICS.matcher(described).replaceFirst("topics: [{topics}]")).isEqualTo(golden);

        Set<String> topics = new HashSet<>(
                Set.of("ingest.pulse", "rule.occurrence." + lane.id(), "drill.rule.occurrence." + lane.id()));
        for (Feed<?> feed : Feeds.of(lane)) {
            topics.addAll(Set.of("feed." + feed.id(), "drill.feed." + feed.id()));
        }
        if (lane == Lane.TELEMETRY) {
            Topics.allDeadLetters().forEach(topic -> topics.add(topic.name()));
        }
        Matcher sources = TOPICS.matcher(described);
        assertThat(sources.find()).isTrue();
        assertThat(sources.group(1).split(", ")).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(sources.find()).as("a second source").isFalse();
    }

    @Test
    void shouldSendVideoOfAMajorHazardSourceToItsTownshipOnly() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, event);

        VideoStatus routed = bed.decode(
                Topics.township(Realm.LIVE, "zhangpu", Feeds.VIDEO_STATUS),
                bed.raw("township.zhangpu.video-status").get(0));
        assertThat(routed.getHeader()).isEqualTo(event.getHeader());
        assertThat(routed.getPlace().getUnitIds()).containsExactly("zhangpu");
        assertThat(routed.getPlace().getSiteName()).isEqualTo("场所 tank-farm");
        assertThat(routed.getPlace().getGatewayId()).isEqualTo("gw-1");
        assertThat(bed.raw("city.work-safety.video-status")).isEmpty();
        assertThat(bed.unrouted()).isEmpty();
    }

    @Test
    void shouldSendVideoOfADustEnterpriseToTheCityAndItsTownship() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-2", VideoState.ON).build());

        assertThat(bed.events("city.work-safety.video-status")).containsExactly("acme/cam-2/m-1");
        assertThat(bed.events("township.bacheng.video-status")).containsExactly("acme/cam-2/m-1");
    }

    @Test
    void shouldSendABeidouReportToTheTerminalsUnitAndCivilAffairs() {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, Severity.IV).build());

        assertThat(bed.events("township.sample-area-north.beidou-report")).hasSize(1);
        assertThat(bed.events("city.civil-affairs.beidou-report")).hasSize(1);
    }

    @Test
    void shouldSendALiftOrderToBothTownshipsAndBothDepartments() {
        bed.send(
                Feeds.ELEVATOR_119,
                events.lift("W1", ElevatorOrderState.RECEIVED).build());

        assertThat(bed.events("township.zhangpu.elevator-119")).hasSize(1);
        assertThat(bed.events("township.bacheng.elevator-119")).hasSize(1);
        assertThat(bed.events("city.market-regulation.elevator-119")).hasSize(1);
        assertThat(bed.events("city.fire.elevator-119")).hasSize(1);
    }

    @Test
    void shouldKeepAnExerciseApartEvenIfItComesInOnALiveTopic() {
        VideoStatus drill = events.video("cam-1", VideoState.OFF).build();
        EventHeader header = Events.change(drill.getHeader())
                .setStatus(EventStatus.EXERCISE)
                .setExercise("烽火2026")
                .build();
        drill = VideoStatus.newBuilder(drill).setHeader(header).build();
        bed.sendBytes("feed.video-status", "cam-1", bed.encode("feed.video-status", drill));

        assertThat(bed.events("drill.township.zhangpu.video-status")).hasSize(1);
        assertThat(bed.raw("township.zhangpu.video-status")).isEmpty();
        assertThat(bed.alerts()).isEmpty();
        assertThat(bed.read(Topics.alertSignal(Realm.DRILL))).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("video-offline@cam-1");
            assertThat(signal.getExercise()).isEqualTo("烽火2026");
        });
    }

    @Test
    void shouldDropARepeatedMessageAndCountIt() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, event);
        bed.send(Feeds.VIDEO_STATUS, event);

        assertThat(bed.events("township.zhangpu.video-status")).hasSize(1);
        assertThat(account("video-status", "LIVE").getDuplicates()).isEqualTo(1);
    }

    @Test
    void shouldRouteEqualReportsWithoutAStableIdUnlessTheBrokerRedelivered() {
        bed.send(Feeds.VIDEO_STATUS, unstable("h-00000000000000000000000000000001-18f", false));
        bed.send(Feeds.VIDEO_STATUS, unstable("h-00000000000000000000000000000001-190", false));
        bed.send(Feeds.VIDEO_STATUS, unstable("h-00000000000000000000000000000001-191", true));
        bed.send(Feeds.VIDEO_STATUS, unstable("h-00000000000000000000000000000002-192", true));

        assertThat(bed.events("township.zhangpu.video-status"))
                .containsExactly(
                        "acme/cam-1/h-00000000000000000000000000000001-18f",
                        "acme/cam-1/h-00000000000000000000000000000001-190",
                        "acme/cam-1/h-00000000000000000000000000000002-192");
    }

    @Test
    void shouldSayWhyAnEventHasNoReader() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-9", VideoState.ON).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-3", VideoState.ON).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-4", VideoState.ON).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-5", VideoState.ON).build());
        DustSensor unplaced = events.dust("dust-2", 20.0).build();
        bed.send(Feeds.DUST_SENSOR, unplaced);
        bed.topics.remove("township.zhangpu.video-status");
        VideoStatus missing = events.video("cam-1", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, missing);

        assertThat(bed.unrouted())
                .extracting(Unrouted::getReason)
                .containsExactly(
                        "UNKNOWN_DEVICE_AT_ROUTING",
                        "UNKNOWN_SITE",
                        "UNKNOWN_SITE",
                        "NO_ROUTE",
                        "NO_UNIT",
                        "MISSING_TOPIC");
        assertThat(account("video-status", "LIVE").getUnrouted()).isEqualTo(5);
    }

    @Test
    void shouldServeTheReadersThereAreAndKeepACopyForTheOneThatIsMissed() {
        bed.topics.remove("township.bacheng.video-status");
        VideoStatus event = events.video("cam-2", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, event);

        assertThat(bed.events("city.work-safety.video-status")).hasSize(1);
        assertThat(bed.unrouted()).singleElement().satisfies(unrouted -> {
            assertThat(unrouted.getDetail()).isEqualTo("MISSING_TOPIC: township.bacheng.video-status");
            assertThat(unrouted.getRecord()).isEqualTo(ByteBuffer.wrap(bed.encode("feed.video-status", event)));
        });
        Account account = account("video-status", "LIVE");
        assertThat(account.getRouted()).isEqualTo(1);
        assertThat(account.getUnrouted()).isZero();
    }

    @Test
    void shouldCountAnEventAsRoutedWhenItsRouteNamesNobody() {
        bed.send(Feeds.GATEWAY, events.gateway(io.fengsui.event.GatewayState.UP).build());

        assertThat(bed.unrouted()).isEmpty();
        assertThat(account("gateway", "LIVE").getRouted()).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatCannotBeReadWithItsReasonAndBytes() {
        byte[] garbage = {9, 9, 9};
        byte[] foreign =
                bed.encode("feed.dust-sensor", events.dust("cam-1", 20.0).build());
        byte[] unknownId = {0, 0, 0, 1, 44, 1};
        byte[] good = bed.encode(
                "feed.video-status", events.video("cam-1", VideoState.ON).build());
        byte[] truncated = java.util.Arrays.copyOf(good, good.length - 3);

        bed.sendBytes("feed.video-status", "cam-1", null);
        bed.sendBytes("feed.video-status", "cam-1", garbage);
        bed.sendBytes("feed.video-status", "cam-1", foreign);
        bed.sendBytes("feed.video-status", "cam-1", unknownId);
        bed.sendBytes("feed.video-status", "cam-1", truncated);
        bed.sendBytes("feed.video-status", "cam-2", good);
        bed.sendBytes("feed.video-status", null, good);
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());

        assertThat(bed.events("township.zhangpu.video-status")).hasSize(1);
        assertThat(bed.deadLetters())
                .allSatisfy(letter -> {
                    assertThat(letter.getStage()).isEqualTo(DeadLetterStage.STREAMS);
                    assertThat(letter.getKafkaTopic()).isEqualTo("feed.video-status");
                    assertThat(letter.getFeed()).isEqualTo("video-status");
                })
                .extracting(DeadLetter::getReason)
                .containsExactly(
                        "NULL_VALUE",
                        "NOT_AVRO",
                        "NOT_AVRO",
                        "UNKNOWN_SCHEMA_ID",
                        "NOT_AVRO",
                        "KEY_MISMATCH",
                        "KEY_MISMATCH");
    }

    @Test
    void shouldKeepTheOriginalBytesOfADeadLetter() {
        bed.sendBytes("feed.video-status", "cam-1", new byte[] {7, 8});

        assertThat(bed.deadLetters())
                .singleElement()
                .extracting(DeadLetter::getPayload)
                .isEqualTo(ByteBuffer.wrap(new byte[] {7, 8}));
    }

    @Test
    void shouldBalanceTheLedger() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, event);
        bed.send(Feeds.VIDEO_STATUS, event);
        bed.send(Feeds.VIDEO_STATUS, late(events.video("cam-1", VideoState.ON).build()));
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-9", VideoState.ON).build());
        bed.sendBytes("feed.video-status", "cam-1", null);
        bed.bridgeDeadLetter(Feeds.VIDEO_STATUS, "NOT_JSON");
        bed.bridgeDeadLetter(null, "BAD_TOPIC");

        Map<String, Account> ledger = bed.ledger();
        assertThat(ledger)
                .containsKeys(
                        "telemetry|0|video-status|2026-11-23T00:00:00Z|LIVE",
                        "telemetry|0|unknown|2026-11-23T00:00:00Z|LIVE");
        Account video = ledger.get("telemetry|0|video-status|2026-11-23T00:00:00Z|LIVE");
        assertThat(video.getRouted()).isEqualTo(2);
        assertThat(video.getLate()).isEqualTo(1);
        assertThat(video.getDuplicates()).isEqualTo(1);
        assertThat(video.getUnrouted()).isEqualTo(1);
        assertThat(video.getDeadLettered()).isEqualTo(2);
        assertThat(video.getReasons()).isEqualTo(Map.of("NOT_JSON", 1L, "NULL_VALUE", 1L));
        assertThat(ledger.get("telemetry|0|unknown|2026-11-23T00:00:00Z|LIVE").getReasons())
                .isEqualTo(Map.of("BAD_TOPIC", 1L));
    }

    @Test
    void shouldOpenANewAccountEachHour() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        bed.ledger();
        bed.pass(Duration.ofHours(1));
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());

        assertThat(bed.ledger()
                        .get("telemetry|0|video-status|2026-11-23T01:00:00Z|LIVE")
                        .getRouted())
                .isEqualTo(1);
    }

    /** A dead letter stays one in the hour of its arrival; its replay is an event accepted in the hour of the replay. */
    @Test
    void shouldCountAReplayedMessageInTheHourOfItsReplay() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        bed.bridgeDeadLetter(Feeds.VIDEO_STATUS, "UNKNOWN_DEVICE");
        Account refused = account("video-status", "LIVE");
        bed.pass(Duration.ofHours(1));
        bed.send(Feeds.VIDEO_STATUS, event);
        Account replayed = bed.ledger().get("telemetry|0|video-status|2026-11-23T01:00:00Z|LIVE");

        assertThat(refused.getDeadLettered()).isEqualTo(1);
        assertThat(refused.getRouted()).isZero();
        assertThat(replayed.getDeadLettered()).isZero();
        assertThat(replayed.getRouted()).isEqualTo(1);
    }

    @Test
    void shouldTakeARecordWithoutTime() {
        assertThat(EventTopology.time(new ConsumerRecord<>("feed.video-status", 0, 7, "cam-1", new byte[0])))
                .isZero();
    }

    @Test
    void shouldOpenOnlyAccountsOfFeedsThatALaneReads() {
        assertThat(bed.ledger().keySet())
                .contains(
                        "life-safety|0|elevator-119|2026-11-23T00:00:00Z|LIVE",
                        "telemetry|0|gateway|2026-11-23T00:00:00Z|LIVE")
                .hasSize(Feeds.all().size());
    }

    @Test
    void shouldKeepAnUnreadablePulseOnceThoughBothLanesReadIt() {
        bed.sendBytes("ingest.pulse", "fengsui-bridge-0", new byte[] {9});

        assertThat(bed.deadLetters())
                .singleElement()
                .extracting(DeadLetter::getKafkaTopic)
                .isEqualTo("ingest.pulse");
        assertThat(bed.ledger()
                        .get("telemetry|0|unknown|2026-11-23T00:00:00Z|LIVE")
                        .getDeadLettered())
                .isEqualTo(1);
    }

    @Test
    void shouldCutAForeignRecordSoThatItsDeadLetterFits() {
        byte[] foreign = new byte[2 * 1024 * 1024 - 100];
        foreign[foreign.length - 1] = 1;
        bed.sendBytes("feed.video-status", "cam-1", foreign);
        bed.sendBytes("feed.dead-letter", "x", foreign);

        assertThat(bed.raw("feed.dead-letter")).hasSize(2).allSatisfy(letter -> assertThat(letter)
                .hasSizeLessThan(1024 * 1024));
    }

    @Test
    void shouldNotRouteARecordSoLargeThatWhatIsMadeOfItMightNotFit() {
        VideoStatus huge = events.video("cam-1", VideoState.ON)
                .setCause("x".repeat(1_100_000))
                .build();
        bed.send(Feeds.VIDEO_STATUS, huge);

        assertThat(bed.raw("township.zhangpu.video-status")).isEmpty();
        assertThat(bed.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo("OVERSIZED");
            assertThat(letter.getDetail()).startsWith("(first 1000000 of 1100");
            assertThat(letter.getPayload().remaining()).isEqualTo(1_000_000);
        });
        assertThat(account("video-status", "LIVE").getDeadLettered()).isEqualTo(1);
    }

    private Account account(String feed, String realm) {
        return bed.ledger().get("telemetry|0|" + feed + "|2026-11-23T00:00:00Z|" + realm);
    }

    private VideoStatus unstable(String messageId, boolean redelivered) {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        EventSource source = EventSource.newBuilder(event.getHeader().getSource())
                .setStableId(false)
                .setRedelivered(redelivered)
                .build();
        EventHeader header = Events.change(event.getHeader())
                .setEventId("acme/cam-1/" + messageId)
                .setSource(source)
                .build();
        return VideoStatus.newBuilder(event).setHeader(header).build();
    }

    private static VideoStatus late(VideoStatus event) {
        EventHeader header = Events.change(event.getHeader())
                .setLate(true)
                .setEventTime(event.getHeader().getEventTime().minus(Duration.ofHours(3)))
                .build();
        return VideoStatus.newBuilder(event).setHeader(header).build();
    }
}
