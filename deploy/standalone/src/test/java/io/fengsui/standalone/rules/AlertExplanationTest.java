package io.fengsui.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.letters.Language;
import io.fengsui.streams.rule.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertExplanationTest {
    private static final Instant THEN = Instant.parse("2026-11-26T00:00:00Z");

    private final RuleSet rules = RuleSource.load(
                    List.of(Home.locate().seeds().resolve("rules").resolve("dust-sensor.yaml")))
            .get(0)
            .rules();

    @Test
    void shouldTellWhereEachThresholdIsSetAndWhatEndsTheAlert() {
        ParameterOrigin origin = new ParameterOrigin(
                Map.of(
                        "DEVICE|dc-1|hopperAlarmCelsius", row(ParameterScope.DEVICE, "dc-1", "hopperAlarmCelsius", 75),
                        "SITE|site-1|hopperAlarmCelsius", row(ParameterScope.SITE, "site-1", "hopperAlarmCelsius", 85),
                        "UNIT|unit-1|hopperWarnCelsius", row(ParameterScope.UNIT, "unit-1", "hopperWarnCelsius", 62)),
                THEN,
                "dc-1",
                "site-1",
                List.of("unit-1"));

        List<String> lines = new AlertExplanation(Language.EN, alert(rules.version()), rules, origin).lines();

        assertThat(String.join("\n", lines))
                .contains("dust-hopper-temperature@dc-1  firing since 2026-11-26 08:00:00, II (orange)")
                .contains("version " + rules.version())
                .contains("in force")
                .contains("hopperTemperatureCelsius = 80")
                .contains("(hopperAlarmCelsius): 70 °C, now 75 °C  [device dc-1; source: design]")
                .contains("(hopperWarnCelsius): 60 °C, now 62 °C  [unit unit-1; source: design]")
                .contains("(hopperHysteresisCelsius): 5 °C  [default of the rule file]")
                .contains("when event.hopperTemperatureCelsius < param.hopperWarnCelsius (62 °C)")
                .contains("acme/dc-1/7, received 2026-11-26 08:00:00");
    }

    @Test
    void shouldSayInChineseThatAnotherVersionIsInForce() {
        ParameterOrigin none = new ParameterOrigin(Map.of(), THEN, "dc-1", null, List.of());

        List<String> lines = new AlertExplanation(Language.ZH, alert("000000000000"), rules, none).lines();

        assertThat(String.join("\n", lines)).contains("II 重大（橙）", "现行版本为 " + rules.version(), "[规则文件默认值]", "也可由值班员解除");
    }

    @Test
    void shouldSayThatTheRuleIsNoMore() {
        ParameterOrigin none = new ParameterOrigin(Map.of(), THEN, "dc-1", null, List.of());

        List<String> lines = new AlertExplanation(Language.EN, alert("000000000000"), null, none).lines();

        assertThat(String.join("\n", lines)).contains("the rules in force have it no more", "by people");
    }

    private static Parameter row(ParameterScope scope, String id, String name, double value) {
        return Parameter.newBuilder()
                .setScope(scope)
                .setId(id)
                .setName(name)
                .setValue(value)
                .setSource("design")
                .build();
    }

    private static Alert alert(String version) {
        AlertText text = new AlertText("灰斗过热", "Hopper too hot");
        return Alert.newBuilder()
                .setAlertId("dust-hopper-temperature@dc-1")
                .setRevision(1)
                .setState(AlertState.FIRING)
                .setSeverity(Severity.II)
                .setRuleId("dust-hopper-temperature")
                .setRuleVersion(version)
                .setFeed("dust-sensor")
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId("dc-1")
                        .setName("dc-1")
                        .setUnitIds(List.of("unit-1"))
                        .build())
                .setTitle(text)
                .setExplanation(text)
                .setRunbook(text)
                .setValues(Map.of(
                        "hopperTemperatureCelsius",
                        "80",
                        "param.hopperAlarmCelsius",
                        "70",
                        "param.hopperWarnCelsius",
                        "60"))
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(THEN)
                .setEventTime(THEN)
                .setChangedAt(THEN)
                .setReceivedAt(THEN)
                .setLastEventId("acme/dc-1/7")
                .build();
    }
}
