package io.fengsui.alerting.lifecycle;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import io.fengsui.alerting.lifecycle.Reporting.Standing;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels, assignees, reports and corrected figures, case by case; {@link DutyPropertyTest} mixes them. */
class DutyLifecycleTest {
    private static final DutyPlan PLAN = Plans.plan();

    @Test
    void shouldSoundAnewWithEachStep() {
        Alert risen = atDeadline(raised(Severity.I));

        assertThat(risen.getLevel()).isEqualTo(CommandLevel.DEPARTMENT);
        assertThat(History.newsOf(risen)).isEqualTo(T0.plus(Duration.ofMinutes(3)));
        assertThat(Escalation.hasRisen(risen)).isTrue();
        assertThat(Escalation.departmentsOf(risen)).containsExactly("work-safety");
        assertThat(Escalation.departmentsOf(atDeadline(risen))).containsExactly("work-safety", "command");
    }

    @Test
    void shouldAskThePlansDepartmentWhereTheAlertHasNone() {
        Alert alert = after(
                null,
                raise(T0)
                        .setSeverity(Severity.I)
                        .setSubject(
                                subject("DC-0001").setDepartmentIds(List.of()).build())
                        .build());

        assertThat(atDeadline(alert).getEscalatedTo()).containsExactly("police");
    }

    @Test
    void shouldPassOverADepartmentThatNobodyNames() {
        Alert alert = after(
                null,
                raise(T0)
                        .setSeverity(Severity.II)
                        .setSubject(
                                subject("DC-0001").setDepartmentIds(List.of()).build())
                        .build());

        Alert risen = atDeadline(alert);

        assertThat(risen.getLevel()).isEqualTo(CommandLevel.CITY);
        assertThat(risen.getChangedAt()).isEqualTo(T0.plus(Duration.ofMinutes(30)));
    }

    @Test
    void shouldBeginWithTheDepartmentWhereThereIsNoUnit() {
        Alert alert = after(
                null,
                raise(T0)
                        .setSeverity(Severity.I)
                        .setSubject(subject("DC-0001").setUnitIds(List.of()).build())
                        .build());

        assertThat(alert.getLevel()).isEqualTo(CommandLevel.DEPARTMENT);
        assertThat(Escalation.hasRisen(alert)).isFalse();
        assertThat(atDeadline(alert).getLevel()).isEqualTo(CommandLevel.CITY);
    }

    @Test
    void shouldNotRiseForASilenceThatAnOutageMayExplain() {
        Alert silence =
                after(null, raise(T0).setSeverity(Severity.III).setEventId(null).build());

        assertThat(AlertLifecycle.deadline(silence, PLAN)).isEmpty();
        assertThat(AlertLifecycle.deadline(raised(Severity.III), PLAN)).isPresent();
    }

    @Test
    void shouldBeWaitedForAnewWhenEscalatedByHand() {
        Alert acknowledged = after(
                raised(Severity.I), command(CommandAction.ACKNOWLEDGE, "a").build());

        Alert risen = after(
                acknowledged,
                command(CommandAction.ESCALATE, "b").setNote("力量不足").build());

        assertThat(risen.getState()).isEqualTo(AlertState.FIRING);
        assertThat(risen.getAcknowledgedBy()).isNull();
        assertThat(risen.getAssignee()).as("who has it below").isEqualTo("王芳");
        assertThat(last(risen).getLevel()).isEqualTo(CommandLevel.DEPARTMENT);
        assertThat(last(risen).getNote()).isEqualTo("力量不足");
        Alert top = after(risen, command(CommandAction.ESCALATE, "c").build());
        assertThat(refusal(top, command(CommandAction.ESCALATE, "d"))).isEqualTo(Refusal.NOBODY_ABOVE);
    }

