package io.fengsui.ingest.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Status lines of GB/T 28181 platforms, of a camera and of a recorder. */
class StatusLineFuzzTest {

    static Stream<Arguments> seeds() {
        byte[] many = "32058300001320000001 ON\n".repeat(2_700).getBytes(StandardCharsets.US_ASCII);
        return Stream.concat(Seeds.of("video-status/.*\\.txt"), Stream.of(Arguments.of(Named.of("2700 lines", many))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        DecoderPromises.hold(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_LINE, payload, false);
        DecoderPromises.hold(Feeds.VIDEO_STATUS, PayloadFormat.GB28181_LINE, payload, true);
    }
}
