package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.DustSensor;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A parameter without default and without a value: rules that need it say nothing, and events tell so. */
class UnsetParameterTest {
    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldSayNothingUntilALevelIsSet() {
        send(200.0);
        assertThat(bed.alerts()).isEmpty();

        set("warn", 60);
        send(65.0);
        assertThat(bed.signals()).extracting(signal -> text(signal)).containsExactly("III 65 / 60 / 未设定 / not set");
        send(200.0);
        assertThat(bed.alerts()).isEmpty();

        set("alarm", 70);
        send(201.0);
        assertThat(bed.signals()).extracting(signal -> text(signal)).containsExactly("II 201 / 60 / 70 / 70");
    }

    @Test
    void shouldEndNothingWhenALevelIsTakenAway() {
        set("warn", 60);
        send(65.0);
        bed.alerts();
        bed.reference.putParameter("CITY|*|warn", null);
        send(20.0);

        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldMarkTheEventsOfADeviceWithoutALevel() {
        send(20.0);
        set("warn", 60);
        send(20.0);

        List<DustSensor> read = bed.read(Topics.township(Realm.LIVE, "bacheng", Feeds.DUST_SENSOR));
        assertThat(read)
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of("no-limits"), List.of());
    }

    @Test
    void shouldWatchNoSilenceUntilItsLengthIsSet() {
        send(20.0);
        bed.pass(Duration.ofMinutes(10));
        assertThat(bed.alerts()).isEmpty();

        set("missed", 3);
        bed.pass(Duration.ofMinutes(4));
        assertThat(bed.alerts()).containsExactly("RAISE IV silent@dust-1");
    }

    private void send(Double temperature) {
        bed.send(Feeds.DUST_SENSOR, events.dust("dust-1", temperature).build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void set(String name, double value) {
        bed.reference.putParameter("CITY|*|" + name, City.parameter(ParameterScope.CITY, "*", name, value));
    }

    private static String text(AlertSignal signal) {
        return signal.getSeverity() + " " + signal.getExplanation().getZh() + " / "
                + signal.getExplanation().getEn();
    }

    private static RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.DUST_SENSOR.id(), City.ruleFile(Feeds.DUST_SENSOR, """
                feed: dust-sensor
                params:
                  warn: {zh: 预警, en: Warning, unit: °C, min: 20, max: 300}
                  alarm: {zh: 报警, en: Alarm, unit: °C, min: 20, max: 300, atLeast: warn}
                  missed: {zh: 次数, en: Missed, unit: 次, min: 1, max: 100}
                flags:
                  - {id: no-limits, zh: 未设限值, en: No limits set, when: '!has(param.warn) && !has(param.alarm)'}
                rules:
                  - id: hot
                    title: {zh: 高温, en: Hot}
                    severity:
                      - {is: II, when: event.hopperTemperatureCelsius >= param.alarm}
                      - {is: III, when: event.hopperTemperatureCelsius >= param.warn}
                    clear: event.hopperTemperatureCelsius < param.warn - 5.0
                    explanation: {zh: "{event.hopperTemperatureCelsius} / {param.warn} / {param.alarm}", en: "{param.alarm}"}
                    runbook: {zh: 处理, en: Act}
                  - id: silent
                    title: {zh: 失联, en: Silent}
                    absent: param.missed heartbeats
                    severity: IV
                    explanation: {zh: 失联, en: Silent}
                    runbook: {zh: 处理, en: Act}
                """));
        return book;
    }
}
