package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;

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
}
