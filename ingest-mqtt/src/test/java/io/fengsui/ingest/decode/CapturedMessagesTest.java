package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        List<String> sentences = Files.readAllLines(samples.resolve("beidou-2.1-sentences.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t")[1])
                .toList();
        assertThat(sentences).hasSizeGreaterThan(10);

        assertThat(sentences.stream().map(CapturedMessagesTest::outcome).toList())
                .startsWith(
                        "TEXT hello",
                        "TEXT 12343335",
                        "UNDECODABLE null",
                        "UNDECODABLE null",
                        Rejection.BAD_CHECKSUM.name())
                .endsWith(Rejection.UNSUPPORTED_MESSAGE.name());
        assertThat(sentences.subList(5, sentences.size()))
                .allMatch(sentence -> outcome(sentence).equals(Rejection.UNSUPPORTED_MESSAGE.name()));
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

    private static String outcome(String sentence) {
        try {
            List<? extends IndexedRecord> events =
                    Vectors.decode(Feeds.BEIDOU_REPORT, (sentence + "\r\n").getBytes(StandardCharsets.UTF_8), false);
            return Vectors.value(events, "content") + " " + Vectors.value(events, "text");
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
