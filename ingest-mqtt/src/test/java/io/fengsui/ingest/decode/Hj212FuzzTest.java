package io.fengsui.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HJ 212 packets as they are, and with their length and checksum mended, which no fuzzer guesses. */
class Hj212FuzzTest {
    private static final int HEAD = "##0000".length();
    private static final int CRC = 4;

    static Stream<Arguments> seeds() {
        return Seeds.of("dust-sensor/.*\\.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        DecoderPromises.hold(Feeds.DUST_SENSOR, PayloadFormat.HJ212, payload, false);
        DecoderPromises.hold(Feeds.DUST_SENSOR, PayloadFormat.HJ212, mended(payload), false);
    }

    private static byte[] mended(byte[] payload) {
        String packet = new String(payload, ISO_8859_1).strip();
        return Hj212Encoder.packet(
                packet.length() < HEAD + CRC ? packet : packet.substring(HEAD, packet.length() - CRC));
    }
}
