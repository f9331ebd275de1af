package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages captured from real devices, where the folder with them exists beside the repository. */
class CapturedMessagesTest {
    private Path samples;

    @BeforeEach
    void findSamples() {
        Optional<Path> found = Vectors.shared("samples");
        assumeTrue(found.isPresent(), "no folder ../shared/samples with captured messages");
        samples = found.get();
    }

    @Test
    void shouldDecodeKeepalive() throws IOException {
        List<? extends IndexedRecord> events = video("gb28181-keepalive.xml", "34020000001320000264");

        assertThat(Vectors.value(events, "kind")).isEqualTo("KEEPALIVE");
        assertThat(Vectors.value(events, "state")).isEqualTo("ON");
    }

    @Test
    void shouldDecodeCatalogItem() throws IOException {
        List<? extends IndexedRecord> events = video("gb28181-catalog-item-off.xml", "34020000001320000002");

        assertThat(Vectors.value(events, "kind")).isEqualTo("STATUS");
        assertThat(Vectors.value(events, "state")).isEqualTo("OFF");
        assertThat(Vectors.value(events, "header.source.unknownFields")).isEqualTo("0");
    }

    @Test
    void shouldDecodeEachSentenceAsItsNoteImplies() throws IOException {
        assertThat(lines("beidou-2.1-sentences.txt").stream()
                        .map(line -> outcome((line[1] + "\r\n").getBytes(StandardCharsets.UTF_8))))
                .containsExactly(
                        "MESSAGE TEXT hello",
                        "MESSAGE TEXT 12343335",
                        "MESSAGE UNDECODABLE null",
                        "MESSAGE UNDECODABLE null",
                        Rejection.BAD_CHECKSUM.name(),
                        // What goes to a terminal is none of its messages.
                        Rejection.UNSUPPORTED_MESSAGE.name(),
                        Rejection.UNSUPPORTED_MESSAGE.name(),
                        "FEEDBACK NONE null",
                        "CARD NONE null",
                        "CARD NONE null",
                        Rejection.UNSUPPORTED_MESSAGE.name(),
                        Rejection.UNSUPPORTED_MESSAGE.name());
    }

    /** The standard's own example sets an interval; the other frame's checksum is a placeholder, and its length too. */
    @Test
    void shouldJudgeEachPacketAsItsNoteSays() throws IOException {
        List<String> packets = Files.readAllLines(samples.resolve("hj212-frame.txt")).stream()
                .filter(line -> line.startsWith("##"))
                .toList();

        assertThat(packets.stream().map(CapturedMessagesTest::refusal).toList())
                .containsExactly(Rejection.UNSUPPORTED_MESSAGE, Rejection.BAD_CHECKSUM);
    }

    private static @Nullable Rejection refusal(String packet) {
        DecodeException refusal = catchThrowableOfType(
                DecodeException.class,
                () -> Vectors.decode(Feeds.DUST_SENSOR, (packet + "\r\n").getBytes(StandardCharsets.US_ASCII), false));
        return refusal == null ? null : refusal.reason();
    }

