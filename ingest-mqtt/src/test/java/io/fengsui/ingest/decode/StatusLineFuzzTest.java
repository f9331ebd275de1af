package io.fengsui.ingest.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Status lines of GB/T 28181 platforms, of a camera and of a recorder. */
class StatusLineFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.of("video-status/.*\\.txt");
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        DecoderPromises.hold(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_LINE, payload, false);
        DecoderPromises.hold(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_LINE, payload, true);
    }
}
