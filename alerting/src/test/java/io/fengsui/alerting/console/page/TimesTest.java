package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T16:30:05Z");

    @Test
    void shouldTellTimesOfShanghaiWithTheirDate() {
        Times times = new Times(new Words(Language.ZH), NOW);

        assertThat(times.full(NOW)).isEqualTo("2026-11-24 00:30:05");
        assertThat(times.full(null)).isEqualTo("—");
        assertThat(Times.iso(NOW)).isEqualTo("2026-11-24T00:30:05.000+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "PT3S,       刚刚,         just now",
        "PT45S,      45 秒,        45 s",
        "PT59M59S,   59 分钟,      59 min",
        "PT2H20M,    2 小时 20 分, 2 h 20 min",
        "P3DT4H59M,  3 天 4 小时,  3 d 4 h"
    })
    void shouldTellAgesInAtMostTwoUnits(Duration age, String zh, String en) {
        assertThat(new Times(new Words(Language.ZH), NOW).age(NOW.minus(age))).isEqualTo(zh);
        assertThat(new Times(new Words(Language.EN), NOW).age(NOW.minus(age))).isEqualTo(en);
    }
}