    @Test
    void shouldBeginAnewWithTheNextOccurrence() {
        Alert risen = atDeadline(atDeadline(raised(Severity.I)));
        Alert reported = after(
                risen, command(CommandAction.REPORT, "a").setReportId("phone").build());
        Alert ended = after(reported, clear(T0.plusSeconds(900)).build());

        Alert again = after(
                ended, raise(T0.plusSeconds(5_000)).setSeverity(Severity.I).build());

        assertThat(again.getLevel()).isEqualTo(CommandLevel.UNIT);
        assertThat(again.getEscalatedTo()).isEmpty();
        assertThat(again.getReports()).isEmpty();
    }

    @Test
    void shouldTakeHandOverAndGiveBack() {
        Alert taken = after(
                raised(Severity.II),
                command(CommandAction.ASSIGN, "a").setAssignee("王芳").build());
        assertThat(taken.getAssignee()).isEqualTo("王芳");
        assertThat(taken.getState()).as("taking is no acknowledgement").isEqualTo(AlertState.FIRING);

        Alert handed = after(
                taken, command(CommandAction.ASSIGN, "b").setAssignee("李敏").build());
        assertThat(last(handed).getAssignee()).isEqualTo("李敏");
        assertThat(last(handed).getActor()).isEqualTo("王芳");

        Alert returned = after(handed, command(CommandAction.RETURN, "c").build());
        assertThat(returned.getAssignee()).isNull();
        assertThat(last(returned).getAssignee()).isEqualTo("李敏");

        Alert acknowledged =
                after(returned, command(CommandAction.ACKNOWLEDGE, "d").build());
        assertThat(acknowledged.getAssignee()).as("whoever acts on it has it").isEqualTo("王芳");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ASSIGN,   ,    ,       NO_ASSIGNEE
            ASSIGN,   王芳, ,       ALREADY_ASSIGNED
            ASSIGN,   一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一, , ASSIGNEE_TOO_LONG
            REPORT,   ,    pigeon, NO_SUCH_REPORT
            REPORT,   ,    phone,  ALREADY_REPORTED
            REVISE,   ,    ,       NO_FIGURES
            """)
    void shouldRefuseWithAReason(CommandAction action, String assignee, String report, Refusal refusal) {
        Alert alert = after(
                after(
                        raised(Severity.II),
                        command(CommandAction.ASSIGN, "a").setAssignee("王芳").build()),
                command(CommandAction.REPORT, "b").setReportId("phone").build());

        assertThat(refusal(
                        alert,
                        command(action, "c").setNote("原因").setAssignee(assignee).setReportId(report)))
                .isEqualTo(refusal);
    }

    @Test
    void shouldMeetAndMissDeadlinesOfReports() {
        Alert alert = raised(Severity.II);
        assertThat(standings(alert, T0.plusSeconds(60)))
                .containsExactly(
                        Map.entry("phone", Standing.OPEN),
                        Map.entry("written", Standing.OPEN),
                        Map.entry("follow-up", Standing.WAITING));

        Alert phoned = after(
                alert,
                command(CommandAction.REPORT, "a").setReportId("phone").build(),
                T0.plus(Duration.ofMinutes(29)));
        Alert written = after(
                phoned,
                command(CommandAction.REPORT, "b").setReportId("written").build(),
                T0.plus(Duration.ofMinutes(61)));
        assertThat(standings(written, T0.plus(Duration.ofMinutes(62))))
                .containsExactly(
                        Map.entry("phone", Standing.MET),
                        Map.entry("written", Standing.LATE),
                        Map.entry("follow-up", Standing.OPEN));
        assertThat(Reporting.nearest(written, PLAN, T0.plus(Duration.ofMinutes(62)))
                        .orElseThrow()
                        .due())
                .contains(T0.plus(Duration.ofMinutes(181)));
        assertThat(standings(written, T0.plus(Duration.ofHours(9)))).contains(Map.entry("follow-up", Standing.MISSED));

        Alert followed = after(
                written,
                command(CommandAction.REPORT, "c").setReportId("follow-up").build(),
                T0.plus(Duration.ofMinutes(150)));
        assertThat(standings(followed, T0.plus(Duration.ofMinutes(151))))
                .endsWith(Map.entry("follow-up", Standing.MET), Map.entry("follow-up", Standing.OPEN));
        assertThat(last(followed).getReportId()).isEqualTo("follow-up");
    }

    @Test
    void shouldNotHaveMissedTheReportOfALevelThatItHadNot() {
        Alert mild = after(null, raise(T0).setSeverity(Severity.IV).build());
        Instant later = T0.plus(Duration.ofHours(3));
        assertThat(Reporting.of(mild, PLAN, later)).isEmpty();

        Alert worse = after(mild, raise(later).setSeverity(Severity.II).build());

        assertThat(standings(worse, later.plusSeconds(60))).contains(Map.entry("phone", Standing.OPEN));
    }

    @Test
    void shouldOweNothingForAFalseAlarm() {
        Alert cancelled =
                after(raised(Severity.II), command(CommandAction.CANCEL, "a").build());

        assertThat(Reporting.of(cancelled, PLAN, T0.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void shouldCorrectFiguresAfterTheEndAndNameTheRevisionsThatStatedThem() {
        Alert ended = after(raised(Severity.II), clear(T0.plusSeconds(60)).build());
        Alert first = after(
                ended,
                command(CommandAction.REVISE, "a")
                        .setNote("医院核实")
                        .setFigures(Map.of("deaths", "3", "hopperTemperatureCelsius", "80"))
                        .build());
        assertThat(first.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(last(first).getCorrects())
                .as("the end stated the temperature")
                .containsExactly(2);
        assertThat(last(first).getFigures()).containsEntry("deaths", "3");

        Alert second = after(
                first,
                command(CommandAction.REVISE, "b")
                        .setNote("又有一人不治")
                        .setFigures(Map.of("deaths", "4", "hopperTemperatureCelsius", "80"))
                        .build(),
                T0.plus(Duration.ofDays(29)));
        assertThat(last(second).getAction()).isEqualTo(ChangeAction.REVISED);
        assertThat(last(second).getFigures()).as("only what differs").containsExactly(Map.entry("deaths", "4"));
        assertThat(last(second).getCorrects()).containsExactly(3);
        assertThat(last(second).getReferences()).isEqualTo(3);
        assertThat(Figures.value(second, "deaths")).isEqualTo("4");
    }

    @Test
    void shouldGradeByCorrectedFiguresInOneActAndLetNoRuleMakeItMilder() {
        Instant at = T0.plusSeconds(300);
        Alert graded = after(
                raised(Severity.III),
                command(CommandAction.REVISE, "a")
                        .setNote("医院核实")
                        .setFigures(Map.of("deaths", "3"))
                        .setSeverity(Severity.II)
                        .build(),
                at);
        assertThat(graded.getRevision()).isEqualTo(2);
        assertThat(graded.getSeverity()).isEqualTo(Severity.II);
        assertThat(last(graded).getSeverity()).isEqualTo(Severity.II);
        assertThat(graded.getGradedAt()).isEqualTo(at);

        Alert milder = after(
                graded,
                raise(T0.plusSeconds(400))
                        .setSeverity(Severity.IV)
                        .setValues(Map.of("hopperTemperatureCelsius", "50"))
                        .build());
        assertThat(milder.getSeverity()).isEqualTo(Severity.II);
        Alert worse =
                after(milder, raise(T0.plusSeconds(500)).setSeverity(Severity.I).build());
        assertThat(worse.getSeverity()).isEqualTo(Severity.I);

        Alert ended = after(worse, clear(T0.plusSeconds(600)).build());
        Alert again =
                after(ended, raise(T0.plusSeconds(700)).setSeverity(Severity.IV).build());
        assertThat(again.getSeverity()).as("another occurrence").isEqualTo(Severity.IV);
    }

    /** Who acknowledged did so for less: it waits again, rises by its new deadlines, and is news. */
    @Test
    void shouldWaitAnewWhenACorrectionMakesAnAcknowledgedAlertGraver() {
        Alert acknowledged = after(
                raised(Severity.III), command(CommandAction.ACKNOWLEDGE, "a").build());
        Instant at = T0.plusSeconds(300);
        Alert graver = after(
                acknowledged,
                command(CommandAction.REVISE, "b")
                        .setNote("医院核实")
                        .setFigures(Map.of("deaths", "30"))
                        .setSeverity(Severity.I)
                        .build(),
                at);

        assertThat(graver.getState()).isEqualTo(AlertState.FIRING);
        assertThat(graver.getAcknowledgedBy()).isNull();
        assertThat(graver.getWaitingSince()).isEqualTo(at);
        assertThat(History.newsOf(graver)).isEqualTo(at);
        assertThat(Escalation.byClock(graver, PLAN).orElseThrow().at()).isEqualTo(at.plus(Duration.ofMinutes(3)));

        Alert milder = after(
                acknowledged,
                command(CommandAction.REVISE, "c")
                        .setNote("更正")
                        .setSeverity(Severity.IV)
                        .build());
        assertThat(milder.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        Alert ended = after(acknowledged, clear(T0.plusSeconds(400)).build());
        assertThat(after(
                                ended,
                                command(CommandAction.REVISE, "d")
                                        .setNote("更正")
                                        .setSeverity(Severity.I)
                                        .build())
                        .getState())
                .isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void shouldLetAPersonGradeAloneAndDownToo() {
        Alert graded = after(
                raised(Severity.II),
                command(CommandAction.REVISE, "a")
                        .setNote("误报一人死亡")
                        .setFigures(Map.of("hopperTemperatureCelsius", "72.0"))
                        .setSeverity(Severity.III)
                        .build());
        assertThat(graded.getSeverity()).isEqualTo(Severity.III);
        assertThat(graded.getRevised()).isEmpty();
        assertThat(graded.getGradedAt()).isEqualTo(raised(Severity.II).getGradedAt());
    }

    @Test
    void shouldOfferFiguresOfTheEventAloneToCorrect() {
        Alert alert = Alert.newBuilder(raised(Severity.II))
                .setValues(
                        Map.of("hopperTemperatureCelsius", "72.0", "param.dustHopperAlarmCelsius", "70", "count", "3"))
                .build();

        assertThat(Figures.revisable(alert, PLAN))
                .contains("hopperTemperatureCelsius", "deaths")
                .doesNotContain("param.dustHopperAlarmCelsius", "count");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            deaths, -1,       原因, 1,  BAD_FIGURE
            deaths, many,     原因, 1,  BAD_FIGURE
            deaths, 3,        ,    1,  NO_REASON
            wings,  3,        原因, 1,  UNKNOWN_FIGURE
            deaths, 3,        原因, 31, TOO_LATE_TO_REVISE
            hopperTemperatureCelsius, 72.0, 原因, 1, NO_FIGURES
            """)
    void shouldRefuseACorrection(String figure, String value, String note, int day, Refusal refusal) {
        AlertCommand command = command(CommandAction.REVISE, "a")
                .setFigures(Map.of(figure, value))
                .setNote(note)
                .build();

        assertThat(AlertLifecycle.apply(raised(Severity.II), command, PLAN, T0.plus(Duration.ofDays(day))))
                .isEqualTo(new Refused(refusal));
    }

