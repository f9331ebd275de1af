package io.fengsui.alerting.notify.national;

import static io.fengsui.alerting.notify.cap.CapCheck.children;
import static io.fengsui.alerting.notify.cap.CapCheck.parsed;
import static io.fengsui.alerting.notify.cap.CapCheck.text;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.cap.CapMessages;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.notify.cap.MemoryCapLog;
import io.fengsui.event.Severity;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class NationalXmlTest {
    private final MemoryCapLog log = new MemoryCapLog(() -> T0);
    private final CapMessages messages = new CapMessages(
            new CapSettings("duty.example.cn", new AlertText("昆山", "Kunshan"), "", "Restricted", Map.of()),
            Optional.of(new NationalXml("32058341600000", "昆山市应急指挥中心", "Restricted", Map.of("dust-sensor", "12A01"))),
            id -> Optional.of(Unit.newBuilder()
                    .setUnitId(id)
                    .setKind(UnitKind.TOWNSHIP)
                    .setNameZh("张浦镇")
                    .setNameEn("Zhangpu")
                    .setCodes(List.of(new DivisionCode("320583106000", null, null)))
                    .build()),
            new Corrections(figure -> Optional.empty()),
            alert -> Optional.empty());
    private final Alert firing =
            AlertLifecycle.apply(null, raise(T0).build(), T0).changed().orElseThrow();

    @Test
    void shouldWriteWhatTheNationalSystemReads() {
        Element alert = parsed(publish(firing).getNational().array());

        assertThat(text(alert, "identifier"))
                .isEqualTo("32058341600000_20261123080000_0")
                .hasSize(31);
        assertThat(text(alert, "senderCode")).isEqualTo("32058341600000");
        assertThat(text(alert, "sendTime")).isEqualTo("2026-11-23 08:00:00+08:00");
        assertThat(text(alert, "status")).isEqualTo("Actual");
        assertThat(text(alert, "msgType")).isEqualTo("Alert");
        assertThat(text(alert, "scope")).isEqualTo("Restricted");
        Element info = children(alert, "info").get(0);
        assertThat(text(info, "eventType")).isEqualTo("12A01");
        assertThat(text(info, "severity")).isEqualTo("Yellow");
        assertThat(text(children(info, "area").get(0), "geocode")).isEqualTo("320583106000");
    }

    @ParameterizedTest
    @CsvSource({"I,Red", "II,Orange", "III,Yellow", "IV,Blue"})
    void shouldMapColoursByName(Severity severity, String colour) {
        Alert alert = Alert.newBuilder(firing).setSeverity(severity).build();

        assertThat(text(
                        children(parsed(publish(alert).getNational().array()), "info")
                                .get(0),
                        "severity"))
                .isEqualTo(colour);
    }

    @Test
    void shouldWithdrawAWarningThatIsOver() {
        String first = publish(firing).getNationalIdentifier();
        Alert over = AlertLifecycle.apply(firing, clear(T0.plusSeconds(60)).build(), T0.plusSeconds(60))
                .changed()
                .orElseThrow();

        Element cancel = parsed(publish(over).getNational().array());

        assertThat(text(cancel, "msgType")).isEqualTo("Cancel");
        assertThat(text(cancel, "references")).isEqualTo(first);
    }

    @Test
    void shouldTellCorrectedFiguresAndTheReason() {
        publish(firing);
        Alert revised = AlertLifecycle.apply(
                        firing,
                        command(CommandAction.REVISE, "r")
                                .setNote("医院核实 <b>")
                                .setFigures(Map.of("hopperTemperatureCelsius", "75"))
                                .build(),
                        T0.plusSeconds(60))
                .changed()
                .orElseThrow();

        Element update = parsed(publish(revised).getNational().array());

        assertThat(text(update, "msgType")).isEqualTo("Update");
        assertThat(text(update, "note")).endsWith("75 °C — 医院核实 <b>");
        assertThat(text(children(update, "info").get(0), "description"))
                .isEqualTo("更正后的数据（以此为准）：灰斗温度 75 °C\n灰斗温度 72 ℃");
    }

    @Test
    void shouldNameNoTwoMessagesAlikeInAStorm() {
        for (int i = 0; i < 25; i++) {
            publish(Alert.newBuilder(firing).setAlertId("a" + i).build());
        }

        assertThat(log.index().byNational("32058341600000_20261123080000_9")).isPresent();
        assertThat(log.index().byNational("32058341600000_20261123080001_0")).isPresent();
        assertThat(log.index().byNational("32058341600000_20261123080002_4")).isPresent();
    }

    @Test
    void shouldPublishNothingWithoutAnEventTypeOrAColour() {
        assertThat(publish(Alert.newBuilder(firing).setFeed("grid-report").build())
                        .getNational())
                .isNull();
        assertThat(publish(Alert.newBuilder(firing)
                                .setAlertId("b")
                                .setSeverity(Severity.UNKNOWN)
                                .build())
                        .getNational())
                .isNull();
    }

    private CapMessage publish(Alert alert) {
        CapMessage message = messages.next(alert, log.index()).orElseThrow();
        assertThat(log.append(message)).isTrue();
        return message;
    }
}
