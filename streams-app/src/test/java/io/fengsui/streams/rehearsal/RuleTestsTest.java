package io.fengsui.streams.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTestsTest {
    private static final String RULES = """
            feed: dust-sensor
            params:
              warn: {zh: 预警值, en: Warning level, default: 60, min: 20, max: 300}
              alarm: {zh: 报警值, en: Alarm level, default: 70, min: 20, max: 300, atLeast: warn}
            flags:
              - {id: no-fan, zh: 未报风机, en: Fan not reported, when: "!has(event.fanRunning)"}
            rules:
              - id: hot
                title: {zh: 过热, en: Hot}
                severity:
                  - is: II
                    when: event.hopperTemperatureCelsius >= param.alarm
                    until: event.hopperTemperatureCelsius < param.alarm - 5.0
                  - is: III
                    when: event.hopperTemperatureCelsius >= param.warn
                clear: event.hopperTemperatureCelsius < param.warn - 5.0
                explanation: {zh: "{device.name} 温度 {event.hopperTemperatureCelsius}", en: "{device.name} is hot"}
                runbook: {zh: "1. 停机", en: "1. Stop"}
              - id: silent
                title: {zh: 失联, en: Silent}
                absent: 3 heartbeats
                severity: III
                explanation: {zh: "{device.name} 失联", en: "{device.name} is silent"}
                runbook: {zh: "1. 查看", en: "1. Look"}
            """;

    @Test
    void shouldPassWhatIsAsExpectedAndNameEveryBranchThatNoTestReaches() throws RuleException {
        TestReport report = run("""
                  - name: hot
                    steps:
                      - event: {hopperTemperatureCelsius: 60, fanRunning: true}
                        flags: []
                        expect: {signal: III hot@device-1, says: [温度 60, is hot]}
                """);

        assertThat(report.outcomes()).singleElement().satisfies(test -> assertThat(test.passed())
                .isTrue());
        assertThat(report.untested())
                .extracting(Object::toString)
                .containsExactly(
                        "hot: II is raised",
                        "hot: II is not raised where a reading of it is missing",
                        "hot: III is not raised where a reading of it is missing",
                        "hot: says nothing where no step is true",
                        "hot: II becomes milder",
                        "hot: II stays while `until` is false, though `when` is",
                        "hot: II becomes no milder where a reading of it is missing",
                        "hot: ends",
                        "hot: goes on where no step is true and `clear` is false",
                        "hot: does not end where a reading of it is missing",
                        "silent: III is raised",
                        "silent: says nothing of what comes in time",
                        "silent: ends",
                        "no-fan: is set");
        assertThat(report.problems())
                .hasSize(14)
                .first()
                .asString()
                .startsWith("t.yaml: no test of: hot: II is raised");
    }

    @Test
    void shouldReachEveryBranchWithEnoughTests() throws RuleException {
        TestReport report = run("""
                  - name: hot
                    steps:
                      - event: {}
                      - event: {fanRunning: true, hopperTemperatureCelsius: 20}
                      - event: {hopperTemperatureCelsius: 60}
                        expect: III hot
                      - event: {hopperTemperatureCelsius: 70}
                        expect: II hot
                      - event: {}
                      - event: {hopperTemperatureCelsius: 66}
                      - event: {hopperTemperatureCelsius: 64}
                        expect: III hot
                      - event: {hopperTemperatureCelsius: 56}
                      - event: {hopperTemperatureCelsius: 54}
                        expect: clear hot
                      - wait: 3 min
                        expect: III silent
                      - event: {}
                        expect: clear silent
                """);

        assertThat(report.problems()).isEmpty();
        assertThat(report.branches()).isEqualTo(16);
    }

    @Test
    void shouldDeriveTheBranchesOfWhatWaitsRepeatsAppliesAndKeepsASchedule() throws RuleException {
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: lasting
                    title: {zh: 持续, en: Lasting}
                    severity: III
                    when: event.hopperTemperatureCelsius >= 60
                    for: 30 s
                    applies: site.kind == "DUST_EXPLOSION"
                    schedule: {days: mon-fri}
                    explanation: {zh: "{device.name}", en: "{device.name}"}
                    runbook: {zh: "1. 停机", en: "1. Stop"}
                """;
        RuleSet lasting = RuleCompiler.compile("r.yaml", yaml);
        TestFile tests = TestFile.read("t.yaml", """
                feed: dust-sensor
                device: {site: {kind: DUST_EXPLOSION}}
                tests:
                  - name: lasting
                    steps:
                      - event: {hopperTemperatureCelsius: 20}
                      - event: {fanRunning: true}
                      - event: {hopperTemperatureCelsius: 60}
                      - event: {hopperTemperatureCelsius: 20}
                        after: 10 s
                      - event: {hopperTemperatureCelsius: 60}
                      - wait: 29 s
                      - wait: 1 s
                        expect: III lasting
                      - event: {fanRunning: true}
                      - event: {hopperTemperatureCelsius: 20}
                        expect: clear lasting
                  - name: elsewhere
                    device: {site: {kind: OTHER}}
                    steps:
                      - event: {hopperTemperatureCelsius: 60}
                      - wait: 1 min
                """, lasting);

        assertThat(RuleTests.run(lasting, yaml, tests, name -> true).problems())
                .containsExactly("t.yaml: no test of: lasting: says nothing outside its `schedule`");
    }

    @Test
    void shouldCountAcrossDevices() throws RuleException {
        String yaml = """
                feed: dust-sensor
                rules:
                  - id: many
                    title: {zh: 多处, en: Many}
                    severity: III
                    when: event.hopperTemperatureCelsius >= 60
                    clear: manual
                    across: unit
                    times: 2
                    within: 30 min
                    explanation: {zh: "{group} {count} 次", en: "{count} times in {group}"}
                    runbook: {zh: "1. 停机", en: "1. Stop"}
                """;
        RuleSet many = RuleCompiler.compile("r.yaml", yaml);
        TestFile tests = TestFile.read("t.yaml", """
                feed: dust-sensor
                tests:
                  - name: many
                    steps:
                      - event: {}
                      - event: {hopperTemperatureCelsius: 20}
                      - event: {hopperTemperatureCelsius: 60}
                      - event: {hopperTemperatureCelsius: 60}
                        device: device-2
                        expect: {signal: III many@test-unit, says: [测试镇 2 次, 2 times in Testing]}
                """, many);

        assertThat(RuleTests.run(many, yaml, tests, name -> true).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            III hot@device-1                     | 20  | expected III hot@device-1, got nothing
            nothing                              | 60  | expected no more, got III hot@device-1
            II hot                               | 60  | expected II hot, got III hot@device-1
            clear hot                            | 60  | expected clear hot, got III hot@device-1
            III hot@device-2                     | 60  | expected III hot@device-2, got III hot@device-1
            [III hot, III hot]                   | 60  | expected III hot, got III hot@device-1
            {signal: III hot, says: 温度 61}     | 60  | expected the explanation of III hot to say '温度 61'
            """)
    void shouldSayWhatWasExpectedWhatCameAndWhere(String expected, String reading, String failure)
            throws RuleException {
        TestReport report = run("""
                  - name: hot
                    steps:
                      - event: {hopperTemperatureCelsius: %s}
                        expect: %s
                """.formatted(reading, expected));

        assertThat(report.outcomes().get(0).failures())
                .singleElement()
                .asString()
                .containsPattern("^t.yaml:[67]: ")
                .contains(failure);
    }

    @Test
    void shouldFailWhereFlagsAreOthersThanExpected() throws RuleException {
        TestReport report = run("""
                  - name: flags
                    steps:
                      - event: {fanRunning: true}
                        flags: [no-fan]
                """);

        assertThat(report.outcomes().get(0).failures()).containsExactly("t.yaml:6: expected flags [no-fan], got []");
    }

    @Test
    void shouldKeepWorldsOfTestsApartAndJudgeNoBranchesOfSome() throws RuleException {
        TestReport report = RuleTests.run(rules(), RULES, read("""
                  - name: hot
                    params: {warn: 30}
                    steps:
                      - event: {hopperTemperatureCelsius: 40}
                        expect: III hot
                  - name: not hot
                    steps:
                      - event: {hopperTemperatureCelsius: 40}
                """), name -> name.startsWith("not"));

        assertThat(report.outcomes()).hasSize(1);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void shouldPassAYearInNoTime() throws RuleException {
        long start = System.nanoTime();
        run("""
                  - name: silent
                    steps:
                      - event: {}
                      - wait: 365 d
                        expect: III silent
                      - event: {}
                        expect: clear silent
                """);

        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event: {hopperTemperature: 60}             | 6:36: event: there is no field 'hopperTemperature'
            event: {hopperTemperatureCelsius: warm}    | 6:43: hopperTemperatureCelsius: expected a number, found 'warm'
            event: {collector: DAMP}                   | 6:28: collector: expected one of UNKNOWN, DRY, WET, found 'DAMP'
            wait: soon                                 | 6:15: expected a time such as
            sleep: 3 s                                 | 6:9: no such key 'sleep'
            after: 3 s                                 | 6:9: expected one of event, wait, blind, change
            change: {params: {alarm: 50}}              | 6:26: params: alarm is 50
            change: {params: {alert: 50}}              | 6:27: no such key 'alert'
            """)
    void shouldNameThePlaceOfWhatIsWrong(String step, String problem) {
        assertThatThrownBy(() -> run("""
                  - name: wrong
                    steps:
                      - %s
                """.formatted(step)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("t.yaml:" + problem);
    }

    @Test
    void shouldRefuseSignalsThatNoRuleGives() {
        assertThatThrownBy(() -> run("""
                  - name: wrong
                    steps:
                      - event: {}
                        expect: [III cold, I hot, hot]
                """))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("there is no rule 'cold' in r.yaml; there is hot, silent")
                .hasMessageContaining("hot has [II, III] only")
                .hasMessageContaining("found 'hot'");
    }

    private static TestReport run(String tests) throws RuleException {
        return RuleTests.run(rules(), RULES, read(tests), name -> true);
    }

    private static RuleSet rules() throws RuleException {
        return RuleCompiler.compile("r.yaml", RULES);
    }

    private static TestFile read(String tests) throws RuleException {
        return TestFile.read("t.yaml", "feed: dust-sensor\ndevice: {heartbeatSeconds: 60}\ntests:\n" + tests, rules());
    }
}
