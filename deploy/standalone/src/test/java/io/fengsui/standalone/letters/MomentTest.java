package io.fengsui.standalone.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "90s,                       2026-03-02T07:58:30Z",
        "30m,                       2026-03-02T07:30:00Z",
        "2h,                        2026-03-02T06:00:00Z",
        "7d,                        2026-02-23T08:00:00Z",
        "2026-03-01T10:00:00Z,      2026-03-01T10:00:00Z",
        "2026-03-01T10:00+09:00,    2026-03-01T01:00:00Z",
        "2026-03-01T10:00,          2026-03-01T02:00:00Z",
        "2026-03-01,                2026-02-28T16:00:00Z"
    })
    void shouldUnderstandAgesAndTimes(String text, Instant expected) {
        assertThat(Moment.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "h", "2w", "-2h", "yesterday", "2026-13-01"})
    void shouldSayWhatItUnderstands(String text) {
        assertThatThrownBy(() -> Moment.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("2h");
    }
}