    @Test
    void shouldRefuseForItsChecksumWhatIsMarkedBadAndNothingElse() throws IOException {
        for (String[] line : lines("beidou-2.1-sentences.txt")) {
            String outcome = outcome((line[1] + "\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(outcome.equals(Rejection.BAD_CHECKSUM.name()))
                    .as(line[1])
                    .isEqualTo(line[0].equals("BAD"));
        }
    }

    @Test
    void shouldTellFrequencyAndFeedbackOfCapturedSentences() throws IOException {
        List<? extends IndexedRecord> feedback = sentence("$BDFKI");
        assertThat(Vectors.value(feedback, "accepted")).isEqualTo("true");
        assertThat(Vectors.value(feedback, "secondsLeft")).isEqualTo("40");
        List<? extends IndexedRecord> card = sentence("$BDICI,0241636");
        assertThat(Vectors.value(card, "cardFrequencySeconds")).isEqualTo("60");
        assertThat(Vectors.value(card, "cardLevel")).isEqualTo("3");
        assertThat(Vectors.value(sentence("$BDICI,0000000"), "cardPresent")).isEqualTo("false");
    }

    @Test
    void shouldDecodeEachFrame() throws IOException {
        List<byte[]> frames = lines("beidou-4.0-frames.hex.txt").stream()
                .map(line -> HexFormat.of().parseHex(line[1].toUpperCase(Locale.ROOT)))
                .toList();

        assertThat(frames.stream().map(CapturedMessagesTest::outcome))
                .containsExactly(
                        "MESSAGE TEXT 你好中国人",
                        "MESSAGE TEXT 0 4 0 0 0 0 0 0 0 0 0 448 0 0 0 0 0 0 0 -286331154 -286331154",
                        "CARD NONE null",
                        "FEEDBACK NONE null");
        assertThat(Vectors.value(decode(frames.get(0)), "card")).isEqualTo("0142019");
        assertThat(Vectors.value(decode(frames.get(2)), "cardFrequencySeconds")).isEqualTo("60");
        assertThat(Vectors.value(decode(frames.get(3)), "feedbackCommand")).isEqualTo("TXSQ");
    }

    @Test
    void shouldDecodeFramesBackToBackAndWaitForTheEndOfTheLast() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String[] line : lines("beidou-4.0-frames.hex.txt")) {
            all.writeBytes(HexFormat.of().parseHex(line[1].toUpperCase(Locale.ROOT)));
        }
        byte[] bytes = all.toByteArray();

        assertThat(decode(bytes)).hasSize(4);
        Decoded<?> cut = Vectors.decodePart(Feeds.BEIDOU_REPORT, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(cut.events()).hasSize(3);
        assertThat(cut.rest()).hasSize(15);
    }

    /** A hydrology frame inside a Beidou message is named and kept for who reads it. */
    @Test
    void shouldNameEmbeddedHydrologyFrames() throws IOException {
        for (String[] line : lines("sl651-frames.hex.txt")) {
            List<? extends IndexedRecord> events = decode(sentenceOf("BDTXR,1,0312345,1,," + line[1]));
            assertThat(Vectors.value(events, "embeddedFormat")).as(line[1]).isEqualTo("SL651");
            assertThat(Vectors.value(events, "rawContent")).isEqualToIgnoringCase(line[1]);
        }
    }

    private static byte[] sentenceOf(String body) {
        int xor = 0;
        for (byte c : body.getBytes(StandardCharsets.US_ASCII)) {
            xor ^= c;
        }
        return String.format("$%s*%02X\r\n", body, xor).getBytes(StandardCharsets.US_ASCII);
    }

    private List<? extends IndexedRecord> sentence(String start) throws IOException {
        return lines("beidou-2.1-sentences.txt").stream()
                .map(line -> line[1])
                .filter(sentence -> sentence.startsWith(start))
                .map(sentence -> decode(sentence.getBytes(StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }

    private List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(samples.resolve(file)).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t"))
                .toList();
    }

    private static List<? extends IndexedRecord> decode(byte[] payload) {
        return Vectors.decode(Feeds.BEIDOU_REPORT, payload, false);
    }

    private static String outcome(byte[] payload) {
        try {
            List<? extends IndexedRecord> events = decode(payload);
            return Vectors.value(events, "kind") + " " + Vectors.value(events, "content") + " "
                    + Vectors.value(events, "text");
        } catch (DecodeException e) {
            return e.reason().name();
        }
    }

    private List<? extends IndexedRecord> video(String file, String device) throws IOException {
        byte[] payload = Files.readAllBytes(samples.resolve(file));
        Report report = new Report(
                Feeds.VIDEO_STATUS,
                "acme",
                device,
                "camera",
                "fengsui/v1/acme/video-status/" + device,
                null,
                false,
                Instant.parse("2026-11-23T00:00:30Z"),
                "fengsui-bridge-telemetry",
                new Body(payload));
        return Decoders.standard().decode(Feeds.VIDEO_STATUS, null, report);
    }
}
