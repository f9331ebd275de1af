package io.fengsui.alerting.lifecycle;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static io.fengsui.alerting.testkit.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.SignalAction;
import io.fengsui.alerting.lifecycle.Decision.Because;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertLifecycleTest {
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Instant T2 = T0.plusSeconds(120);

    /** One row a state and a thing said: what comes of it. */
    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource(textBlock = """
            NONE,         RAISE,       FIRING
            NONE,         CLEAR,       NOT_OPEN
            NONE,         ACKNOWLEDGE, NO_SUCH_ALERT
            NONE,         RESOLVE,     NO_SUCH_ALERT
            NONE,         CANCEL,      NO_SUCH_ALERT
            NONE,         COMMENT,     NO_SUCH_ALERT
            FIRING,       RAISE,       REPEATED
            FIRING,       WORSEN,      FIRING
            FIRING,       JOIN,        FIRING
            FIRING,       EASE,        FIRING
            FIRING,       CLEAR,       RESOLVED
            FIRING,       ACKNOWLEDGE, ACKNOWLEDGED
            FIRING,       RESOLVE,     RESOLVED
            FIRING,       CANCEL,      CANCELLED
            FIRING,       COMMENT,     FIRING
            ACKNOWLEDGED, RAISE,       REPEATED
            ACKNOWLEDGED, WORSEN,      FIRING
            ACKNOWLEDGED, JOIN,        FIRING
            ACKNOWLEDGED, EASE,        ACKNOWLEDGED
            ACKNOWLEDGED, CLEAR,       RESOLVED
            ACKNOWLEDGED, ACKNOWLEDGE, ALREADY_ACKNOWLEDGED
            ACKNOWLEDGED, RESOLVE,     RESOLVED
            ACKNOWLEDGED, CANCEL,      CANCELLED
            ACKNOWLEDGED, COMMENT,     ACKNOWLEDGED
            RESOLVED,     RAISE,       FIRING
            RESOLVED,     CLEAR,       NOT_OPEN
            RESOLVED,     ACKNOWLEDGE, ENDED
            RESOLVED,     RESOLVE,     ENDED
            RESOLVED,     CANCEL,      ENDED
            RESOLVED,     COMMENT,     RESOLVED
            CANCELLED,    RAISE,       FIRING
            CANCELLED,    CLEAR,       NOT_OPEN
            CANCELLED,    ACKNOWLEDGE, ENDED
            CANCELLED,    RESOLVE,     ENDED
            CANCELLED,    CANCEL,      ENDED
            CANCELLED,    COMMENT,     CANCELLED
            """)
    void shouldFollowTheTable(String state, String said, String outcome) {
        assertThat(outcomeOf(say(said, alertIn(state)))).isEqualTo(outcome);
    }

    @Test
    void shouldCarryWhatTheSignalSaysWhenRaised() {
        AlertSignal signal = raise(T0).build();

        Alert alert = raised(signal, T0.plusMillis(5));

        assertThat(alert.getAlertId()).isEqualTo(signal.getAlertId());
        assertThat(alert.getRevision()).isEqualTo(1);
        assertThat(alert.getStartedAt()).isEqualTo(T0);
        assertThat(alert.getChangedAt()).isEqualTo(T0.plusMillis(5));
        assertThat(alert.getEventTime()).isEqualTo(signal.getEventTime());
        assertThat(alert.getReceivedAt()).isEqualTo(signal.getReceivedAt());
        assertThat(alert.getSubject()).isEqualTo(signal.getSubject());
        assertThat(alert.getValues()).isEqualTo(signal.getValues());
        assertThat(alert.getHistory()).singleElement().satisfies(change -> {
            assertThat(change.getAction()).isEqualTo(ChangeAction.RAISED);
            assertThat(change.getReferences()).isNull();
            assertThat(change.getActor()).isEqualTo("rule:dust-hopper-temperature");
            assertThat(change.getNote()).isEqualTo("灰斗温度 72 ℃\nHopper at 72 °C");
        });
    }

    @Test
    void shouldNotStartInTheFutureWhenTheRulesClockIsAhead() {
        assertThat(raised(raise(T1).build(), T0).getStartedAt()).isEqualTo(T0);
    }

    @Test
    void shouldStartANewOccurrenceWhenRaisedAfterItsEnd() {
        Alert acknowledged =
                after(raised(), command(CommandAction.ACKNOWLEDGE, "a").build());
        Alert ended = after(acknowledged, clear(T1).build());

        Alert again = after(ended, raise(T2).setSeverity(Severity.II).build());

        assertThat(again.getState()).isEqualTo(AlertState.FIRING);
        assertThat(again.getRevision()).isEqualTo(4);
        assertThat(again.getOccurrences()).isEqualTo(2);
        assertThat(again.getStartedAt()).isEqualTo(T2);
        assertThat(again.getEndedAt()).isNull();
        assertThat(again.getAcknowledgedBy()).isNull();
        assertThat(again.getAcknowledgedAt()).isNull();
        assertThat(again.getHistory())
                .extracting(AlertChange::getAction)
                .containsExactly(
                        ChangeAction.RAISED,
                        ChangeAction.ACKNOWLEDGED,
                        ChangeAction.CLEARED,
                        ChangeAction.RAISED_AGAIN);
        assertThat(again.getHistory()).extracting(AlertChange::getReferences).containsExactly(null, 1, 2, 3);
    }

    @Test
    void shouldTakeTheAcknowledgementBackWhenItGetsWorse() {
        Alert acknowledged =
                after(raised(), command(CommandAction.ACKNOWLEDGE, "a").build());

        Alert worse = after(acknowledged, raise(T1).setSeverity(Severity.I).build());

        assertThat(worse.getState()).isEqualTo(AlertState.FIRING);
        assertThat(worse.getAcknowledgedBy()).isNull();
        assertThat(worse.getOccurrences()).isEqualTo(1);
        assertThat(worse.getStartedAt()).isEqualTo(acknowledged.getStartedAt());
    }

    @Test
    void shouldKeepTheAcknowledgementWhenItGetsLessBad() {
        Alert acknowledged =
                after(raised(), command(CommandAction.ACKNOWLEDGE, "a").build());

        Alert better = after(acknowledged, raise(T1).setSeverity(Severity.IV).build());

        assertThat(better.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(better.getAcknowledgedBy()).isEqualTo("王芳");
        assertThat(better.getSeverity()).isEqualTo(Severity.IV);
    }

    @Test
    void shouldNotGetMilderByAnOlderEvent() {
        Alert acknowledged =
                after(raised(), command(CommandAction.ACKNOWLEDGE, "a").build());
        AlertSignal.Builder milder = raise(T1)
                .setSeverity(Severity.IV)
                .setValues(Map.of("hopperTemperatureCelsius", "65.0"))
                .setOutOfOrder(true);

        Alert after = after(acknowledged, milder.build());
        assertThat(after.getSeverity()).isEqualTo(acknowledged.getSeverity());
        assertThat(after.getState()).isEqualTo(AlertState.ACKNOWLEDGED);

        Alert joined = after(acknowledged, milder.setOccasion("another report").build());
        assertThat(joined.getSeverity()).isEqualTo(acknowledged.getSeverity());
        assertThat(joined.getState()).isEqualTo(AlertState.FIRING);

        Alert worse = after(
                acknowledged,
                raise(T1).setSeverity(Severity.I).setOutOfOrder(true).build());
        assertThat(worse.getSeverity()).isEqualTo(Severity.I);
        assertThat(worse.getState()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void shouldStillReachTheFormerTownshipWhenTheDeviceMovesDuringAnOccurrence() {
        AlertSignal moved = raise(T1)
                .setSeverity(Severity.II)
                .setSubject(subject("DC-0001").setUnitIds(List.of("qiandeng")).build())
                .build();

        Alert both = after(raised(), moved);
        Alert again = after(
                after(both, clear(T1).build()),
                AlertSignal.newBuilder(moved).setSignalledAt(T2).build());

        assertThat(both.getSubject().getUnitIds()).containsExactly("zhangpu", "qiandeng");
        assertThat(AlertLifecycle.apply(
                        both, AlertSignal.newBuilder(moved).setSignalledAt(T2).build(), T2))
                .isEqualTo(new Unchanged(Because.REPEATED));
        assertThat(again.getSubject().getUnitIds()).containsExactly("qiandeng");
    }

    @Test
    void shouldHearARuleWhoseClockWasSetBack() {
        Alert ended =
                after(raised(raise(T2).build(), T2), clear(T2.plusSeconds(1)).build());

        Alert again = after(ended, raise(T0).build());
        Alert worse =
                after(again, raise(T0.minusSeconds(1)).setSeverity(Severity.I).build());

        assertThat(again.getState()).isEqualTo(AlertState.FIRING);
        assertThat(worse.getSeverity()).isEqualTo(Severity.I);
        assertThat(after(worse, clear(T0.minusSeconds(2)).build()).getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void shouldTakeTheAcknowledgementBackWhenASecondOrderComesForTheSameLift() {
        AlertSignal first = order("WX-1", T0);
        AlertSignal second = order("WX-2", T1);
        Alert acknowledged =
                after(raised(first, T0), command(CommandAction.ACKNOWLEDGE, "a").build());

        Alert joined = after(acknowledged, second);

        assertThat(joined.getState()).isEqualTo(AlertState.FIRING);
        assertThat(joined.getAcknowledgedBy()).isNull();
        assertThat(joined.getOccurrences()).isEqualTo(1);
        assertThat(joined.getHistory().get(2).getAction()).isEqualTo(ChangeAction.RAISED_AGAIN);
        assertThat(History.newsOf(acknowledged)).isEqualTo(T0);
        assertThat(History.newsOf(joined)).isEqualTo(T1);
        assertThat(AlertLifecycle.apply(joined, second, T2))
                .as("the same signal again")
                .isEqualTo(new Unchanged(Because.REPEATED));
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandAction.class,
            names = {"ACKNOWLEDGE", "RESOLVE", "CANCEL"})
    void shouldRefuseACommandWhoseAuthorDidNotKnowOfTheSecondOrder(CommandAction action) {
        Alert joined = after(raised(order("WX-1", T0), T0), order("WX-2", T1));

        assertThat(AlertLifecycle.apply(
                        joined, command(action, "x").setRevision(1).build(), T2))
                .isEqualTo(new Refused(Refusal.CHANGED_SINCE));
    }

    @Test
    void shouldTellTwoOrdersApartThatRunOutInTheSameMillisecond() {
        AlertSignal first = order("WX-1", T0);
        Alert raised = raised(AlertSignal.newBuilder(first).setEventId(null).build(), T0);

        Alert joined = after(
                raised,
                AlertSignal.newBuilder(order("WX-2", T0)).setEventId(null).build());

        assertThat(joined.getRevision()).isEqualTo(2);
    }

    /** What the rule says of one order; all that differs between two of one lift. */
    private static AlertSignal order(String orderNo, Instant at) {
        return raise(at)
                .setLifeSafety(true)
                .setEventId("rescue/lift-1/" + orderNo)
                .setOccasion(orderNo + "@" + at)
                .setExplanation(text("工单 " + orderNo, "Order " + orderNo))
                .build();
    }

    @Test
    void shouldClearWhenRaiseAndClearShareAMillisecond() {
        assertThat(after(raised(), clear(T0).build()).getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void shouldRaiseAgainForAnotherEventOfTheSameMillisecondWhenAPersonHasEndedTheAlert() {
        Alert cancelled = after(raised(), command(CommandAction.CANCEL, "a").build());

        Alert again = after(cancelled, raise(T0).setEventId("another").build());

        assertThat(again.getState()).isEqualTo(AlertState.FIRING);
        assertThat(again.getOccurrences()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreTheSameRaiseAgainWhenAPersonHasEndedTheAlert() {
        Alert cancelled = after(raised(), command(CommandAction.CANCEL, "c").build());

        assertThat(AlertLifecycle.apply(cancelled, raise(T0).build(), T1)).isEqualTo(new Unchanged(Because.REPEATED));
        assertThat(AlertLifecycle.apply(cancelled, raise(T1).build(), T1)).isInstanceOf(Decision.Changed.class);
    }

    @Test
    void shouldActOnceWhenACommandComesTwice() {
        AlertCommand acknowledge = command(CommandAction.ACKNOWLEDGE, "a").build();
        Alert acknowledged = after(raised(), acknowledge);

        assertThat(AlertLifecycle.apply(acknowledged, acknowledge, T1)).isEqualTo(new Unchanged(Because.REPEATED));
    }

    @Test
    void shouldRefuseACommandWhenAnotherPersonActedSince() {
        Alert commented = after(
                raised(), command(CommandAction.COMMENT, "c").setNote("现场有人").build());

        Decision decision = AlertLifecycle.apply(
                commented, command(CommandAction.CANCEL, "x").setRevision(1).build(), T1);

        assertThat(decision).isEqualTo(new Refused(Refusal.CHANGED_SINCE));
    }

    @Test
    void shouldRefuseACommandWhenTheSeverityChangedSince() {
        Alert worse = after(raised(), raise(T1).setSeverity(Severity.II).build());

        assertThat(AlertLifecycle.apply(
                        worse,
                        command(CommandAction.ACKNOWLEDGE, "x").setRevision(1).build(),
                        T1))
                .isEqualTo(new Refused(Refusal.CHANGED_SINCE));
    }

    @Test
    void shouldCarryOutACommandWhenOnlyFiguresChangedSince() {
        Alert alert = raised();
        for (int i = 1; i <= 5; i++) {
            alert = after(
                    alert,
                    raise(T0.plusSeconds(i)).setValues(Map.of("c", "" + i)).build());
        }

        Decision decision = AlertLifecycle.apply(
                alert, command(CommandAction.ACKNOWLEDGE, "x").setRevision(2).build(), T1);

        assertThat(decision.changed()).hasValueSatisfying(changed -> {
            assertThat(changed.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
            assertThat(changed.getRevision()).isEqualTo(7);
        });
    }

    @Test
    void shouldRefuseACommandWhenItsRevisionIsYetToCome() {
        assertThat(AlertLifecycle.apply(
                        raised(),
                        command(CommandAction.ACKNOWLEDGE, "x").setRevision(2).build(),
                        T1))
                .isEqualTo(new Refused(Refusal.CHANGED_SINCE));
    }

    @Test
    void shouldRefuseWhatCannotBeUnderstood() {
        assertThat(AlertLifecycle.apply(
                        raised(), raise(T1).setAction(SignalAction.UNKNOWN).build(), T1))
                .isEqualTo(new Refused(Refusal.UNKNOWN_ACTION));
        assertThat(AlertLifecycle.apply(
                        raised(), command(CommandAction.UNKNOWN, "x").build(), T1))
                .isEqualTo(new Refused(Refusal.UNKNOWN_ACTION));
    }

    @Test
    void shouldRefuseACommandWhenItsWordsAreWrong() {
        assertThat(AlertLifecycle.apply(
                        raised(),
                        command(CommandAction.CANCEL, "x").setActor(" ").build(),
                        T1))
                .isEqualTo(new Refused(Refusal.NO_ACTOR));
        assertThat(AlertLifecycle.apply(
                        raised(), command(CommandAction.COMMENT, "x").build(), T1))
                .isEqualTo(new Refused(Refusal.EMPTY_COMMENT));
        assertThat(AlertLifecycle.apply(
                        raised(),
                        command(CommandAction.CANCEL, "x")
                                .setNote("长".repeat(1_001))
                                .build(),
                        T1))
                .isEqualTo(new Refused(Refusal.NOTE_TOO_LONG));
    }

    @Test
    void shouldKeepFirstChangeAndPeoplesWordsWhenFiguresChangeOften() {
        Alert alert = after(raised(), command(CommandAction.ACKNOWLEDGE, "a").build());
        for (int i = 1; i <= 200; i++) {
            alert = after(
                    alert,
                    raise(T0.plusSeconds(i)).setValues(Map.of("c", "" + i)).build());
        }

        assertThat(alert.getRevision()).isEqualTo(202);
        assertThat(alert.getHistory()).hasSize(50);
        assertThat(alert.getHistory().get(0).getAction()).isEqualTo(ChangeAction.RAISED);
        assertThat(alert.getHistory().get(1).getAction()).isEqualTo(ChangeAction.ACKNOWLEDGED);
        assertThat(alert.getHistory().get(49).getRevision()).isEqualTo(202);
    }

    @Test
    void shouldKeepFirstAndNewestWhenOnlyPeopleActed() {
        Alert alert = raised();
        for (int i = 1; i <= 80; i++) {
            alert = after(
                    alert, command(CommandAction.COMMENT, "c" + i).setNote("n").build());
        }

        assertThat(alert.getHistory()).hasSize(50);
        assertThat(alert.getHistory().get(0).getRevision()).isEqualTo(1);
        assertThat(alert.getHistory().get(1).getRevision()).isEqualTo(33);
        assertThat(alert.getHistory().get(49).getRevision()).isEqualTo(81);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RAISED", "RAISED_AGAIN", "FLAPPED"})
    void shouldTreatAStateOfANewerVersionAsOpen(Transition transition) {
        assertThat(transition.follows(AlertState.UNKNOWN)).isTrue();
    }

    private static Decision say(String what, Alert current) {
        return switch (what) {
            case "RAISE" -> AlertLifecycle.apply(current, raise(T2).build(), T2);
            case "WORSEN" ->
                AlertLifecycle.apply(current, raise(T2).setSeverity(Severity.I).build(), T2);
            case "JOIN" ->
                AlertLifecycle.apply(current, raise(T2).setOccasion("another").build(), T2);
            case "EASE" ->
                AlertLifecycle.apply(current, raise(T2).setSeverity(Severity.IV).build(), T2);
            case "CLEAR" -> AlertLifecycle.apply(current, clear(T2).build(), T2);
            default ->
                AlertLifecycle.apply(
                        current,
                        command(CommandAction.valueOf(what), "said")
                                .setNote("说明")
                                .build(),
                        T2);
        };
    }

    private static Alert alertIn(String state) {
        return switch (state) {
            case "NONE" -> null;
            case "FIRING" -> raised();
            case "ACKNOWLEDGED" ->
                after(raised(), command(CommandAction.ACKNOWLEDGE, "1").build());
            case "RESOLVED" -> after(raised(), clear(T1).build());
            case "CANCELLED" ->
                after(raised(), command(CommandAction.CANCEL, "1").build());
            default -> throw new IllegalArgumentException(state);
        };
    }

    private static String outcomeOf(Decision decision) {
        if (decision instanceof Decision.Changed changed) {
            return changed.alert().getState().name();
        }
        return decision instanceof Unchanged unchanged
                ? unchanged.because().name()
                : ((Refused) decision).refusal().name();
    }

    private static Alert raised() {
        return raised(raise(T0).build(), T0);
    }

    private static Alert raised(AlertSignal signal, Instant now) {
        return AlertLifecycle.apply(null, signal, now).changed().orElseThrow();
    }

    private static Alert after(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }

    private static Alert after(Alert alert, AlertCommand command) {
        return AlertLifecycle.apply(alert, command, T0.plusSeconds(30))
                .changed()
                .orElseThrow();
    }
}
