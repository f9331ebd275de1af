package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.kafka.InMemoryRecordSink;
import io.fengsui.ingest.kafka.InMemoryRecordSink.Sent;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.InMemoryBroker;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both lanes between an in-memory broker and an in-memory Kafka. */
class BridgeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:30Z");
    private static final String DUST = "fengsui/v1/acme/dust-sensor/d-1";
    private static final String BEIDOU = "fengsui/v1/acme/beidou-report/b-1";
    private static final String VIDEO = "fengsui/v1/acme/video-status/32058300001320000001";
    private static final Slots SLOTS = Slots.of("bridge", List.of());
    private static final String MARKS = "fengsui/v1/bridge/rejected/";
    private static final String NVR = "32058300001180000001";
    private static final String SENTENCE = "$BDTXR,1,0312345,2,,A4BDD3CBAEB7BAB5CC*45\r\n";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final InMemoryBroker broker = new InMemoryBroker(clock::get);
    private final InMemoryRecordSink kafka = new InMemoryRecordSink();
    private final Map<String, Device> devices = new HashMap<>();
    private final InMemorySlots kafkaSlots = new InMemorySlots();
    private final AtomicInteger sessions = new AtomicInteger();
    private Handover handover;
    private final Map<Lane, InMemoryBroker.Source> sources = new HashMap<>();
    private final Map<Lane, Bridge> bridges = new HashMap<>();

    @BeforeEach
    void startBothLanes() {
        for (Device device : List.of(
                Devices.of("acme", "dust-sensor", "d-1"),
                Devices.of("acme", "dust-sensor", "d-2"),
                Devices.of("acme", "beidou-report", "b-1"),
                Devices.of("acme", "video-status", "32058300001320000001"),
                Device.newBuilder(Devices.of("acme", "video-status", NVR))
                        .setType("nvr")
                        .build())) {
            devices.put(device.getDeviceId(), device);
        }
        InMemorySlots.Board board = kafkaSlots.board();
        handover = new Handover("bridge", SLOTS, board, () -> true, clock::get);
        board.hearAll(handover);
        Keepers keepers = new Keepers(Feeds.all());
        devices.forEach(keepers);
        DeviceRegistry registry = new DeviceRegistry(id -> Optional.ofNullable(devices.get(id)), keepers);
        IngestMetrics metrics = new IngestMetrics(meters);
        PendingParts parts = new PendingParts(Decoders.standard(), Duration.ofSeconds(10));
        for (Slot slot : SLOTS.all()) {
            kafkaSlots.give(slot, this);
            handover.hold(slot);
            Tenure tenure = new Tenure(
                    slot,
                    kafkaSlots.note(slot),
                    note -> kafkaSlots.confirm(slot, this, note),
                    kafka,
                    () -> {},
                    handover,
                    () -> "session-" + sessions.incrementAndGet());
            InMemoryBroker.Source source = broker.source(slot, 1_000, tenure);
            sources.put(slot.lane(), source);
            Bridge bridge = new Bridge(
                    SLOTS,
                    slot,
                    handover,
                    registry,
                    parts,
                    kafka,
                    new RejectionNotices(source, Duration.ofSeconds(1), clock::get, metrics),
                    metrics,
                    clock::get);
            bridges.put(slot.lane(), bridge);
            source.start(bridge);
        }
        settle();
    }

    /** Nothing is left to do: no message, and no mark. */
    private void settle() {
        broker.settle();
        sendMarks();
        broker.settle();
    }

    private void sendMarks() {
        for (Handover.Mark mark : handover.due()) {
            var unused = sources.get(mark.slot().lane()).publish(mark.topic(), mark.payload(), Handover.Mark.TYPE);
        }
    }

    /** What vendors were told. */
    private List<InMemoryBroker.Published> notices() {
        return broker.published().stream()
                .filter(published -> !isMark(published))
                .toList();
    }

    /** Topics of what vendors published and the bridge acknowledged, in order. */
    private List<String> acknowledged() {
        return broker.acknowledged().stream()
                .filter(topic -> !topic.startsWith(MARKS))
                .toList();
    }

    private long marks() {
        return broker.published().stream().filter(BridgeTest::isMark).count();
    }

    private static boolean isMark(InMemoryBroker.Published published) {
        return published.topic().startsWith(MARKS);
    }

    @Test
    void shouldWriteAnEventUnderItsDeviceAndThenAcknowledge() {
        kafka.hold();
        publish(DUST, dust("m-1"));

        assertThat(broker.unacknowledged()).isEqualTo(1);
        kafka.complete(0, Outcome.WRITTEN);

        assertThat(broker.unacknowledged()).isZero();
        Sent sent = kafka.written().get(0);
        assertThat(sent.topic()).isEqualTo("feed.dust-sensor");
        assertThat(sent.key()).isEqualTo("d-1");
        DustSensor event = (DustSensor) sent.value();
        assertThat(event.getHeader().getEventId()).isEqualTo("acme/d-1/m-1");
        assertThat(event.getHeader().getSource().getMqttTopic()).isEqualTo(DUST);
        assertThat(event.getHeader().getSource().getBridge()).isEqualTo("bridge-telemetry");
        assertThat(count("accepted", "feed", "dust-sensor", "realm", "live")).isEqualTo(1);
        assertThat(count("acknowledged", "lane", "telemetry")).isEqualTo(1);
    }

    @Test
    void shouldAcknowledgeInOrderOfArrivalWhenKafkaAnswersOutOfOrder() {
        kafka.hold();
        publish(DUST, dust("m-1"));
        publish(DUST.replace("d-1", "d-2"), dust("m-2"));

        kafka.complete(1, Outcome.WRITTEN);
        assertThat(acknowledged()).isEmpty();
        kafka.complete(0, Outcome.WRITTEN);

        assertThat(acknowledged()).containsExactly(DUST, DUST.replace("d-1", "d-2"));
    }

    @Test
    void shouldGetAllAgainInOrderWhenKafkaFails() {
        kafka.hold();
        publish(DUST, dust("m-1"));
        publish(DUST, dust("m-2"));
        publish(DUST, dust("m-3"));
        kafka.fail("down");

        kafka.complete(0, Outcome.WRITTEN);
        kafka.complete(0, Outcome.UNAVAILABLE);
        settle();

        assertThat(sources.get(Lane.TELEMETRY).state().detail()).contains("down");
        assertThat(acknowledged()).hasSize(1);

        kafka.fail("");
        int before = kafka.waiting().size();
        settle();
        assertThat(kafka.waiting().subList(before, kafka.waiting().size()))
                .extracting(BridgeTest::idOf)
                .containsExactly("acme/d-1/m-2", "acme/d-1/m-3");
        DustSensor again = (DustSensor) kafka.waiting().get(before).value();
        assertThat(again.getHeader().getSource().getRedelivered()).isTrue();
    }

    @Test
    void shouldNotReadWhileKafkaIsDown() {
        kafka.fail("down");
        publish(DUST, dust("m-1"));
        settle();
        publish(DUST, dust("m-2"));

        assertThat(sources.get(Lane.TELEMETRY).isSubscribed()).isFalse();
        assertThat(kafka.written()).isEmpty();

        kafka.fail("");
        settle();

        assertThat(kafka.written()).extracting(BridgeTest::idOf).containsExactly("acme/d-1/m-1", "acme/d-1/m-2");
        assertThat(broker.unacknowledged()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fengsui/v1/acme/dust-sensor         | {}            | BAD_TOPIC          |",
                "fengsui/v2/acme/dust-sensor/d-1     | {}            | BAD_TOPIC          |",
                "fengsui                             | {}            | BAD_TOPIC          |",
                "fengsui/v1/acme/rejected/d-1        | {}            | BAD_TOPIC          |",
                "fengsui/v1/acme/rejected            | {}            | BAD_TOPIC          |",
                "fengsui/v1/acme/rejected/d-1/more   | {}            | BAD_TOPIC          |",
                "fengsui/v1/acme/police-119/d-1      | {}            | UNKNOWN_FEED       |",
                "fengsui/v1/acme/dust-sensor/d-1     | ''            | EMPTY              |",
                "fengsui/v1/acme/dust-sensor/d-9     | {}            | UNKNOWN_DEVICE     |",
                "fengsui/v1/rival/dust-sensor/d-1    | {}            | WRONG_VENDOR       |",
                "fengsui/v1/acme/video-status/d-1    | {}            | WRONG_FEED         |",
                "fengsui/v1/acme/dust-sensor/d-1     | {             | NOT_JSON           |",
                "fengsui/v1/acme/dust-sensor/d-1     | {}            | MISSING_FIELD      | time",
                "fengsui/v1/acme/dust-sensor/d-1     | <a/>          | UNSUPPORTED_FORMAT |",
                "fengsui/v1/acme/beidou-report/b-1   | $BDTXR,1*00   | BAD_CHECKSUM       | checksum"
            })
    void shouldKeepARefusedMessageThenAcknowledge(String topic, String payload, Rejection reason, String field) {
        kafka.hold();
        publish(topic, payload);

        assertThat(broker.unacknowledged()).isEqualTo(1);
        kafka.complete(0, Outcome.WRITTEN);
        settle();

        assertThat(broker.unacknowledged()).isZero();
        Sent sent = kafka.written().get(0);
        DeadLetter letter = (DeadLetter) sent.value();
        assertThat(sent.topic()).isEqualTo("feed.dead-letter");
        assertThat(letter.getReason()).isEqualTo(reason.name());
        assertThat(letter.getField()).isEqualTo(field);
        assertThat(UTF_8.decode(letter.getPayload()).toString()).isEqualTo(payload);
        assertThat(letter.getMqttTopic()).isEqualTo(topic);
        assertThat(letter.getStage()).isEqualTo(DeadLetterStage.INGEST);
        assertThat(letter.getReceivedAt()).isEqualTo(NOW);
        boolean shaped = reason != Rejection.BAD_TOPIC;
        assertThat(sent.key()).isEqualTo(shaped ? topic.split("/")[4] : topic);
        assertThat(letter.getVendor()).isEqualTo(shaped ? topic.split("/")[2] : null);
        assertThat(letter.getEventId() != null).isEqualTo(shaped);
        assertThat(letter.getFeed()).isEqualTo(shaped && reason != Rejection.UNKNOWN_FEED ? topic.split("/")[3] : null);
        assertThat(count("dead.lettered", "reason", reason.name())).isEqualTo(1);
        assertThat(notices()).hasSize(shaped ? 1 : 0);
    }

    @Test
    void shouldKeepAnOversizedMessageWithItsBytes() {
        byte[] payload = new byte[64 * 1024 + 1];
        broker.publish(DUST, payload);
        settle();

        DeadLetter letter = (DeadLetter) kafka.written().get(0).value();
        assertThat(letter.getReason()).isEqualTo("OVERSIZED");
        assertThat(letter.getPayload().remaining()).isEqualTo(payload.length);
    }

    @Test
    void shouldKeepAMessageOfWhichNoRecordCanBeMade() {
        kafka.cannotWrite(sent -> sent.topic().equals("feed.dust-sensor"));
        publish(DUST, dust("m-1"));

        DeadLetter letter = (DeadLetter) kafka.written().get(0).value();
        assertThat(letter.getReason()).isEqualTo("DECODING_FAILED");
        assertThat(letter.getPayload().remaining()).isEqualTo(dust("m-1").length());
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldCutADeadLetterThatKafkaRefusesForItsSize() {
        kafka.refuse(sent ->
                sent.value() instanceof DeadLetter letter && letter.getPayload().remaining() > 100_000);
        broker.publish(DUST, new byte[200_000]);
        settle();

        DeadLetter letter = (DeadLetter) kafka.written().get(0).value();
        assertThat(letter.getPayload().remaining()).isEqualTo(64 * 1024);
        assertThat(letter.getDetail())
                .contains("of 200000 bytes")
                // head -c 200000 /dev/zero | sha256sum
                .contains("4cbbd9be0cba685835755f827758705db5a413c5494c34262cd25946a73e7582")
                .hasSizeLessThanOrEqualTo(500);
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldMatchDeadLetterAndEventByTheirId() {
        publish(DUST, "{\"messageId\":\"m-1\",\"status\":\"EXERCISE\",\"collector\":\"DRY\"}");
        publish(DUST, "not json");
        publish(DUST, "not json");

        assertThat(kafka.written()).extracting(BridgeTest::idOf).satisfies(ids -> {
            assertThat(ids.get(0)).isEqualTo("acme/d-1/m-1");
            assertThat(ids.get(1)).matches("acme/d-1/h-[0-9a-f]{32}");
            assertThat(ids.get(2)).isEqualTo(ids.get(1));
        });
        assertThat(((DeadLetter) kafka.written().get(0).value()).getStatus()).isEqualTo(EventStatus.EXERCISE);
    }

    @Test
    void shouldKeepTheMessageWhenItsDeadLetterCannotBeWritten() {
        kafka.fail("down");
        publish(DUST, "not json");
        kafka.fail("");
        settle();

        assertThat(kafka.written()).hasSize(1);
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldTellTheVendorOnceAnInterval() throws IOException {
        publish(DUST, "{\"messageId\":\"m-1\",\"time\":\"2026-11-23T08:00:00+08:00\",\"collector\":\"x\"}");
        publish(DUST, "not json");

        assertThat(notices()).hasSize(1);
        assertThat(notices().get(0).topic()).isEqualTo("fengsui/v1/acme/rejected/d-1");
        JsonNode notice = new JsonMapper().readTree(notices().get(0).payload());
        assertThat(notice.get("reason").textValue()).isEqualTo("UNKNOWN_VALUE");
        assertThat(notice.get("field").textValue()).isEqualTo("collector");
        assertThat(notice.get("messageId").textValue()).isEqualTo("m-1");
        assertThat(notice.get("mqttTopic").textValue()).isEqualTo(DUST);
        assertThat(notice.get("remedy").textValue()).isEqualTo(Rejection.UNKNOWN_VALUE.remedy());
        assertThat(notice.get("receivedAt").textValue()).isEqualTo("2026-11-23T00:00:30Z");
        assertThat(notice.get("detail").textValue()).contains("DRY, WET");
        assertThat(count("notices", "outcome", "limited")).isEqualTo(1);
    }

    @Test
    void shouldHandleALifeSafetyMessageOnce() {
        publish(BEIDOU, SENTENCE);

        assertThat(kafka.written()).hasSize(1);
        BeidouReport event = (BeidouReport) kafka.written().get(0).value();
        assertThat(event.getHeader().getSource().getBridge()).isEqualTo("bridge-life-safety");
        assertThat(count("passed.over", "lane", "telemetry") - marks()).isEqualTo(1);
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldLoseNothingWhenTheLifeSafetySessionIsLostAndMadeAnew() {
        sources.get(Lane.LIFE_SAFETY).loseSession();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        clock.set(NOW.plusSeconds(1));
        settle();

        assertThat(sources.get(Lane.LIFE_SAFETY).isSubscribed()).isTrue();
        assertThat(reports()).containsExactly("bridge-telemetry false");

        clock.set(NOW.plusSeconds(3600));
        publish(BEIDOU, SENTENCE);

        assertThat(reports()).containsExactly("bridge-telemetry false", "bridge-life-safety false");
    }

    @Test
    void shouldHandleWhatWasPassedOverForASessionThatWasGoneAlready() {
        sources.get(Lane.LIFE_SAFETY).loseSessionUnnoticed();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        broker.settle();
        takeBack();
        assertThat(reports()).isEmpty();
        assertThat(broker.unacknowledged()).isZero();

        sources.get(Lane.LIFE_SAFETY).disconnect();
        takeBack();
        assertThat(reports()).containsExactly("bridge-telemetry true");

        settle();
        takeBack();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void shouldHandleWhatWasPassedOverBeforeWhatIsYounger() {
        sources.get(Lane.LIFE_SAFETY).loseSessionUnnoticed();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        broker.settle();
        sources.get(Lane.LIFE_SAFETY).disconnect();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        sources.get(Lane.TELEMETRY).settle();

        assertThat(reports()).containsExactly("bridge-telemetry true", "bridge-telemetry false");
    }

    @Test
    void shouldKeepWhatWasPassedOverUntilKafkaHasIt() {
        sources.get(Lane.LIFE_SAFETY).loseSessionUnnoticed();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        broker.settle();
        sources.get(Lane.LIFE_SAFETY).disconnect();
        kafka.fail("down");
        takeBack();
        assertThat(sources.get(Lane.TELEMETRY).state().detail()).contains("down");
        assertThat(reports()).isEmpty();

        kafka.fail("");
        settle();
        takeBack();

        assertThat(reports()).containsExactly("bridge-telemetry true");
    }

    @Test
    void shouldWriteAgainWhatWasPassedOverWhenAConnectionIsLostAndItsSessionIsNot() {
        publish(BEIDOU, SENTENCE);
        clock.set(NOW.plus(PassedOver.WITHIN).plusMillis(1));
        publish(BEIDOU, SENTENCE);

        sources.get(Lane.LIFE_SAFETY).disconnect();
        takeBack();

        assertThat(reports())
                .containsExactly("bridge-life-safety false", "bridge-life-safety false", "bridge-telemetry true");
    }

    private void takeBack() {
        Bridge general = bridges.get(Lane.TELEMETRY);
        general.takeBack(sources.get(Lane.TELEMETRY)::drop);
    }

    @Test
    void shouldTellRepetitionsFromSecondCopiesByTheirNumber() {
        sources.get(Lane.LIFE_SAFETY).disconnect();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        sources.get(Lane.TELEMETRY).settle();
        settle();
        publish(BEIDOU, SENTENCE);

        assertThat(reports())
                .containsExactly(
                        "bridge-telemetry false",
                        "bridge-telemetry false",
                        "bridge-life-safety true",
                        "bridge-life-safety true",
                        "bridge-life-safety false");
    }

    @Test
    void shouldLoseNothingOfABacklogThatIsOlderThanTheLifeSafetySession() {
        sources.get(Lane.TELEMETRY).disconnect();
        sources.get(Lane.LIFE_SAFETY).loseSession();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        clock.set(NOW.plusSeconds(1));
        sources.get(Lane.LIFE_SAFETY).settle();
        clock.set(NOW.plusSeconds(3600));
        settle();

        assertThat(reports()).containsExactly("bridge-telemetry false");
    }

    @Test
    void shouldLoseNothingThatComesAgainBehindTheMark() {
        sources.get(Lane.LIFE_SAFETY).loseSession();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        clock.set(NOW.plusSeconds(1));
        kafka.hold();
        settle();
        assertThat(kafka.waiting()).hasSize(1);

        sources.get(Lane.TELEMETRY).disconnect();
        settle();

        assertThat(kafka.waiting()).hasSize(2);
    }

    @Test
    void shouldHandleOnceAfterARestart() {
        sources.values().forEach(InMemoryBroker.Source::close);
        sources.clear();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        startBothLanes();
        publish(BEIDOU, SENTENCE);

        assertThat(reports()).containsExactly("bridge-life-safety false", "bridge-life-safety false");
    }

    @Test
    void shouldHandleTwiceUntilTheMarkWhenNothingIsKnownOfTheSessions() {
        sources.values().forEach(InMemoryBroker.Source::close);
        sources.clear();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        kafkaSlots.forget();
        startBothLanes();
        assertThat(reports()).containsExactly("bridge-life-safety false", "bridge-telemetry true");

        clock.set(NOW.plusSeconds(61));
        publish(BEIDOU, SENTENCE);
        assertThat(reports()).hasSize(3).last().isEqualTo("bridge-life-safety false");
    }

    @Test
    void shouldMarkTheSecondCopyUntilTelemetryHasReachedTheNewSession() {
        sources.get(Lane.LIFE_SAFETY).loseSession();
        clock.set(NOW.plusSeconds(1));
        broker.settle();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        broker.settle();
        assertThat(reports()).containsExactly("bridge-life-safety false", "bridge-telemetry true");

        settle();
        publish(BEIDOU, SENTENCE);

        assertThat(reports()).hasSize(3).last().isEqualTo("bridge-life-safety false");
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldSendTheMarkAgainWhenItIsLost() {
        sources.get(Lane.LIFE_SAFETY).loseSession();
        broker.settle();
        sendMarks();
        sources.get(Lane.TELEMETRY).loseNewest();
        publish(BEIDOU, SENTENCE);
        assertThat(reports()).hasSize(2);

        clock.set(NOW.plusSeconds(10));
        settle();
        publish(BEIDOU, SENTENCE);

        assertThat(marks()).isEqualTo(3);
        assertThat(reports()).hasSize(3).last().isEqualTo("bridge-life-safety false");
    }

    @Test
    void shouldMarkTheSecondCopyWhenTheLifeSafetyLaneWasAwayAndItsSessionKept() {
        sources.get(Lane.LIFE_SAFETY).disconnect();
        broker.publish(BEIDOU, SENTENCE.getBytes(UTF_8));
        sources.get(Lane.TELEMETRY).settle();
        settle();

        assertThat(reports()).containsExactly("bridge-telemetry false", "bridge-life-safety true");
    }

    /** Bridge and redelivered flag of each report written. */
    private List<String> reports() {
        return kafka.written().stream()
                .map(sent -> ((BeidouReport) sent.value()).getHeader().getSource())
                .map(source -> source.getBridge() + " " + source.getRedelivered())
                .toList();
    }

    @Test
    void shouldPassOverRejectionsOfOurs() {
        publish(BEIDOU, "$BDTXR,1*00");

        assertThat(notices()).hasSize(1);
        assertThat(kafka.written()).extracting(Sent::topic).containsExactly("feed.dead-letter");
        assertThat(count("passed.over", "lane", "telemetry") - marks()).isEqualTo(2);
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldSendAnExerciseToItsOwnTopic() {
        publish(DUST, dust("m-1").replace("{", "{\"status\":\"EXERCISE\",\"exercise\":\"drill\","));

        assertThat(kafka.written()).extracting(Sent::topic).containsExactly("drill.feed.dust-sensor");
    }

    @Test
    void shouldAcknowledgeACatalogOnlyWhenAllItsEventsAreWritten() {
        kafka.hold();
        String item = "<Item><DeviceID>3205830000132000000%d</DeviceID><Status>ON</Status></Item>";
        publish(
                VIDEO.replace("32058300001320000001", NVR),
                "<Response><CmdType>Catalog</CmdType><DeviceID>" + NVR + "</DeviceID><DeviceList Num=\"2\">"
                        + item.formatted(1) + item.formatted(2) + "</DeviceList></Response>");

        kafka.complete(1, Outcome.WRITTEN);
        assertThat(broker.unacknowledged()).isEqualTo(1);
        kafka.complete(0, Outcome.WRITTEN);

        assertThat(broker.unacknowledged()).isZero();
        assertThat(kafka.written()).extracting(Sent::key).containsOnly(NVR);
        assertThat(kafka.written())
                .extracting(sent -> ((VideoStatus) sent.value()).getChannelId())
                .containsExactlyInAnyOrder("32058300001320000001", "32058300001320000002");
    }

    @Test
    void shouldTakeTheMessageIdOfTheEnvelopeFirst() {
        broker.publish(DUST, dust("inside").getBytes(UTF_8), "application/json; charset=utf-8", "outside");
        broker.publish(DUST, dust("m").getBytes(UTF_8), "image/png", "i".repeat(10));
        broker.publish(DUST, dust("m").getBytes(UTF_8), null, "i".repeat(129));
        settle();

        assertThat(idOf(kafka.written().get(0))).isEqualTo("acme/d-1/outside");
        DeadLetter picture = (DeadLetter) kafka.written().get(1).value();
        assertThat(picture.getReason()).isEqualTo("UNSUPPORTED_FORMAT");
        assertThat(picture.getContentType()).isEqualTo("image/png");
        assertThat(picture.getMessageId()).isEqualTo("iiiiiiiiii");
        assertThat(((DeadLetter) kafka.written().get(2).value()).getReason()).isEqualTo("TOO_LONG");
    }

    @Test
    void shouldTakeABlankMessageIdAsNone() {
        broker.publish(DUST, dust("m-1").getBytes(UTF_8), null, "");
        broker.publish(DUST, dust("m-2").getBytes(UTF_8), null, "  ");
        broker.publish(DUST, dust("m-3").getBytes(UTF_8), null, " outside ");
        broker.publish(DUST, dust("m-4").getBytes(UTF_8), null, "a\u0007b");
        settle();

        assertThat(kafka.written().subList(0, 3))
                .extracting(BridgeTest::idOf)
                .containsExactly("acme/d-1/m-1", "acme/d-1/m-2", "acme/d-1/outside");
        DeadLetter bell = (DeadLetter) kafka.written().get(3).value();
        assertThat(bell.getReason()).isEqualTo("WRONG_TYPE");
        assertThat(bell.getField()).isEqualTo("messageId");
    }

    @Test
    void shouldTellEqualReportsApartWhenTheirFormatHasNeitherIdNorTime() {
        publish(BEIDOU, SENTENCE);
        clock.set(NOW.plusSeconds(60));
        publish(BEIDOU, SENTENCE);

        String first = idOf(kafka.written().get(0));
        String second = idOf(kafka.written().get(1));
        assertThat(first).matches("acme/b-1/h-[0-9a-f]{32}-" + Long.toHexString(NOW.toEpochMilli()));
        assertThat(second)
                .isEqualTo(first.substring(0, first.lastIndexOf('-')) + "-"
                        + Long.toHexString(NOW.plusSeconds(60).toEpochMilli()));
        assertThat(reports()).containsExactly("bridge-life-safety false", "bridge-life-safety false");
    }

    private void publish(String topic, String payload) {
        broker.publish(topic, payload.getBytes(UTF_8));
        settle();
    }

    private static String dust(String messageId) {
        return "{\"messageId\":\"" + messageId + "\",\"time\":\"2026-11-23T08:00:00+08:00\",\"collector\":\"DRY\"}";
    }

    private static String idOf(Sent sent) {
        if (sent.value() instanceof DeadLetter letter) {
            return letter.getEventId();
        }
        if (sent.value() instanceof BeidouReport report) {
            return report.getHeader().getEventId();
        }
        return ((DustSensor) sent.value()).getHeader().getEventId();
    }

    private double count(String meter, String... tags) {
        return meters.get("fengsui.ingest." + meter).tags(tags).counter().count();
    }
}