    @Test
    void shouldTellWhenAFlappingAlertGetsGraverAndNotWhenItGetsMilder() {
        Alert flapping = flapping();
        Alert quiet = noted(flapping, clear(T0.plusSeconds(60)).build());

        Alert milder =
                noted(quiet, raise(T0.plusSeconds(70)).setSeverity(Severity.IV).build());
        assertThat(milder.getSeverity()).isEqualTo(Severity.III);
        assertThat(milder.getRevision()).isEqualTo(flapping.getRevision());
        assertThat(milder.getFlaps()).isEqualTo(4);

        Alert worse =
                after(quiet, raise(T0.plusSeconds(70)).setSeverity(Severity.II).build());
        assertThat(worse.getSeverity()).isEqualTo(Severity.II);
        assertThat(worse.getQuietSince()).isNull();
    }

    @Test
    void shouldTellANewTownshipThoughItFlaps() {
        Alert quiet = noted(flapping(), clear(T0.plusSeconds(60)).build());

        Alert moved = after(
                quiet,
                raise(T0.plusSeconds(70))
                        .setSubject(subject("DC-0001")
                                .setUnitIds(List.of("bacheng"))
                                .build())
                        .build());

        assertThat(moved.getSubject().getUnitIds()).containsExactly("zhangpu", "bacheng");
    }

