package io.fengsui.ingest.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of Beidou RDSS 4.0 as they are, and with their checksums mended. */
class BeidouFrameFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.of("beidou-report/.*\\.bin");
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        DecoderPromises.hold(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_4_0, payload, false);
        DecoderPromises.hold(Feeds.BEIDOU_REPORT, PayloadFormat.BEIDOU_4_0, BeidouFrames.mended(payload), false);
    }
}
