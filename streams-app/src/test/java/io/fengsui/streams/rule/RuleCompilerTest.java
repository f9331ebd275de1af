package io.fengsui.streams.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {

    private static final String GOOD = """
            feed: dust-sensor
            params:
              warn: {zh: 预警, en: Warning, default: 60, unit: °C, min: 20, max: 300}
              alarm: {zh: 报警, en: Alarm, default: 70, unit: °C, min: 20, max: 300, atLeast: warn}
            rules:
              - id: hot
                title: {zh: 高温, en: Hot}
                severity:
                  - {is: II, when: event.hopperTemperatureCelsius >= param.alarm}
                  - {is: III, when: event.hopperTemperatureCelsius >= param.warn}
                clear: event.hopperTemperatureCelsius < param.warn - 5.0
                explanation: {zh: "{event.hopperTemperatureCelsius} 度", en: "{event.hopperTemperatureCelsius} degrees"}
                runbook: {zh: 处理, en: Act}
            """;

    @Test
    void shouldTellEverythingForDocumentsWhenAFileIsGood() throws RuleException {
        RuleSet rules = RuleCompiler.compile("dust.yaml", GOOD);

        assertThat(rules.version()).matches("[0-9a-f]{12}");
        assertThat(rules.params()).containsOnlyKeys("warn", "alarm");
        Rule rule = rules.rules().get(0);
        assertThat(rule.severities()).containsExactly(Severity.II, Severity.III);
        assertThat(rule.severityText())
                .isEqualTo("II when event.hopperTemperatureCelsius >= param.alarm; "
                        + "III when event.hopperTemperatureCelsius >= param.warn");
        assertThat(rule.clearText()).isEqualTo("event.hopperTemperatureCelsius < param.warn - 5.0");
        assertThat(rule.conditionText()).contains(" or ");
    }

    @Test
    void shouldListEveryProblemWithItsPlaceWhenAFileIsWrong() {
        String yaml = """
                feed: dust-sensor
                params:
                  warn: {zh: 预警, en: Warning, default: 60, unit: °C, min: 20, max: 300}
                  alarm: {zh: 报警, en: Alarm, default: 50, unit: °C, min: 20, max: 300, atLeast: warn}
                rules:
                  - id: Hot!
                    title: {zh: 高温, en: Hot}
                    severity: V
                    when: event.hoperTemperature > 3
                    clear: >-
                      event.fanRunning
                      && event.collector == "DRYY"
                    explanation: {zh: "{event.nothing}", en: "fine"}
                    colour: red
                  - id: other
                    title: {zh: 其他, en: Other}
                    severity: III
                    when: event.fanRunning > 3
                    explanation: {zh: 说明, en: Words}
                """;

        assertThat(problems(yaml))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("r.yaml:4:10: alarm: the default 50 is below warn, 60"),
                        p -> assertThat(p).startsWith("r.yaml:6:5: 'runbook' is missing"),
                        p -> assertThat(p).startsWith("r.yaml:6:9: id: expected lower-case letters"),
                        p -> assertThat(p).startsWith("r.yaml:8:15: severity: expected I, II, III or IV, found 'V'"),
                        p -> assertThat(p)
                                .startsWith("r.yaml:9:11: there is no event.hoperTemperature; there are event.")
                                .contains("event.hopperTemperatureCelsius"),
                        p -> assertThat(p)
                                .isEqualTo("r.yaml:12:29: event.collector is never \"DRYY\"; it is one of "
                                        + "UNKNOWN, DRY, WET"),
                        p -> assertThat(p).startsWith("r.yaml:13:25: there is no {event.nothing}"),
                        p -> assertThat(p).startsWith("r.yaml:14:5: no such key 'colour'; expected one of id,"),
                        p -> assertThat(p).startsWith("r.yaml:15:5: 'runbook' is missing"),
                        p -> assertThat(p).startsWith("r.yaml:18:28: found no matching overload for '_>_'"));
    }

    @Test
    void shouldNameThePlaceWhenTheYamlItselfIsBroken() {
        assertThat(problems("feed: [gateway\nrules: {"))
                .singleElement()
                .asString()
                .startsWith("r.yaml:2:");
        assertThat(problems(""))
                .containsExactly("r.yaml:1:1: expected a mapping with the keys feed, words, params, flags, rules");
        assertThat(problems("feed: gateway")).containsExactly("r.yaml:1:1: 'rules' is missing");
        assertThat(problems("feed: nothing\nrules: []")).anySatisfy(p -> assertThat(p)
                .startsWith("r.yaml:1:7: feed: there is no feed 'nothing'; expected one of"));
    }

    @Test
    void shouldReadFlagsAndRefuseWrongOnesAtTheirPlace() throws RuleException {
        String flags = """
                flags:
                  - {id: no-fan, zh: 未报风机, en: Fan not reported, when: '!has(event.fanRunning)'}
                """;
        RuleSet rules = RuleCompiler.compile("dust.yaml", GOOD + flags);
        assertThat(rules.flags()).singleElement().satisfies(flag -> {
            assertThat(flag.id()).isEqualTo("no-fan");
            assertThat(flag.title()).isEqualTo(new Words("未报风机", "Fan not reported"));
            assertThat(flag.when().text()).isEqualTo("!has(event.fanRunning)");
        });

        String wrong = """
                feed: dust-sensor
                flags:
                  - {id: No Fan, zh: 甲, en: A, when: event.fanRuning}
                  - {id: twice, zh: 乙, en: B, when: event.fanRunning}
                  - {id: twice, zh: 乙, en: B, when: event.fanRunning, severity: III}
                  - {id: silent, zh: 丙}
                rules: []
                """;
        assertThat(problems(wrong))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("r.yaml:3:10: id: expected lower-case letters"),
                        p -> assertThat(p).startsWith("r.yaml:3:38: there is no event.fanRuning; there are event."),
                        p -> assertThat(p).isEqualTo("r.yaml:5:5: flag id 'twice' is there twice"),
                        p -> assertThat(p)
                                .isEqualTo("r.yaml:5:55: no such key 'severity'; expected one of id, zh, en, when"),
                        p -> assertThat(p).isEqualTo("r.yaml:6:5: 'en' is missing"),
                        p -> assertThat(p).isEqualTo("r.yaml:6:5: 'when' is missing"),
                        p -> assertThat(p).startsWith("r.yaml:7:8: rules: expected a list"));
    }

    @Test
    void shouldRefuseAnEventInTheTextsOfADeadline() {
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: silent
                    title: {zh: 失联, en: Silent}
                    absent: three heartbeats
                    severity: III
                    explanation: {zh: "{event.fanRunning}", en: "since {since}"}
                    runbook: {zh: 处理, en: Act}
                """;

        assertThat(problems(yaml))
                .anySatisfy(p -> assertThat(p).startsWith("r.yaml:5:13: absent: expected a number or param.<name>"))
                .anySatisfy(p -> assertThat(p).startsWith("r.yaml:7:25: {event.fanRunning}: there is no event"))
                .hasSize(2);
    }

    @Test
    void shouldRefuseAnIncidentWithoutNumberOrWithAnEndOfItsOwn() {
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: report
                    subject: incident
                    title: {zh: 甲, en: A}
                    severity: III
                    when: event.fanRunning
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: other
                    subject: incidents
                    title: {zh: 甲, en: A}
                    severity: III
                    when: event.fanRunning
                    clear: manual
                    case: device.id
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                """;

        assertThat(problems(yaml))
                .containsExactly(
                        "r.yaml:3:5: subject: incident needs 'clear: manual'",
                        "r.yaml:3:5: 'case' is missing",
                        "r.yaml:11:14: subject: expected device, gateway or incident, found 'incidents'",
                        "r.yaml:16:11: 'case' has no place beside 'clear: manual'");
    }

    @Test
    void shouldRefuseTimesAndPlacesThatMakeNoSense() {
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: a
                    title: {zh: 甲, en: A}
                    for: three minutes
                    severity:
                      - {is: II, when: event.fanRunning, after: 2 heartbeats}
                      - {is: III, when: event.fanRunning, after: 5 min}
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: b
                    title: {zh: 甲, en: A}
                    severity: III
                    when: rise > 3
                    times: 1
                    within: 10 min
                    applies: event.fanRunning
                    schedule: {days: mon-fry, hours: 8-17, dates: 02-30..03-01}
                    suppress: [maintenance, "device:b", lunch]
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: c
                    title: {zh: 甲, en: A}
                    severity: III
                    when: event.fanRunning
                    across: event.collector
                    within: 10 min
                    explanation: {zh: "{event.fanRunning}", en: A}
                    runbook: {zh: 处理, en: Act}
                """;

        assertThat(problems(yaml))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("r.yaml:5:10: for: expected a number or param.<name>"),
                        p -> assertThat(p).startsWith("r.yaml:7:7: severity: the last step has no 'after'"),
                        p -> assertThat(p).isEqualTo("r.yaml:7:49: after: expected s, min, h or d"),
                        p -> assertThat(p).startsWith("r.yaml:11:5: 'rise' is missing"),
                        p -> assertThat(p).startsWith("r.yaml:15:12: times: expected a number"),
                        p -> assertThat(p)
                                .isEqualTo("r.yaml:17:14: applies: looks at device, site and param alone, found"
                                        + " event.fanRunning"),
                        p -> assertThat(p).startsWith("r.yaml:18:22: days: expected days such as mon-fri"),
                        p -> assertThat(p).startsWith("r.yaml:18:38: hours: expected a time of day to another"),
                        p -> assertThat(p).startsWith("r.yaml:18:51: dates: expected dates such as 05-01..09-30"),
                        p -> assertThat(p).isEqualTo("r.yaml:19:29: suppress: an alert cannot suppress itself"),
                        p -> assertThat(p).startsWith("r.yaml:19:41: suppress: expected maintenance, gateway"),
                        p -> assertThat(p).isEqualTo("r.yaml:22:5: 'times' is missing"),
                        p -> assertThat(p).isEqualTo("r.yaml:22:5: across needs 'clear: manual'"),
                        p -> assertThat(p).startsWith("r.yaml:28:25: {event.fanRunning}: there is no event"));
    }

    @Test
    void shouldRefuseWhatContradictsItself() {
        String yaml = """
                feed: dust-sensor
                params:
                  limit: {zh: 限, en: Limit, default: 60, unit: °C, min: 0, max: 100}
                rules:
                  - id: overlaps
                    title: {zh: 甲, en: A}
                    severity: III
                    when: event.hopperTemperatureCelsius >= param.limit
                    clear: event.hopperTemperatureCelsius < param.limit + 5.0 && event.fanRunning
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: hidden
                    title: {zh: 甲, en: A}
                    severity:
                      - {is: II, when: event.hopperTemperatureCelsius >= param.limit}
                      - {is: III, when: event.hopperTemperatureCelsius >= 70}
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: never
                    title: {zh: 甲, en: A}
                    severity:
                      - {is: III, when: event.hopperTemperatureCelsius > 70 && event.hopperTemperatureCelsius < 60}
                    suppress: ["device:circle"]
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                  - id: circle
                    title: {zh: 甲, en: A}
                    severity: III
                    when: event.fanRunning
                    suppress: ["site:never"]
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                """;

        assertThat(problems(yaml))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .isEqualTo(
                                        "r.yaml:1:1: suppress: the rule 'never' would suppress itself through others"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "r.yaml:1:1: suppress: the rule 'circle' would suppress itself through others"),
                        p -> assertThat(p)
                                .startsWith("r.yaml:9:12: clear: is true where the alert begins, for example where"
                                        + " event.fanRunning = true, event.hopperTemperatureCelsius = 60"),
                        p -> assertThat(p).startsWith("r.yaml:15:7: severity: step III is never reached"),
                        p -> assertThat(p).isEqualTo("r.yaml:22:7: severity: step III is never true"));
    }

    @Test
    void shouldRefuseWhatCostsTooMuch() {
        String many = "event.fanRunning" + " || event.fanRunning".repeat(150);
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: many
                    title: {zh: 甲, en: A}
                    severity: III
                    when: %s
                    explanation: {zh: 甲, en: A}
                    runbook: {zh: 处理, en: Act}
                """.formatted(many);

        assertThat(problems(yaml)).singleElement().asString().startsWith("r.yaml:6:11: costs too much: ");
    }

    @Test
    void shouldCompareParametersOnlyWhereBothHaveAValue() throws RuleException {
        RuleSet rules = RuleCompiler.compile(
                "dust.yaml",
                GOOD.replace("Alarm, default: 70,", "Alarm,").replace("Warning, default: 60,", "Warning,"));

        assertThat(rules.params().get("alarm").defaultValue()).isNull();
        assertThat(rules.problemsOf(java.util.Map.of())).isEmpty();
        assertThat(rules.problemsOf(java.util.Map.of("alarm", 30.0))).isEmpty();
        assertThat(rules.problemsOf(java.util.Map.of("alarm", 30.0, "warn", 40.0)))
                .containsExactly("alarm is 30 °C and must not be below warn, which is 40 °C");
        assertThat(rules.problemsOf(java.util.Map.of("warn", 10.0)))
                .containsExactly("warn must be 20 to 300 °C, found 10");
    }

    @Test
    void shouldRefuseWarnAboveAlarmWhenReferenceDataSetsThem() throws RuleException {
        RuleSet rules = RuleCompiler.compile("dust.yaml", GOOD);

        assertThat(rules.problemsOf(java.util.Map.of("warn", 80.0)))
                .containsExactly("alarm is 70 °C and must not be below warn, which is 80 °C");
        assertThat(rules.problemsOf(java.util.Map.of("alarm", 1000.0)))
                .containsExactly("alarm must be 20 to 300 °C, found 1000");
        assertThat(rules.problemsOf(java.util.Map.of("warn", 65.0))).isEmpty();
    }

    private static List<String> problems(String yaml) {
        RuleException refused = catchThrowableOfType(RuleException.class, () -> RuleCompiler.compile("r.yaml", yaml));
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
