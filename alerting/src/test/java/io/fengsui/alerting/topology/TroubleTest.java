package io.fengsui.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private static final Instant T0 = Instant.parse("2026-11-23T00:00:00Z");

    private final Trouble trouble = new Trouble(Duration.ofSeconds(15));

    @Test
    void shouldPassOverAHiccup() {
        trouble.note(T0);

        assertThat(trouble.isOn(T0.plusSeconds(14))).isTrue();
        assertThat(trouble.lasts(T0.plusSeconds(14))).isFalse();
        assertThat(trouble.isOn(T0.plusSeconds(15))).isFalse();
        assertThat(trouble.lasts(T0.plusSeconds(15))).isFalse();
    }

    @Test
    void shouldLastWhenFaultsComeAgainAndAgain() {
        for (int second = 0; second <= 20; second += 10) {
            trouble.note(T0.plusSeconds(second));
        }

        assertThat(trouble.lasts(T0.plusSeconds(14))).isFalse();
        assertThat(trouble.lasts(T0.plusSeconds(34))).isTrue();
        assertThat(trouble.lasts(T0.plusSeconds(35))).isFalse();
    }

    @Test
    void shouldBeginAnewAfterAQuietTime() {
        trouble.note(T0);
        trouble.note(T0.plusSeconds(60));

        assertThat(trouble.lasts(T0.plusSeconds(61))).isFalse();
    }
}
