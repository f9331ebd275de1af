package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouReport;
import io.fengsui.ingest.decode.BeidouFrames;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.kafka.InMemoryRecordSink;
import io.fengsui.ingest.kafka.InMemoryRecordSink.Sent;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.InMemoryBroker;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.PartialMessage;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that end in a later message, over restarts and failures, between an in-memory broker and an in-memory Kafka. */
class PartialFramesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:30Z");
    private static final String TOPIC = "fengsui/v1/acme/beidou-report/b-1";
    private static final String OTHER = "fengsui/v1/acme/beidou-report/b-2";
    private static final Slots SLOTS = Slots.of("bridge", List.of());
    private static final Slot SLOT = SLOTS.named("life-safety").orElseThrow();
    private static final byte[] ONE = BeidouFrames.message("one");
    private static final byte[] TWO = BeidouFrames.message("two");
    private static final byte[] THREE = BeidouFrames.message("three");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final InMemoryBroker broker = new InMemoryBroker(clock::get);
    private final List<Sent> history = new ArrayList<>();
    private final InMemorySlots kafkaSlots = new InMemorySlots();
    private InMemoryRecordSink kafka;
    private InMemoryBroker.Source source;
    private PartTimeouts timeouts;

    @BeforeEach
    void start() {
        history.addAll(kafka == null ? List.of() : kafka.written());
        kafka = new InMemoryRecordSink();
        InMemorySlots.Board board = kafkaSlots.board();
        Handover handover = new Handover("bridge", SLOTS, board, () -> true, clock::get);
        board.hearAll(handover);
        kafkaSlots.give(SLOT, this);
        handover.hold(SLOT);
        Keepers keepers = new Keepers(Feeds.all());
        Map<String, Device> devices = Map.of(
                "b-1", Devices.of("acme", "beidou-report", "b-1"), "b-2", Devices.of("acme", "beidou-report", "b-2"));
        DeviceRegistry registry = new DeviceRegistry(id -> Optional.ofNullable(devices.get(id)), keepers);
        IngestMetrics metrics = new IngestMetrics(meters);
        Tenure tenure = new Tenure(
                SLOT,
                kafkaSlots.note(SLOT),
                note -> kafkaSlots.confirm(SLOT, this, note),
                kafka,
                () -> {},
                handover,
                () -> UUID.randomUUID().toString());
        source = broker.source(SLOT, 1_000, tenure);
        RejectionNotices notices = new RejectionNotices(source, Duration.ofSeconds(1), clock::get, metrics);
        PendingParts parts = new PendingParts(Decoders.standard(), Duration.ofSeconds(10));
        Map<String, PartialMessage> kept = new HashMap<>();
        written("ingest.partial").forEach(sent -> {
            kept.remove(sent.key());
            if (sent.value() != null) {
                kept.put(sent.key(), (PartialMessage) sent.value());
            }
        });
        parts.restore(kept, topic -> true, clock.get());
        PartTimeouts.Way way = new PartTimeouts.Way(kafka, notices);
        timeouts = new PartTimeouts(parts, topic -> Optional.of(way), registry, metrics, source::isFlowing, clock::get);
        source.start(new Bridge(SLOTS, SLOT, handover, registry, parts, kafka, notices, metrics, clock::get));
        broker.settle();
    }

    /** The process ends; what Kafka has not written is not there, and the broker delivers again. */
    private void crash() {
        source.disconnect();
        start();
    }

    @Test
    void shouldKeepTheBeginningOfAFrameBeforeItAcknowledgesTheMessage() {
        kafka.hold();
        publish(join(ONE, head(TWO)));

        assertThat(kafka.waiting()).extracting(Sent::topic).containsExactly("ingest.partial", "feed.beidou-report");
        kafka.complete(1, Outcome.WRITTEN);
        assertThat(broker.unacknowledged()).isEqualTo(1);
        kafka.complete(0, Outcome.WRITTEN);
        assertThat(broker.unacknowledged()).isZero();
        PartialMessage part = (PartialMessage) written("ingest.partial").get(0).value();
        assertThat(part.getRest()).isEqualTo(ByteBuffer.wrap(head(TWO)));
    }

    @Test
    void shouldJoinAFrameWithItsEndInTheNextMessage() {
        publish(join(ONE, head(TWO)));
        publish(join(tail(TWO), THREE));

        assertThat(texts()).containsExactly("one", "two", "three");
        assertThat(broker.unacknowledged()).isZero();
        assertThat(deadLetters()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void shouldJoinAFrameThatComesInSingleBytes() {
        for (byte b : ONE) {
            publish(new byte[] {b});
        }
        publish(TWO);

        assertThat(texts()).containsExactly("one", "two");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void shouldJoinSentences() {
        byte[] sentence = "$BDTXR,1,0312345,2,,A4BDD3CBAEB7BAB5CC*45\r\n".getBytes(US_ASCII);
        publish(Arrays.copyOf(sentence, 25));
        publish(Arrays.copyOfRange(sentence, 25, sentence.length));

        assertThat(texts()).containsExactly("接水泛堤");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void shouldLetWholeMessagesPassAndGoOnWaiting() {
        publish(head(ONE));
        publish(TWO);
        publish(tail(ONE));

        assertThat(texts()).containsExactly("two", "one");
    }

    @Test
    void shouldJoinNothingOfAnotherDevice() {
        publish(head(ONE));
        broker.publish(OTHER, tail(ONE));
        broker.settle();

        assertThat(texts()).isEmpty();
        assertThat(deadLetters()).containsExactly("UNSUPPORTED_FORMAT");
        publish(tail(ONE));
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void shouldMakeADeadLetterOfWhatHasNoEndInTime() {
        publish(join(ONE, head(TWO)));
        pass(Duration.ofMillis(9_999));
        assertThat(deadLetters()).isEmpty();
        pass(Duration.ofMillis(1));

        DeadLetter letter = (DeadLetter) written("feed.dead-letter").get(0).value();
        assertThat(letter.getReason()).isEqualTo("TRUNCATED");
        assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(head(TWO)));
        assertThat(letter.getFeed()).isEqualTo("beidou-report");
        assertThat(letter.getVendor()).isEqualTo("acme");
        assertThat(letter.getDeviceId()).isEqualTo("b-1");
        assertThat(letter.getMqttTopic()).isEqualTo(TOPIC);
        assertThat(broker.published()).hasSize(1);
        assertThat(waiting()).isZero();

        pass(Duration.ofSeconds(20));
        publish(tail(TWO));
        assertThat(deadLetters()).containsExactly("TRUNCATED", "UNSUPPORTED_FORMAT");
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void shouldForgetAllInTheEnd() {
        publish(head(ONE));
        publish(tail(ONE));
        pass(Duration.ofMinutes(10));

        List<Sent> kept = written("ingest.partial");
        assertThat(kept.get(kept.size() - 1).value()).isNull();
        assertThat(kept.get(kept.size() - 1).key()).isEqualTo("b-1");
    }

    @Test
    void shouldNotCountTheTimeInWhichNoMessageCanCome() {
        publish(head(ONE));
        source.disconnect();
        pass(Duration.ofMinutes(1));
        broker.settle();
        pass(Duration.ofSeconds(9));
        publish(tail(ONE));

        assertThat(texts()).containsExactly("one");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void shouldGiveUpABeginningForAnother() {
        publish(head(ONE));
        publish(join(TWO, head(THREE)));
        publish(tail(THREE));

        assertThat(texts()).containsExactly("two", "three");
        assertThat(deadLetters()).containsExactly("TRUNCATED");
        assertThat(broker.unacknowledged()).isZero();
    }

    @Test
    void shouldTryTheDeadLetterAgainWhenItCannotBeWritten() {
        publish(head(ONE));
        kafka.fail("down");
        pass(Duration.ofSeconds(10));
        kafka.fail("");
        pass(Duration.ofSeconds(1));

        assertThat(deadLetters()).containsExactly("TRUNCATED");
    }

    @Test
    void shouldGoOnAfterARestart() {
        publish(join(ONE, head(TWO)));
        crash();
        publish(tail(TWO));

        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void shouldGiveABeginningItsFullTimeAfterARestart() {
        publish(head(ONE));
        pass(Duration.ofSeconds(9));
        crash();
        pass(Duration.ofSeconds(9));
        assertThat(deadLetters()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(deadLetters()).containsExactly("TRUNCATED");
        crash();
        pass(Duration.ofSeconds(11));
        assertThat(deadLetters()).containsExactly("TRUNCATED");
    }

    @Test
    void shouldLoseAndDoubleNothingWhenKafkaFailsAndNoProcessEnds() {
        kafka.hold();
        publish(join(ONE, head(TWO)));
        publish(join(tail(TWO), THREE));
        kafka.complete(1, Outcome.WRITTEN);
        kafka.complete(0, Outcome.UNAVAILABLE);
        broker.settle();
        int lastTwo = kafka.waiting().size();
        for (int i = 0; i < lastTwo; i++) {
            kafka.complete(0, Outcome.WRITTEN);
        }

        assertThat(broker.unacknowledged()).isZero();
        assertOnce();
    }

    static Stream<List<Integer>> subsets() {
        return IntStream.range(0, 1 << 5).mapToObj(bits -> IntStream.range(0, 5)
                .filter(i -> (bits & 1 << i) != 0)
                .boxed()
                .toList());
    }

    /** Of the five records of two messages, the process may have got any written when it ends. */
    @ParameterizedTest
    @MethodSource("subsets")
    void shouldLoseAndDoubleNothingWhateverWasWrittenWhenTheProcessEnds(List<Integer> written) {
        kafka.hold();
        publish(join(ONE, head(TWO)));
        publish(join(tail(TWO), THREE));
        List<Sent> records = kafka.waiting();
        assertThat(records)
                .extracting(Sent::topic)
                .containsExactly(
                        "ingest.partial",
                        "feed.beidou-report",
                        "ingest.partial",
                        "feed.beidou-report",
                        "feed.beidou-report");
        if (written.contains(2) && !written.contains(0)) {
            return; // one producer writes the records of a key in their order
        }
        for (int i = 0; i < written.size(); i++) {
            kafka.complete(written.get(i) - i, Outcome.WRITTEN);
        }
        crash();
        broker.settle();

        assertThat(broker.unacknowledged()).isZero();
        assertOnce();
        pass(Duration.ofMinutes(11));
        assertOnce();
    }

    /** Each event is there; a second copy has the same id and says that it was delivered again. */
    private void assertOnce() {
        Map<String, List<BeidouReport>> byId = new HashMap<>();
        written("feed.beidou-report").forEach(sent -> {
            BeidouReport event = (BeidouReport) sent.value();
            String id = event.getHeader().getEventId();
            byId.computeIfAbsent(id.substring(0, id.lastIndexOf('-')), i -> new ArrayList<>())
                    .add(event);
        });
        assertThat(byId.values().stream().map(events -> events.get(0).getText()))
                .containsExactlyInAnyOrder("one", "two", "three");
        byId.values().forEach(events -> assertThat(events.subList(1, events.size()))
                .allMatch(event -> event.getHeader().getSource().getRedelivered()));
        assertThat(deadLetters()).isEmpty();
    }

    private void pass(Duration duration) {
        clock.set(clock.get().plus(duration));
        timeouts.tick();
    }

    private void publish(byte[] payload) {
        broker.publish(TOPIC, payload);
        broker.settle();
    }

    private List<Sent> written(String topic) {
        return Stream.concat(history.stream(), kafka.written().stream())
                .filter(sent -> sent.topic().equals(topic))
                .toList();
    }

    private List<String> texts() {
        return written("feed.beidou-report").stream()
                .map(sent -> ((BeidouReport) sent.value()).getText())
                .toList();
    }

    private List<String> deadLetters() {
        return written("feed.dead-letter").stream()
                .map(sent -> ((DeadLetter) sent.value()).getReason())
                .toList();
    }

    /** Bytes that wait, by the newest record. */
    private int waiting() {
        List<Sent> kept = written("ingest.partial");
        return ((PartialMessage) kept.get(kept.size() - 1).value()).getRest().remaining();
    }

    private static byte[] head(byte[] frame) {
        return Arrays.copyOf(frame, 12);
    }

    private static byte[] tail(byte[] frame) {
        return Arrays.copyOfRange(frame, 12, frame.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
