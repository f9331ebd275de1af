package io.fengsui.ingest.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences of Beidou RDSS 2.1 as they are, and with the checksum of each line mended, which no fuzzer guesses. */
class BeidouSentenceFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.of("beidou-report/.*\\.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        DecoderPromises.hold(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_2_1, payload, false);
        DecoderPromises.hold(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_2_1, mended(payload), false);
    }

    private static byte[] mended(byte[] payload) {
        return new String(payload, ISO_8859_1)
                .lines()
                .map(BeidouSentenceFuzzTest::mended)
                .collect(Collectors.joining("\n"))
                .getBytes(ISO_8859_1);
    }

    private static String mended(String line) {
        int asterisk = line.lastIndexOf('*');
        if (asterisk < 1) {
            return line;
        }
        int sum = line.substring(1, asterisk).chars().reduce(0, (xor, next) -> xor ^ next);
        return line.substring(0, asterisk) + String.format("*%02X", sum);
    }
}
