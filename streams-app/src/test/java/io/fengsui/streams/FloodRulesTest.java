package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.FloodGauge;
import io.fengsui.event.WaterTrend;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FloodRulesTest {
    private static final Feed<FloodGauge> FLOOD_GAUGE = Feeds.of(FloodGauge.class);
    private static final String GAUGE = FLOOD_GAUGE + "-1";

    private final TestBed bed = new TestBed();
    private int messages;

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldFollowTheWaterUpAndDownWithHysteresis() {
        limit("warningLevelMetres", 3.8);
        limit("guaranteeLevelMetres", 4.5);
        level(3.79);
        assertThat(bed.alerts()).isEmpty();
        level(3.8);
        assertThat(bed.alerts()).containsExactly("RAISE III flood-level@flood-gauge-1");
        level(4.5);
        assertThat(bed.alerts()).containsExactly("RAISE II flood-level@flood-gauge-1");
        level(4.46);
        level(null);
        assertThat(bed.alerts()).isEmpty();
        level(4.44);
        assertThat(bed.alerts()).containsExactly("RAISE III flood-level@flood-gauge-1");
        level(3.76);
        assertThat(bed.alerts()).isEmpty();
        level(3.74);
        assertThat(bed.alerts()).containsExactly("CLEAR III flood-level@flood-gauge-1");
    }

    @Test
    void shouldDoWithOneLevelOfTheTwo() {
        limit("guaranteeLevelMetres", 4.5);
        level(4.6);
        assertThat(bed.signals()).singleElement().satisfies(signal -> assertThat(
                        signal.getExplanation().getZh())
                .startsWith("设备 flood-gauge-1 水位 4.6 m（警戒 未设定 m，保证 4.5 m），水势：涨；"));
        level(4.46);
        assertThat(bed.alerts()).isEmpty();
        level(4.44);
        assertThat(bed.alerts()).containsExactly("CLEAR II flood-level@flood-gauge-1");
    }

    @Test
    void shouldSayNothingOfAGaugeWithoutLevelsAndMarkItsEvents() {
        level(9.0);
        limit("warningLevelMetres", 3.8);
        level(3.0);

        assertThat(bed.alerts()).isEmpty();
        List<FloodGauge> read = bed.read(Topics.township(Realm.LIVE, "zhangpu", FLOOD_GAUGE));
        assertThat(read)
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of("no-limits"), List.of());
    }

    @Test
    void shouldMissAGaugeMoreInHighWater() {
        bed.reference.putDevice(GAUGE, City.device(GAUGE, FLOOD_GAUGE, null, "zhangpu", 300));
        level(3.0);
        bed.pass(Duration.ofMinutes(16));
        assertThat(bed.alerts()).contains("RAISE IV flood-gauge-silent@flood-gauge-1");

        limit("warningLevelMetres", 3.8);
        level(3.9);
        bed.alerts();
        bed.pass(Duration.ofMinutes(16));
        assertThat(bed.alerts()).contains("RAISE III flood-gauge-silent@flood-gauge-1");
    }

    @Test
    void shouldMarkARainCounterThatRanBack() {
        limit("warningLevelMetres", 3.8);
        rain(10.0);
        rain(12.5);
        rain(0.5);
        rain(1.0);

        List<FloodGauge> read = bed.read(Topics.township(Realm.LIVE, "zhangpu", FLOOD_GAUGE));
        assertThat(read)
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of(), List.of(), List.of("COUNTER_RAN_BACK"), List.of());
    }

    private void limit(String name, double value) {
        bed.reference.putParameter(
                "DEVICE|" + GAUGE + "|" + name, City.parameter(ParameterScope.DEVICE, GAUGE, name, value));
    }

    private void level(Double metres) {
        send(event().setLevelMetres(metres).setTrend(WaterTrend.RISING));
    }

    private void rain(Double total) {
        send(event().setRainTotalMillimetres(total));
    }

    private FloodGauge.Builder event() {
        messages++;
        return FloodGauge.newBuilder().setHeader(bed.header(FLOOD_GAUGE, GAUGE, "m-" + messages));
    }

    private void send(FloodGauge.Builder event) {
        bed.send(FLOOD_GAUGE, event.build());
        bed.pass(Duration.ofSeconds(1));
    }
}
