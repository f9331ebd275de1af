package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ingest.Readmission.Judgement;
import io.fengsui.ingest.Readmission.Refused;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmissionTest {
    private static final Instant ARRIVED = Instant.parse("2026-03-02T08:00:00Z");
    private static final String DUST = "fengsui/v1/acme/dust-sensor/d-1";
    private static final String GOOD =
            "{\"messageId\":\"m-1\",\"time\":" + ARRIVED.toEpochMilli() + ",\"collector\":\"DRY\",\"fanRunning\":true}";

    private final Map<String, Device> devices = new HashMap<>(Map.of("d-1", Devices.of("acme", "dust-sensor", "d-1")));
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    @Test
    void shouldGiveTheEventThatTheMessageWouldHaveBeenThen() {
        Accepted<?> accepted = accepted(judge(message(DUST, GOOD).build()));

        assertThat(accepted.feed()).isEqualTo(Feeds.DUST_SENSOR);
        assertThat(accepted.eventIds()).containsExactly("acme/d-1/m-1");
        EventHeader header = header(accepted);
        assertThat(header.getReceivedAt()).isEqualTo(ARRIVED);
        assertThat(header.getLate()).isFalse();
        assertThat(header.getSource().getBridge()).isEqualTo("bridge-telemetry");
        assertThat(header.getSource().getRedelivered()).isFalse();
    }

    @Test
    void shouldTakeTheMessageIdOfTheLetterBeforeThatOfThePayload() {
        Judgement judgement = judge(message(DUST, GOOD).setMessageId("p-7").build());

        assertThat(accepted(judgement).eventIds()).containsExactly("acme/d-1/p-7");
    }

    @Test
    void shouldMarkAsRedeliveredWhatIsReplayedAgain() {
        Judgement judgement =
                readmission().judge(Topics.DEAD_LETTER, message(DUST, GOOD).build(), true);

        assertThat(header(accepted(judgement)).getSource().getRedelivered()).isTrue();
    }

    @Test
    void shouldJudgeTheClockAsOfTheArrival() {
        DeadLetter letter = message(DUST, GOOD)
                .setReceivedAt(ARRIVED.minus(Duration.ofHours(1)))
                .build();

        assertThat(refused(judge(letter)).reason()).isEqualTo(Rejection.CLOCK_IN_FUTURE);
    }

    @Test
    void shouldRefuseADeviceThatWasNotValidOnTheDayOfTheArrival() {
        devices.put(
                "d-1",
                Device.newBuilder(Devices.of("acme", "dust-sensor", "d-1"))
                        .setValidFrom(LocalDate.parse("2026-03-03"))
                        .build());

        assertThat(refused(judge(message(DUST, GOOD).build())).reason()).isEqualTo(Rejection.UNKNOWN_DEVICE);
    }

    @Test
    void shouldRefuseAgainWithTheReasonOfToday() {
        devices.clear();
        assertThat(refused(judge(message(DUST, GOOD).build())).reason()).isEqualTo(Rejection.UNKNOWN_DEVICE);
        assertThat(refused(judge(message(DUST, "{").build())).reason()).isEqualTo(Rejection.UNKNOWN_DEVICE);
        assertThat(refused(judge(message("fengsui/v1/acme", GOOD).build())).reason())
                .isEqualTo(Rejection.BAD_TOPIC);
    }

    @Test
    void shouldRefuseWhatWasCutWhenItWasKept() {
        DeadLetter letter = message(DUST, GOOD)
                .setDetail("The first 65536 of 900000 bytes, SHA-256 00. whatever")
                .build();

        assertThat(refused(judge(letter)).reason()).isEqualTo(Rejection.OVERSIZED);
    }

    @Test
    void shouldQuoteNothingOfAMessageThatAProtectedFeedKeeps() {
        devices.put("c-1", Devices.of("police", "police-110", "c-1"));
        String payload = "{\"messageId\":\"m-1\",\"time\":\"赵普朗\"}";
        Feed<?> police = Feeds.byId("police-110").orElseThrow();

        Judgement judgement = readmission()
                .judge(
                        Topics.deadLetter(police),
                        message("fengsui/v1/police/police-110/c-1", payload).build(),
                        false);

        assertThat(refused(judgement).reason()).isEqualTo(Rejection.BAD_TIME);
        assertThat(refused(judgement).detail()).doesNotContain("赵普朗");
    }

    @Test
    void shouldTakeARecordOfTheStreamsAppOnceItCanBeRead() throws Exception {
        Topic<DustSensor> topic = Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR);
        registry.register(topic.subject(), new AvroSchema(topic.schema()));
        DustSensor event = (DustSensor)
                accepted(judge(message(DUST, GOOD).build())).events().get(0);
        byte[] bytes = new AvroWriter<DustSensor>(registry, topic.schema()).write(topic.name(), event);

        assertThat(accepted(judge(record(topic.name(), bytes))).eventIds()).containsExactly("acme/d-1/m-1");
        assertThat(refused(judge(record(topic.name(), "no Avro".getBytes(UTF_8))))
                        .reason())
                .isEqualTo(Rejection.NOT_AVRO);
        assertThat(refused(judge(record(topic.name(), null))).reason()).isEqualTo(Rejection.NULL_VALUE);
        devices.clear();
        assertThat(refused(judge(record(topic.name(), bytes))).reason()).isEqualTo(Rejection.UNKNOWN_DEVICE);
    }

    @Test
    void shouldSayThatARecordOfAnotherTopicIsNoEvent() {
        Refused refused = refused(judge(record(Topics.PULSE.name(), new byte[] {1})));

        assertThat(refused.reason()).isEqualTo(Rejection.UNKNOWN_FEED);
        assertThat(refused.detail()).contains(Topics.PULSE.name());
    }

    private Readmission readmission() {
        return new Readmission(devices, Decoders.standard(), registry);
    }

    private Judgement judge(DeadLetter letter) {
        return readmission().judge(Topics.DEAD_LETTER, letter, false);
    }

    private static Accepted<?> accepted(Judgement judgement) {
        return assertThat(judgement).asInstanceOf(type(Accepted.class)).actual();
    }

    private static Refused refused(Judgement judgement) {
        return assertThat(judgement).asInstanceOf(type(Refused.class)).actual();
    }

    private static EventHeader header(Accepted<?> accepted) {
        return accepted.feed().header(accepted.events().get(0));
    }

    private static DeadLetter.Builder message(String topic, String payload) {
        return DeadLetter.newBuilder()
                .setReason(Rejection.UNKNOWN_DEVICE.name())
                .setDetail("as it was then")
                .setStage(DeadLetterStage.INGEST)
                .setMqttTopic(topic)
                .setPayload(ByteBuffer.wrap(payload.getBytes(UTF_8)))
                .setReceivedAt(ARRIVED)
                .setProcess("bridge-telemetry");
    }

    private static DeadLetter record(String topic, byte[] bytes) {
        return DeadLetter.newBuilder()
                .setReason(Rejection.PROCESSING_FAILED.name())
                .setDetail("as it was then")
                .setStage(DeadLetterStage.STREAMS)
                .setKafkaTopic(topic)
                .setKafkaPartition(0)
                .setKafkaOffset(7L)
                .setPayload(bytes == null ? null : ByteBuffer.wrap(bytes))
                .setReceivedAt(ARRIVED)
                .setProcess("fengsui-streams")
                .build();
    }
}
