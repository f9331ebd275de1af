package io.fengsui.alerting.lifecycle;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final DutyPlan PLAN = Plans.plan();

    @Test
    void shouldCountTheFirstAcknowledgementTheGravestSeverityAndTheSteps() {
        Alert alert = after(null, raise(T0).build());
        alert = after(alert, command(CommandAction.ACKNOWLEDGE, "a").build(), T0.plusSeconds(60));
        alert = after(alert, raise(T0.plusSeconds(90)).setSeverity(Severity.II).build());
        alert = after(alert, command(CommandAction.ESCALATE, "b").build(), T0.plusSeconds(100));
        alert = after(alert, command(CommandAction.ACKNOWLEDGE, "c").build(), T0.plusSeconds(300));
        alert = after(
                alert, raise(T0.plusSeconds(400)).setSeverity(Severity.III).build());
        alert = after(alert, clear(T0.plusSeconds(900)).build());

        AlertAccount account = Accounts.of(alert, PLAN);

        assertThat(account.getAcknowledgedAt()).isEqualTo(T0.plusSeconds(60));
        assertThat(account.getSeverity()).isEqualTo(Severity.II);
        assertThat(account.getEscalations()).isEqualTo(1);
        assertThat(account.getEndedAt()).isEqualTo(T0.plusSeconds(900));
        assertThat(account.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(account.getRevision()).isEqualTo(alert.getRevision());
        assertThat(account.getUnitIds()).containsExactly("zhangpu");
        assertThat(account.getDepartmentIds()).containsExactly("work-safety");
        assertThat(account.getFlapped()).isFalse();
    }

    @Test
    void shouldKnowNothingOfTheOccurrenceBefore() {
        Alert alert = after(null, raise(T0).setSeverity(Severity.I).build());
        alert = after(alert, command(CommandAction.ACKNOWLEDGE, "a").build(), T0.plusSeconds(60));
        alert = after(alert, command(CommandAction.ESCALATE, "b").build(), T0.plusSeconds(70));
        alert = after(alert, clear(T0.plusSeconds(100)).build());
        alert = after(alert, command(CommandAction.COMMENT, "c").setNote("已复查").build(), T0.plusSeconds(200));
        alert = after(alert, raise(T0.plusSeconds(5_000)).build());

        AlertAccount account = Accounts.of(alert, PLAN);

        assertThat(account.getStartedAt()).isEqualTo(T0.plusSeconds(5_000));
        assertThat(account.getAcknowledgedAt()).isNull();
        assertThat(account.getEscalations()).isZero();
        assertThat(account.getSeverity()).isEqualTo(Severity.III);
        assertThat(account.getEndedAt()).isNull();
    }

    @Test
    void shouldTakeTheFirstArrivalThatAnEventTellsOf() {
        Alert alert = after(null, state("RECEIVED", 0));
        assertThat(alert.getArrivedAt()).isNull();
        alert = after(alert, state("ARRIVED", 600));
        alert = after(alert, state("DISPATCHED", 650));
        alert = after(alert, state("ARRIVED", 700));

        assertThat(Accounts.of(alert, PLAN).getArrivedAt()).isEqualTo(T0.plusSeconds(598));

        alert = after(alert, clear(T0.plusSeconds(900)).build());
        alert = after(alert, state("RECEIVED", 5_000));
        assertThat(alert.getArrivedAt()).as("of the next occurrence").isNull();
    }

    private static AlertSignal state(String state, long second) {
        return raise(T0.plusSeconds(second))
                .setEventId("suke/DC-0001/" + state + second)
                .setValues(Map.of("state", state))
                .build();
    }

    @Test
    void shouldKeepDeadlinesAsTheyWereWithWhatWasMissed() {
        Alert alert =
                after(null, raise(T0).setSeverity(Severity.I).setEventTime(T0).build());
        alert = after(alert, report("phone", "a"), T0.plus(Duration.ofMinutes(10)));
        alert = after(alert, report("written", "b"), T0.plus(Duration.ofMinutes(70)));
        alert = after(alert, clear(T0.plus(Duration.ofHours(5))).build());

        assertThat(Accounts.of(alert, PLAN).getDeadlines())
                .containsExactly(
                        deadline("phone", 30, 10),
                        deadline("written", 60, 70),
                        new ReportDeadline("follow-up", minute(190), null));
    }

    @Test
    void shouldOweNothingAfterAFalseAlarmAndNoRepeatedReportThatWasNotDueWhenItEnded() {
        Alert alert =
                after(null, raise(T0).setSeverity(Severity.I).setEventTime(T0).build());
        Alert reported = after(alert, report("written", "a"), minute(50));
        Alert ended = after(reported, clear(minute(60)).build());
        Alert cancelled =
                after(reported, command(CommandAction.CANCEL, "b").setNote("误报").build(), minute(61));

        assertThat(Accounts.of(ended, PLAN).getDeadlines())
                .containsExactly(deadline("written", 60, 50), new ReportDeadline("phone", minute(30), null));
        assertThat(Accounts.of(cancelled, PLAN).getDeadlines()).containsExactly(deadline("written", 60, 50));
        assertThat(Accounts.of(alert, PLAN).getDeadlines())
                .as("the follow-up counts from a report that was not made")
                .containsExactly(
                        new ReportDeadline("phone", minute(30), null), new ReportDeadline("written", minute(60), null));
    }

    @Test
    void shouldSayThatItFlapped() {
        Alert alert = null;
        for (int i = 0; i < 2; i++) {
            alert = after(alert, raise(T0.plusSeconds(i * 20L)).build());
            alert = after(alert, clear(T0.plusSeconds(i * 20L + 10)).build());
        }
        assertThat(Accounts.of(alert, PLAN).getFlapped()).isFalse();

        Alert flapping = after(alert, raise(T0.plusSeconds(40)).build());
        Alert ended = after(flapping, command(CommandAction.RESOLVE, "a").build(), T0.plusSeconds(60));
        assertThat(Accounts.of(flapping, PLAN).getFlapped()).isTrue();
        assertThat(Accounts.of(ended, PLAN).getFlapped()).isTrue();
    }

    private static AlertCommand report(String id, String commandId) {
        return command(CommandAction.REPORT, commandId).setReportId(id).build();
    }

    private static ReportDeadline deadline(String id, int due, int made) {
        return new ReportDeadline(id, minute(due), minute(made));
    }

    private static Instant minute(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private static Alert after(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, PLAN, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }

    private static Alert after(Alert alert, AlertCommand command, Instant now) {
        return AlertLifecycle.apply(alert, command, PLAN, now).changed().orElseThrow();
    }
}
