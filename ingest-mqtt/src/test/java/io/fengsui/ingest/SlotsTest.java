package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.util.List;
import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final List<String> FINER =
            List.of("dust-sensor", "video-status@video-west", "video-status", "elevator-119@lifts");

    @Test
    void shouldHaveOneALaneByDefault() {
        List<Slot> slots = Slots.of("b", List.of()).all();

        assertThat(slots).extracting(Slot::clientId).containsExactly("b-life-safety", "b-telemetry");
        assertThat(slots.get(0).filters())
                .isEqualTo(Feeds.of(Lane.LIFE_SAFETY).stream()
                        .map(feed -> "fengsui/v1/+/" + feed + "/+")
                        .toList())
                .contains("fengsui/v1/+/beidou-report/+", "fengsui/v1/+/elevator-119/+");
        assertThat(slots.get(1).filters()).containsExactly("fengsui/#");
    }

    @Test
    void shouldAddFinerOnesInOrder() {
        Slots slots = Slots.of("b", FINER);

        assertThat(slots.all())
                .extracting(Slot::name)
                .containsExactly(
                        "life-safety",
                        "telemetry",
                        "dust-sensor",
                        "video-status@video-west",
                        "video-status",
                        "elevator-119@lifts");
        assertThat(slots.all().get(2).filters()).containsExactly("fengsui/v1/+/dust-sensor/+");
        assertThat(slots.all().get(3).filters()).containsExactly("fengsui/v1/video-west/video-status/+");
        assertThat(slots.all().get(4).filters())
                .as("it must see the marks of the more specific one")
                .containsExactly("fengsui/v1/+/video-status/+", "fengsui/v1/b/rejected/+");
        assertThat(slots.all().get(0).filters()).endsWith("fengsui/v1/b/rejected/+");
        assertThat(slots.of(Lane.LIFE_SAFETY)).containsExactly("life-safety", "elevator-119@lifts");
    }

    @ParameterizedTest
    @CsvSource({
        "dust-senser,did you mean dust-sensor?",
        "nonsense-feed,'only video-status, dust-sensor'",
        "dust-sensor@,behind @ stands a vendor",
        "dust-sensor@a b,behind @ stands a vendor",
        "dust-sensor@a/b,behind @ stands a vendor",
        "telemetry,there is no feed 'telemetry'",
        "'',there is no feed ''"
    })
    void shouldRefuseAWrongEntry(String entry, String why) {
        assertThatThrownBy(() -> Slots.of("b", List.of("gateway", entry)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("ingest.slots: '" + entry + "' is wrong")
                .hasMessageContaining(why);
    }

    @Test
    void shouldRefuseAnEntryNamedTwice() {
        assertThatThrownBy(() -> Slots.of("b", List.of("gateway", "gateway")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("'gateway' is wrong: it is named twice");
    }

    /** Who is said to see a topic must be who subscribes to it: else a message falls between the slots. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fengsui/v1/acme/elevator-119/e-1",
                "fengsui/v1/lifts/elevator-119/e-1",
                "fengsui/v1/acme/beidou-report/b-1",
                "fengsui/v1/acme/dust-sensor/d-1",
                "fengsui/v1/acme/video-status/c-1",
                "fengsui/v1/video-west/video-status/c-1",
                "fengsui/v1/video-west/video-status@video-west/c-1",
                "fengsui/v1/acme/telemetry/c-1",
                "fengsui/v1/acme/life-safety/c-1",
                "fengsui/v1/a b/elevator-119/c d",
                "fengsui/v1/acme/elevator-119",
                "fengsui/v1/acme/elevator-119/e/1",
                "fengsui/v2/acme/elevator-119/e-1",
                "fengsui/v1/acme/no-feed/e-1",
                "fengsui"
            })
    void shouldNameThoseThatSubscribeToATopic(String topic) {
        Slots slots = Slots.of("b", FINER);

        List<Slot> seeing = slots.seeing(topic);

        assertThat(seeing)
                .containsExactlyInAnyOrderElementsOf(slots.all().stream()
                        .filter(slot -> slot.filters().stream().anyMatch(f -> MqttTopicValidator.isMatched(f, topic)))
                        .toList())
                .last()
                .extracting(Slot::name)
                .isEqualTo("telemetry");
        for (int i = 1; i < seeing.size(); i++) {
            assertThat(slots.moreGeneralThan(seeing.get(i - 1)))
                    .as("the most specific first")
                    .isEqualTo(seeing.subList(i, seeing.size()));
        }
    }

    /** Brokers differ in whether a + takes an empty level. */
    @Test
    void shouldLeaveEmptyLevelsToTelemetry() {
        assertThat(Slots.of("b", FINER).seeing("fengsui/v1//elevator-119/"))
                .extracting(Slot::name)
                .containsExactly("telemetry");
    }
}
