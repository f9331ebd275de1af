package io.fengsui.standalone.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.duty.DutyFile;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.seeds.scenario.ExerciseScript.Deed;
import io.fengsui.seeds.scenario.ExerciseScript.Reaction;
import io.fengsui.standalone.exercise.Evaluation.Verdict;
import io.fengsui.standalone.letters.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Instant T0 = Instant.parse("2026-11-26T01:00:00Z");
    private static final String NAME = "粉尘演练 <b>一</b>";
    private static final DutyPlan DUTY = duty();

    private static DutyPlan duty() {
        try {
            return DutyFile.compile("duty.yaml", """
                    reports:
                      - {id: first, title: {zh: 首报, en: First report}, by: telephone, stage: first, to: {zh: 市, en: City}, severities: [II], from: receipt, minutes: 30, source: test}
                      - {id: written, title: {zh: 书面, en: In writing}, by: written, stage: first, to: {zh: 市, en: City}, severities: [II], from: receipt, minutes: 5, source: test}
                    """, rule -> true, unit -> true);
        } catch (YamlFileException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldTellOfEachAlertWhoDidWhatWhen() {
        Alert alert = told(
                raised("hopper", "dc-1", Severity.II),
                command(CommandAction.ACKNOWLEDGE, 90, "王芳"),
                command(CommandAction.ESCALATE, 120, "王芳"),
                AlertCommand.newBuilder(command(CommandAction.REPORT, 600, "李敏"))
                        .setReportId("first")
                        .build());

        Evaluation evaluation = evaluate(List.of(account(alert)), List.of(), 1_200);

        assertThat(evaluation.lines()).singleElement().satisfies(line -> {
            assertThat(line.toAcknowledge()).contains(Duration.ofSeconds(90));
            assertThat(line.acknowledged().orElseThrow().actor()).isEqualTo("王芳");
            assertThat(line.escalations()).hasSize(1);
            assertThat(line.over()).isEmpty();
            assertThat(line.met()).isEqualTo(1);
            assertThat(line.missed()).isEqualTo(1);
            assertThat(line.reachedAt()).contains(T0.plusSeconds(1));
        });
        assertThat(evaluation.units()).singleElement().satisfies(unit -> {
            assertThat(unit.unitId()).isEqualTo("zhangpu");
            assertThat(unit.mean()).contains(Duration.ofSeconds(90));
            assertThat(unit.alerts()).isEqualTo(1);
            assertThat(unit.met()).isEqualTo(1);
            assertThat(unit.missed()).isEqualTo(1);
            assertThat(unit.ended()).isZero();
        });
    }

    @Test
    void shouldJudgeWhatWasExpected() {
        Alert hopper = told(
                raised("hopper", "dc-1", Severity.II),
                command(CommandAction.ACKNOWLEDGE, 90, "王芳"),
                command(CommandAction.RESOLVE, 1_000, "王芳"));

        Evaluation evaluation = evaluate(
                List.of(account(hopper)),
                List.of(
                        expected("hopper", Deed.ACKNOWLEDGE, 120),
                        expected("hopper", Deed.ACKNOWLEDGE, 60),
                        expected("hopper", Deed.ASSIGN, 300),
                        expected("hopper", Deed.COMMENT, 3_000),
                        expected("hopper", Deed.RESOLVE, 3_000),
                        expected("camera", Deed.ACKNOWLEDGE, 60)),
                1_200);

        assertThat(evaluation.judged())
                .extracting(Evaluation.Judged::verdict)
                .containsExactly(
                        Verdict.MET, Verdict.LATE, Verdict.MISSED, Verdict.OPEN, Verdict.MET, Verdict.NO_ALERT);
    }

    @Test
    void shouldNotCountAClocksEscalationAsAPersons() {
        Alert alert = told(raised("hopper", "dc-1", Severity.II));
        Alert risen = Alert.newBuilder(alert)
                .setHistory(List.of(
                        alert.getHistory().get(0),
                        AlertChange.newBuilder(alert.getHistory().get(0))
                                .setRevision(2)
                                .setAt(T0.plusSeconds(30))
                                .setAction(ChangeAction.ESCALATED)
                                .setLevel(CommandLevel.DEPARTMENT)
                                .build()))
                .build();

        Evaluation evaluation =
                evaluate(List.of(account(risen)), List.of(expected("hopper", Deed.ESCALATE, 60)), 1_200);

        assertThat(evaluation.judged()).singleElement().satisfies(one -> assertThat(one.verdict())
                .isEqualTo(Verdict.MISSED));
        assertThat(evaluation.units().get(0).escalated()).isEqualTo(1);
    }

    @Test
    void shouldSayItInBothLanguagesAndSteerNothing() {
        Alert alert = told(
                raised("hopper", "dc-1", Severity.II),
                command(CommandAction.ACKNOWLEDGE, 90, "<script>alert(1)</script>\u001b[31m"));
        Evaluation evaluation =
                evaluate(List.of(account(alert)), List.of(expected("hopper", Deed.ACKNOWLEDGE, 120)), 1_200);

        String page = new EvaluationPage((language, unit) -> language.say("张浦镇", "Zhangpu & Co")).of(evaluation);
        String zh = new EvaluationText(Language.ZH, unit -> "张浦镇").of(evaluation);
        String en = new EvaluationText(Language.EN, unit -> "Zhangpu").of(evaluation);

        assertThat(page)
                .contains("演练评估", "Evaluation of an exercise", "不是真实事件", "张浦镇", "Zhangpu &amp; Co")
                .contains("粉尘演练 &lt;b&gt;一&lt;/b&gt;", "达到", "逾期未报")
                .doesNotContain("<script", "<b>", "\u001b");
        assertThat(zh).contains("确认 ", "用时 1 分 30 秒", "达到 1").doesNotContain("\u001b");
        assertThat(en).contains("acknowledged ", "after 1 min 30 s", "met 1", "Zhangpu: alerts 1");
    }

    private static Evaluation evaluate(List<AlertAccount> accounts, List<Reaction> reactions, long seconds) {
        ExercisePlan plan = new ExercisePlan(
                NAME,
                text("粉尘", "Dust"),
                text("关于", "About"),
                text("谁", "Who"),
                Duration.ofMinutes(20),
                List.of(),
                Set.of("dc-1"),
                reactions);
        return Evaluation.of(plan, "张三", T0, T0.plusSeconds(seconds), Optional.empty(), accounts, DUTY);
    }

    private static AlertAccount account(Alert alert) {
        return new AlertAccount(alert, T0.plusMillis(500), Map.of("a", T0.plusSeconds(1), "b", T0.plusSeconds(2)));
    }

    private static Reaction expected(String rule, Deed deed, long seconds) {
        return new Reaction(
                text("做", "do"), rule, Optional.empty(), deed, Optional.empty(), Duration.ofSeconds(seconds));
    }

    private static Alert told(Alert first, AlertCommand... commands) {
        Alert alert = first;
        for (AlertCommand command : commands) {
            alert = AlertLifecycle.apply(alert, command, DUTY, command.getRequestedAt())
                    .changed()
                    .orElseThrow();
        }
        return alert;
    }

    private static AlertCommand command(CommandAction action, long seconds, String actor) {
        return AlertCommand.newBuilder()
                .setAlertId("hopper@dc-1")
                .setCommandId(action + "-" + seconds)
                .setAction(action)
                .setActor(actor)
                .setRequestedAt(T0.plusSeconds(seconds))
                .build();
    }

    static Alert raised(String rule, String device, Severity severity) {
        AlertSignal signal = AlertSignal.newBuilder()
                .setAlertId(rule + "@" + device)
                .setAction(SignalAction.RAISE)
                .setRuleId(rule)
                .setRuleVersion("0123456789ab")
                .setFeed("dust-sensor")
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId(device)
                        .setName("1 号除尘器")
                        .setUnitIds(List.of("zhangpu"))
                        .setDepartmentIds(List.of("work-safety"))
                        .build())
                .setSeverity(severity)
                .setTitle(text("灰斗温度过高", "Hopper too hot"))
                .setExplanation(text("灰斗温度 72 ℃", "Hopper at 72 °C"))
                .setRunbook(text("停机检查", "Stop and inspect"))
                .setEventId("suke/" + device + "/1")
                .setEventTime(T0)
                .setSignalledAt(T0)
                .setReceivedAt(T0)
                .setStatus(EventStatus.EXERCISE)
                .setExercise(NAME)
                .build();
        return AlertLifecycle.apply(null, signal, T0).changed().orElseThrow();
    }

    private static AlertText text(String zh, String en) {
        return new AlertText(zh, en);
    }
}