    @Test
    void shouldNeverTakeLifeSafetyForFlapping() {
        Alert alert = null;
        for (long i = 0; i < 6; i++) {
            alert = after(
                    alert, raise(T0.plusSeconds(i * 20)).setLifeSafety(true).build());
            alert = after(
                    alert,
                    clear(T0.plusSeconds(i * 20 + 10)).setLifeSafety(true).build());
        }

        assertThat(alert.getOccurrences()).isEqualTo(6);
    }

    @Test
    void shouldLetAPersonEndWhatFlaps() {
        Alert ended = after(flapping(), command(CommandAction.RESOLVE, "a").build());

        assertThat(ended.getFlaps()).isZero();
        Alert again = after(ended, raise(T0.plusSeconds(50)).build());
        assertThat(last(again).getAction())
                .as("what a person ended does not count")
                .isEqualTo(ChangeAction.RAISED_AGAIN);
    }

    private static Alert flapping() {
        Alert alert = null;
        for (long i = 0; i < 2; i++) {
            alert = after(alert, raise(T0.plusSeconds(i * 20)).build());
            alert = after(alert, clear(T0.plusSeconds(i * 20 + 10)).build());
        }
        Alert flapping = after(alert, raise(T0.plusSeconds(40)).build());
        assertThat(last(flapping).getAction()).isEqualTo(ChangeAction.FLAPPING);
        return flapping;
    }

