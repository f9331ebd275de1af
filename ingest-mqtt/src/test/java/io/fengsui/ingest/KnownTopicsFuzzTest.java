package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.ingest.KnownTopics.KnownTopic;
import io.fengsui.ingest.mqtt.Slot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics as anybody may name them who may publish. */
class KnownTopicsFuzzTest {
    private static final Slots SLOTS = Slots.of("bridge", List.of());
    private static final Slot TELEMETRY = SLOTS.named("telemetry").orElseThrow();

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "fengsui/v1/acme/beidou-report/b-1",
                        "fengsui/v1/acme/video-status/32058300001320000001",
                        "fengsui/v1/acme/rejected/b-1",
                        "fengsui/v1/acme/rejected",
                        "fengsui/v1//police-110/",
                        "fengsui/v2/acme/police-110/p/1",
                        "$share/a/fengsui/#",
                        "")
                .map(topic -> topic.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadAnyTopic(byte[] bytes) {
        String topic = new String(bytes, UTF_8);

        KnownTopic known = Cost.little(bytes.length, () -> new KnownTopics(SLOTS, TELEMETRY).get(topic));

        known.address().ifPresent(address -> {
            assertThat(topic)
                    .isEqualTo("fengsui/v1/" + address.vendor() + "/" + address.feedId() + "/" + address.deviceId());
            assertThat(address.vendor() + address.deviceId()).matches("[A-Za-z0-9._-]{2,128}");
            assertThat(known.ofRejections()).isFalse();
            address.feed().ifPresent(feed -> assertThat(known.seeing())
                    .extracting(slot -> slot.lane())
                    .startsWith(feed.lane()));
        });
        assertThat(known.seeing()).endsWith(TELEMETRY);
    }
}
