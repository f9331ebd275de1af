package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "hopperTemperatureCelsius,       74.5, 灰斗温度,  Hopper temperature, °C",
        "waterFlowCubicMetresPerSecond,  0.2,  循环水流量, Water flow,         m³/s",
        "hydrogenPercentLel,             12,   氢气浓度,   Hydrogen,           % LEL",
        "snowDepthMetres,                0.3,  snowDepthMetres, Snow depth,    m",
        "trapped,                        2,    被困人数,   Trapped,            ''"
    })
    void shouldReadNameAndUnitOutOfTheField(String field, String value, String zh, String en, String unit) {
        assertThat(Quantity.of(field, value, new Words(Language.ZH))).isEqualTo(new Quantity(zh, value, unit));
        assertThat(Quantity.of(field, value, new Words(Language.EN))).isEqualTo(new Quantity(en, value, unit));
    }

    /** Codes and names of vendors stay; what the feeds define has words. */
    @ParameterizedTest
    @CsvSource({
        "state, OFF, 离线, off-line",
        "collector, DRY, 干式, dry",
        "phase, FOLLOW_UP, 续报, follow-up",
        "fanRunning, true, 是, yes",
        "orderNo, WX-1, WX-1, WX-1",
        "severity, III, III, III"
    })
    void shouldSayValuesInWords(String field, String value, String zh, String en) {
        assertThat(Quantity.of(field, value, new Words(Language.ZH)).value()).isEqualTo(zh);
        assertThat(Quantity.of(field, value, new Words(Language.EN)).value()).isEqualTo(en);
    }

    @Test
    void shouldHaveWordsForEveryNameInAFeed() {
        for (Feed<?> feed : Feeds.all()) {
            for (Schema.Field field : feed.schema().getFields()) {
                if (field.schema().getType() == Schema.Type.ENUM
                        && !field.name().equals("severity")) {
                    assertThat(field.schema().getEnumSymbols())
                            .as("%s.%s", feed.id(), field.name())
                            .allMatch(symbol -> ValueName.of(symbol).isPresent());
                }
            }
        }
    }
}
