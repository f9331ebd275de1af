package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.util.List;
import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicAddressTest {

    @Test
    void shouldReadVendorFeedAndDevice() {
        assertThat(TopicAddress.of("fengsui/v1/acme/dust-sensor/d-1.a_B"))
                .contains(new TopicAddress("acme", "dust-sensor", "d-1.a_B"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fengsui",
                "fengsui/",
                "fengsui/v1/acme/dust-sensor",
                "fengsui/v1/acme/dust-sensor/d/1",
                "fengsui/v2/acme/dust-sensor/d",
                "other/v1/acme/dust-sensor/d",
                "fengsui/v1//dust-sensor/d",
                "fengsui/v1/acme/dust-sensor/",
                "fengsui/v1/acme/dust-sensor/d 1",
                "fengsui/v1/acme/dust-sensor/设备",
                "fengsui/v1/acme/dust-sensor/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/fengsui/v1/acme/dust-sensor/d",
                "fengsui/v1/acme/rejected/d"
            })
    void shouldRefuseOtherShapes(String topic) {
        assertThat(TopicAddress.of(topic)).isEmpty();
    }

    @Test
    void shouldKnowRejections() {
        assertThat(TopicAddress.isOfRejections(TopicAddress.rejectionsOf("acme", "d")))
                .isTrue();
        assertThat(TopicAddress.isOfRejections("fengsui/v1/acme/rejected/d/more"))
                .isTrue();
        assertThat(TopicAddress.isOfRejections("fengsui/v1/acme/dust-sensor/rejected"))
                .isFalse();
        assertThat(TopicAddress.isOfRejections("fengsui/v1/rejected/dust-sensor/d"))
                .isFalse();
    }

    /** What a lane handles must be what its filters bring, for any topic: else a message falls between the lanes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fengsui/v1/acme/elevator-119/e-1",
                "fengsui/v1/acme/beidou-report/b-1",
                "fengsui/v1/acme/dust-sensor/d-1",
                "fengsui/v1//elevator-119/",
                "fengsui/v1/a b/elevator-119/c d",
                "fengsui/v1/acme/elevator-119",
                "fengsui/v1/acme/elevator-119/e/1",
                "fengsui/v2/acme/elevator-119/e-1",
                "fengsui/v1/acme/no-feed/e-1",
                "fengsui"
            })
    void shouldGiveEachTopicToALaneThatSubscribesToIt(String topic) {
        Lane lane = TopicAddress.laneOf(topic);

        for (Slot slot : Slot.ofLanes("b")) {
            boolean subscribed = slot.filters().stream().anyMatch(f -> MqttTopicValidator.isMatched(f, topic));
            assertThat(subscribed)
                    .as(slot.lane() + " sees it")
                    .isEqualTo(slot.lane() == Lane.TELEMETRY || lane == Lane.LIFE_SAFETY);
        }
    }

    @Test
    void shouldNameSlotsByLane() {
        List<String> lifeSafety = Feeds.of(Lane.LIFE_SAFETY).stream()
                .map(feed -> "fengsui/v1/+/" + feed + "/+")
                .toList();
        assertThat(lifeSafety).contains("fengsui/v1/+/beidou-report/+", "fengsui/v1/+/elevator-119/+");
        assertThat(Slot.ofLanes("b"))
                .extracting(Slot::clientId, Slot::filters)
                .containsExactly(tuple("b-life-safety", lifeSafety), tuple("b-telemetry", List.of("fengsui/#")));
    }
}
