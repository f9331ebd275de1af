package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.DustSensor;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where and when rules are in force, and what their signals say of themselves. */
class RuleScopeTest {
    /** The bed starts on a Monday, 08:00 in Shanghai. */
    private static final String RULES = """
            feed: dust-sensor
            params:
              limit: {zh: 限值, en: Limit, default: 60, unit: °C, min: 0, max: 100}
            rules:
              - id: working
                title: {zh: 上班, en: Working}
                schedule: {days: mon-fri, hours: 08:30-17:30, except: 2026-11-24}
                severity: III
                when: event.hopperTemperatureCelsius >= param.limit
                explanation: {zh: 高, en: high}
                runbook: {zh: 处理, en: Act}
              - id: dusty
                title: {zh: 涉粉, en: Dusty}
                applies: site.kind == "DUST_EXPLOSION" && "bacheng" in device.unitIds
                severity: III
                when: event.hopperTemperatureCelsius >= param.limit
                explanation: {zh: 高, en: high}
                runbook: {zh: 处理, en: Act}
              - id: elsewhere
                title: {zh: 别处, en: Elsewhere}
                applies: '"zhangpu" in device.unitIds'
                severity: III
                when: event.hopperTemperatureCelsius >= param.limit
                explanation: {zh: 高, en: high}
                runbook: {zh: 处理, en: Act}
              - id: rising
                title: {zh: 上升, en: Rising}
                rise: {of: event.hopperTemperatureCelsius, within: 10 min}
                severity: III
                when: event.fanRunning && rise >= 10
                clear: rise < 5
                suppress: [maintenance, gateway, "device:dusty"]
                explanation: {zh: "上升 {rise} 度", en: "up {rise} °C"}
                runbook: {zh: 处理, en: Act}
            """;

    private final RuleFile file = City.ruleFile(Feeds.DUST_SENSOR, RULES);
    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    private RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.DUST_SENSOR.id(), file);
        assertThat(book.of(Feeds.DUST_SENSOR.id())).isNotNull();
        return book;
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldBeginNothingOutsideItsScheduleAndEndWhatIsOpen() {
        hot(61.0);
        assertThat(alerts("working")).isEmpty();

        after(Duration.ofMinutes(31));
        hot(61.0);
        assertThat(alerts("working")).containsExactly("RAISE III working@dust-1");

        after(Duration.ofHours(10));
        hot(65.0);
        hot(40.0);
        hot(61.0);
        assertThat(alerts("working")).containsExactly("CLEAR III working@dust-1");

        after(Duration.ofHours(14));
        hot(61.0);
        assertThat(alerts("working")).isEmpty();
        after(Duration.ofHours(24));
        hot(61.0);
        assertThat(alerts("working")).containsExactly("RAISE III working@dust-1");
    }

    @Test
    void shouldSpeakOnlyOfDevicesThatItAppliesTo() {
        hot(61.0);

        assertThat(bed.alerts()).containsExactly("RAISE III dusty@dust-1");
    }

    @Test
    void shouldFollowHowMuchAReadingHasRisen() {
        for (double celsius : new double[] {20, 24, 28}) {
            hot(celsius);
            after(Duration.ofMinutes(2));
        }
        assertThat(alerts("rising")).isEmpty();

        hot(31.0);
        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getExplanation().getEn()).isEqualTo("up 11 °C");
            assertThat(signal.getValues()).containsEntry("rise", "11").containsEntry("fanRunning", "true");
            assertThat(signal.getSuppressions()).containsExactly("maintenance", "gateway", "device:dusty");
        });
        after(Duration.ofMinutes(12));
        hot(31.0);
        assertThat(alerts("rising")).containsExactly("CLEAR III rising@dust-1");
    }

    @Test
    void shouldNotTakeASlowRiseForAFastOne() {
        for (int i = 0; i < 20; i++) {
            hot(20.0 + i);
            after(Duration.ofMinutes(2));
        }
        assertThat(alerts("rising")).isEmpty();
    }

    @Test
    void shouldNameItsVersionAndItsValuesInWords() {
        hot(61.0);

        AlertSignal signal = bed.signals().get(0);
        assertThat(signal.getRuleVersion()).isEqualTo(file.getVersion());
        assertThat(signal.getFigures())
                .extracting(figure -> figure.getName() + " = "
                        + figure.getText().getZh() + " = " + figure.getText().getEn())
                .containsExactly(
                        "event.hopperTemperatureCelsius = 灰斗温度 61 °C = Hopper temperature 61 °C",
                        "param.limit = 限值 60 °C = Limit 60 °C");
    }

    private void after(Duration duration) {
        bed.pass(duration, Duration.ofMinutes(5), true);
    }

    private void hot(double celsius) {
        DustSensor event = events.dust("dust-1", celsius).build();
        bed.send(Feeds.DUST_SENSOR, event);
    }

    private List<String> alerts(String rule) {
        return bed.alerts().stream()
                .filter(alert -> alert.contains(" " + rule + "@"))
                .toList();
    }
}
