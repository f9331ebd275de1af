package io.fengsui.alerting.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.rulebook.RuleSheet.Kind;
import io.fengsui.alerting.rulebook.RuleSheet.Rule;
import io.fengsui.alerting.rulebook.RuleSheet.Step;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSheetsTest {
    private static final Path SHIPPED = Path.of("..", "seeds", "data", "kunshan", "rules");
    private static final Instant PUBLISHED = Instant.parse("2026-11-23T01:00:00Z");

    static Stream<Path> shipped() {
        return Feeds.all().stream().map(feed -> SHIPPED.resolve(feed.id() + ".yaml"));
    }

    /** Nothing of a shipped rule is left blank for people. */
    @ParameterizedTest
    @MethodSource("shipped")
    void shouldShowEveryShippedRule(Path file) throws Exception {
        String yaml = Files.readString(file);
        RuleSheet sheet = RuleSheets.read(new RuleFile("feed", "file", "v", yaml, null), PUBLISHED);

        assertThat(sheet.problem()).isEmpty();
        assertThat(sheet.rules()).hasSize(count(yaml.substring(yaml.indexOf("\nrules:")), "\n  - id: "));
        assertThat(sheet.rules()).allSatisfy(rule -> {
            assertThat(rule.id()).isNotBlank();
            assertThat(rule.title().getZh()).isNotBlank();
            assertThat(rule.title().getEn()).isNotBlank();
            assertThat(rule.steps()).isNotEmpty().allSatisfy(step -> assertThat(step.severity())
                    .matches("I|II|III|IV"));
            assertThat(rule.steps().stream().anyMatch(step -> !step.when().isEmpty())
                            || !rule.part(Kind.ABSENT).isEmpty()
                            || !rule.part(Kind.OVERDUE).isEmpty())
                    .as(rule.id() + " has a condition")
                    .isTrue();
        });
        assertThat(sheet.params())
                .allSatisfy(param -> assertThat(param.title().getZh()).isNotBlank());
    }

    @Test
    void shouldReadConditionsParametersAndSteps() {
        RuleSheet sheet = read("""
                feed: dust-sensor
                params:
                  warn: {zh: 预警值, en: Warning level, default: 60, unit: °C, min: 20, max: 300}
                  alarm: {zh: 报警值, en: Alarm level, unit: °C, min: 20.5, max: 300, atLeast: warn}
                rules:
                  - id: hot
                    title: {zh: 过热, en: Hot}
                    for: 30 s
                    schedule: {days: mon-fri, hours: 08:30-17:30, except: 2026-10-01..2026-10-08}
                    suppress: [maintenance, "device:other"]
                    severity:
                      - {is: II, when: event.x >= param.alarm, until: event.x < 3, after: 30 min}
                      - is: III
                        when: event.x >= param.warn
                    clear: manual
                    of-a-newer-version: {a: 1}
                  - id: off
                    subject: gateway
                    title: {zh: 离线, en: Off}
                    severity: IV
                    when: event.state == "OFF"
                """);

        assertThat(sheet.param("alarm"))
                .contains(new RuleSheet.Param(
                        "alarm", new AlertText("报警值", "Alarm level"), "°C", "", "20.5", "300", "warn"));
        Rule hot = sheet.rule("hot").orElseThrow();
        assertThat(hot.steps())
                .containsExactly(
                        new Step("II", "event.x >= param.alarm", "event.x < 3", "30 min"),
                        new Step("III", "event.x >= param.warn", "", ""));
        assertThat(hot.part(Kind.FOR)).isEqualTo("30 s");
        assertThat(hot.part(Kind.SCHEDULE))
                .isEqualTo("days: mon-fri, hours: 08:30-17:30, except: 2026-10-01..2026-10-08");
        assertThat(hot.part(Kind.SUPPRESS)).isEqualTo("maintenance; device:other");
        assertThat(sheet.rule("off").orElseThrow().steps())
                .containsExactly(new Step("IV", "event.state == \"OFF\"", "", ""));
        assertThat(sheet.publishedAt()).isEqualTo(PUBLISHED);
    }

    /** A broken file must not take the page or the table's thread with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "rules: none", "rules: [1, [], {}]", "params: 7", "a: b: c", "{", "rules: [{title: x}]"
            })
    void shouldBearAnything(String yaml) {
        RuleSheet sheet = read(yaml);

        assertThat(sheet.params()).isEmpty();
        assertThat(sheet.problem().isPresent())
                .isEqualTo(List.of("a: b: c", "{").contains(yaml));
    }

    private static RuleSheet read(String yaml) {
        return RuleSheets.read(new RuleFile("dust-sensor", "rules/dust-sensor.yaml", "v1", yaml, null), PUBLISHED);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
