package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

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
}
