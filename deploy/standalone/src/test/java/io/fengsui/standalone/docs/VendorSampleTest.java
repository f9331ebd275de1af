package io.fengsui.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What 'fengsui vendor sample' prints is taken. */
class VendorSampleTest {
    private static final Instant NOW = Instant.parse("2027-02-03T04:05:06Z");
    private static final String DEVICE = "32058300001320000009";

    /** Those of the sample city, for any vendor. */
    private static final VendorFactors FACTORS =
            SeedSet.load(Home.locate().seeds()).factors().get("dust-two");

    static Stream<VendorSample> samples() {
        return Feeds.all().stream().flatMap(feed -> VendorSample.of(feed).stream());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldBeTakenByTheStandardDecoderAtItsTime(VendorSample sample) {
        assertThat(decode(sample.feed(), sample.at(NOW, DEVICE))).isNotEmpty().allSatisfy(event -> assertThat(
                        sample.feed().header(event).getEventTime())
                .isEqualTo(NOW));
    }

    @Test
    void shouldHaveASampleOfEveryFormatThatTheWordsShow() {
        assertThat(samples().map(sample -> sample.feed() + " " + sample.format().id()))
                .contains(
                        "video-status gb28181-xml",
                        "video-status gb28181-line",
                        "dust-sensor hj212",
                        "beidou-report beidou-2.1",
                        "beidou-report beidou-4.0")
                .containsAll(Feeds.all().stream().map(feed -> feed + " json").toList());
    }

    private static <T extends SpecificRecord> List<T> decode(Feed<T> feed, byte[] payload) {
        return Decoders.standard(vendor -> Optional.of(FACTORS))
                .decode(
                        feed,
                        null,
                        new Report(
                                feed,
                                "acme",
                                DEVICE,
                                feed.equals(Feeds.DUST_SENSOR) ? "dry-collector" : "camera",
                                "fengsui/v1/acme/" + feed.id() + "/" + DEVICE,
                                null,
                                false,
                                NOW,
                                "bridge",
                                new Body(payload)));
    }
}
