package io.fengsui.alerting.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertingMetersTest {

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatItIs(AlertingMeters meter) {
        assertThat(meter.meter()).matches("fengsui\\.[a-z.]+");
        assertThat(meter.description()).isNotBlank();
        assertThat(meter.tags()).doesNotContain("device", "subject", "alert");
    }
}
