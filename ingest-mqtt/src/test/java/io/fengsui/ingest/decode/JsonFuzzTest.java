package io.fengsui.ingest.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.schema.feed.Feeds;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON, whatever it says, read as a message of each feed. */
class JsonFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.of(".*\\.json");
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] payload) {
        Feeds.all().forEach(feed -> DecoderPromises.hold(feed, PayloadFormat.JSON, payload, false));
    }
}
