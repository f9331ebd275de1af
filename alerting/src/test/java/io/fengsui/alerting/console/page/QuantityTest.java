package io.fengsui.alerting.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertFigure;
import io.fengsui.alert.AlertText;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "gateway, silentSeconds,                      90,   静默时长,   Silent for,         s",
        "dust-sensor, hopperTemperatureCelsius,       74.5, 灰斗温度,  Hopper temperature, °C",
        "dust-sensor, waterFlowCubicMetresPerSecond,  0.2,  循环水流量, Water flow,         m³/s",
        "dust-sensor, hydrogenPercentLel,             12,   氢气浓度,   Hydrogen,           % LEL",
        "gone-feed, snowDepthMetres,                0.3,  snowDepthMetres, Snow depth,    m",
        "elevator-119, trapped,                        2,    被困人数,   Trapped,            ''"
    })
    void shouldReadNameAndUnitOutOfTheField(
            String feed, String field, String value, String zh, String en, String unit) {
        assertThat(Quantity.of(feed, field, value, new Words(Language.ZH))).isEqualTo(new Quantity(zh, value, unit));
        assertThat(Quantity.of(feed, field, value, new Words(Language.EN))).isEqualTo(new Quantity(en, value, unit));
    }

    /** A rule words its figures whole; what can be told apart is told apart. */
    @ParameterizedTest
    @CsvSource({
        "event.hopperTemperatureCelsius, 灰斗温度 74.5 °C,  74.5,  灰斗温度,   74.5,   °C",
        "param.hopperWarnCelsius,        灰斗温度预警值 60 °C, 60, 灰斗温度预警值, 60, °C",
        "event.trapped,                  被困人数 2,        2,     被困人数,   2,      ''",
        "event.fanRunning,               风机运行 是,       true,  风机运行,   是,     ''",
        "event.collector,                除尘器类型 干式,   DRY,   除尘器类型, 干式,   ''",
        "device.name,                    设备名称 一 号 机, 一 号 机, 设备名称, 一 号 机, ''",
        "rise,                           升幅 12.5 °C,      12.5,  升幅,       12.5,   °C",
        "event.gone,                     深度 约 5,         '',    深度 约,    5,      ''",
        "event.gone,                     无空格,            '',    gone,       无空格, ''"
    })
    void shouldTellApartTheFiguresOfARule(
            String name, String text, String plain, String title, String value, String unit) {
        AlertFigure figure = new AlertFigure(name, new AlertText(text, "x"));
        assertThat(Quantity.of("dust-sensor", figure, plain, new Words(Language.ZH)))
                .isEqualTo(new Quantity(title, value, unit));
    }

    /** Codes and names of vendors stay; what the feeds define has words. */
    @ParameterizedTest
    @CsvSource({
        "video-status, state, OFF, 离线, off-line",
        "dust-sensor, collector, DRY, 干式, dry",
        "beidou-report, phase, FOLLOW_UP, 续报, follow-up",
        "dust-sensor, fanRunning, true, 是, yes",
        "elevator-119, orderNo, WX-1, WX-1, WX-1",
        "beidou-report, severity, III, III, III"
    })
    void shouldSayValuesInWords(String feed, String field, String value, String zh, String en) {
        assertThat(Quantity.of(feed, field, value, new Words(Language.ZH)).value())
                .isEqualTo(zh);
        assertThat(Quantity.of(feed, field, value, new Words(Language.EN)).value())
                .isEqualTo(en);
    }

    /** Severities are their own names. */
    @Test
    void shouldHaveWordsForEveryNameInAFeed() {
        for (Feed<?> feed : Feeds.all()) {
            for (FeedField field : feed.fields()) {
                if (!field.name().equals("severity")) {
                    assertThat(field.symbols())
                            .as("%s.%s", feed.id(), field.name())
                            .noneMatch(symbol -> field.zh(symbol).equals(symbol));
                }
            }
        }
    }
}
