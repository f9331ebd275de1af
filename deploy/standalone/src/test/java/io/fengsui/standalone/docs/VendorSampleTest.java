package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What 'fengsui vendor sample' prints is taken. */
class VendorSampleTest {
    private static final Instant NOW = Instant.parse("2027-02-03T04:05:06Z");
    private static final String DEVICE = "32058300001320000009";

    private static final Set<PayloadFormat> CURRENT =
            Set.of(PayloadFormat.JSON, PayloadFormat.GB28181_XML, PayloadFormat.BEIDOU_2_1);

    static Stream<VendorSample> samples() {
        return Feeds.all().stream().flatMap(feed -> VendorSample.of(feed).stream());
    }

    /** The rest name time and device in ways of their own, and are held to the decoder as they are shown by VendorMessageTest. */
    static Stream<VendorSample> currentSamples() {
        return samples().filter(sample -> CURRENT.contains(sample.format()));
    }

    @ParameterizedTest
    @MethodSource("currentSamples")
    void shouldBeTakenByTheStandardDecoderAtItsTime(VendorSample sample) {
        assertThat(decode(sample.feed(), sample.at(NOW, DEVICE))).isNotEmpty().allSatisfy(event -> assertThat(
                        sample.feed().header(event).getEventTime())
                .isEqualTo(NOW));
    }

    @Test
    void shouldHaveASampleOfEveryFormatThatTheWordsShow() {
        assertThat(samples().map(sample -> sample.feed() + " " + sample.format().id()))
                .contains("video-status gb28181-xml", "beidou-report beidou-2.1")
                .containsAll(Feeds.all().stream().map(feed -> feed + " json").toList());
    }

    private static <T extends SpecificRecord> List<T> decode(Feed<T> feed, byte[] payload) {
        return Decoders.standard()
                .decode(
                        feed,
                        null,
                        new Report(
                                feed,
                                "acme",
                                DEVICE,
                                "camera",
                                "fengsui/v1/acme/" + feed.id() + "/" + DEVICE,
                                null,
                                false,
                                NOW,
                                "bridge",
                                new Body(payload)));
    }
}