    private static Alert raised(Severity severity) {
        return after(null, raise(T0).setSeverity(severity).setEventTime(T0).build());
    }

    private static Alert after(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, PLAN, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }

    private static Alert noted(Alert alert, AlertSignal signal) {
        Decision decision = AlertLifecycle.apply(alert, signal, PLAN, signal.getSignalledAt());
        assertThat(decision).isInstanceOf(Decision.Noted.class);
        return decision.kept().orElseThrow();
    }

    private static Alert after(Alert alert, AlertCommand command) {
        return after(alert, command, T0.plusSeconds(120));
    }

    private static Alert after(Alert alert, AlertCommand command, Instant now) {
        return AlertLifecycle.apply(alert, command, PLAN, now).changed().orElseThrow();
    }

    private static Alert atDeadline(Alert alert) {
        Instant deadline = AlertLifecycle.deadline(alert, PLAN).orElseThrow();
        return AlertLifecycle.atDeadline(alert, PLAN, deadline).changed().orElseThrow();
    }

    private static Refusal refusal(Alert alert, AlertCommand.Builder command) {
        return ((Refused) AlertLifecycle.apply(alert, command.build(), PLAN, T0.plusSeconds(120))).refusal();
    }

    private static AlertChange last(Alert alert) {
        return alert.getHistory().get(alert.getHistory().size() - 1);
    }

    private static List<Map.Entry<String, Standing>> standings(Alert alert, Instant now) {
        return Reporting.of(alert, PLAN, now).stream()
                .map((Owed owed) -> Map.entry(owed.report().id(), owed.standing()))
                .toList();
    }
}
