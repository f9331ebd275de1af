package io.fengsui.alerting.notify;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NoticePlanTest {
    private static final Duration RESEND = Duration.ofMinutes(1);

    private final NoticePlan plan = new NoticePlan(RESEND, Duration.ofMinutes(5), alert -> false);
    private final MemoryDeliveryLog log = new MemoryDeliveryLog();
    private final OutcomeNotes notes = new OutcomeNotes("alertmanager-0", log);
    private final Alert firing = after(null, raise(T0).build());
    private final Alert ended = after(firing, clear(T0.plusSeconds(30)).build());

    @Test
    void shouldTellAtOnceAndThenAtEachInterval() {
        AlertNotice first = deliver(firing, 0).get(0);

        assertThat(first.firing()).isTrue();
        assertThat(first.startsAt()).isEqualTo(T0);
        assertThat(first.endsAt()).isEqualTo(T0.plus(RESEND.multipliedBy(4)));
        assertThat(due(firing, 59)).isEmpty();
        assertThat(deliver(firing, 60)).hasSize(1);
        assertThat(due(firing, 61)).isEmpty();
    }

    @Test
    void shouldTellAgainAtOnceWhenNothingWasDelivered() {
        due(firing, 0);

        assertThat(due(firing, 1)).hasSize(1);
    }

    @Test
    void shouldTellAChangeAtOnce() {
        deliver(firing, 0);
        Alert acknowledged = AlertLifecycle.apply(
                        firing, command(CommandAction.ACKNOWLEDGE, "a").build(), T0.plusSeconds(5))
                .changed()
                .orElseThrow();

        assertThat(due(acknowledged, 6)).singleElement().satisfies(notice -> assertThat(notice.firing())
                .isTrue());
    }

    @Test
    void shouldTellAnEndForFiveMinutes() {
        deliver(firing, 0);

        AlertNotice end = deliver(ended, 31).get(0);

        assertThat(end.firing()).isFalse();
        assertThat(end.endsAt()).isEqualTo(T0.plusSeconds(30));
        assertThat(due(ended, 60)).isEmpty();
        assertThat(deliver(ended, 91)).hasSize(1);
        assertThat(due(ended, 331)).isEmpty();
    }

    @Test
    void shouldKnowAfterARestartWhatTheReceiverTakesToFire() {
        NoticePlan restarted = new NoticePlan(RESEND, Duration.ofMinutes(5), alert -> true);

        assertThat(restarted.due(List.of(firing), alert -> true, T0.plusSeconds(60)))
                .as("held back now, and told before")
                .hasSize(1);
        List<AlertNotice> end = restarted.due(List.of(ended), alert -> false, T0.plusSeconds(7_200));
        assertThat(end).as("it could not be told then").hasSize(1);
        restarted.delivered(end.get(0), T0.plusSeconds(7_200));
        assertThat(restarted.due(List.of(ended), alert -> false, T0.plusSeconds(7_300)))
                .isEmpty();
    }

    @Test
    void shouldReadFromWhatIsWrittenDownWhetherItIsTakenToFire() {
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());
        AlertNotice fires = due(firing, 0).get(0);
        AlertNotice end = due(ended, 31).get(0);
        AlertNotice firesAgain = due(again, 61).get(0);

        assertThat(isTakenToFire(firing)).isFalse();
        notes.note(fires, Outcome.retry("HTTP 503"), T0);
        assertThat(isTakenToFire(firing)).isFalse();
        notes.note(fires, Outcome.delivered(), T0);
        assertThat(isTakenToFire(firing)).isTrue();
        notes.note(fires, Outcome.rejected("HTTP 400"), T0.plusSeconds(60));
        assertThat(isTakenToFire(firing)).as("a refusal takes nothing back").isTrue();
        notes.note(end, Outcome.rejected("HTTP 400"), T0.plusSeconds(61));
        assertThat(isTakenToFire(ended)).isTrue();
        assertThat(isTakenToFire(again)).as("that was the former occurrence").isFalse();
        notes.note(end, Outcome.delivered(), T0.plusSeconds(62));
        assertThat(isTakenToFire(ended)).isFalse();
        notes.note(firesAgain, Outcome.rejected("HTTP 400"), T0.plusSeconds(63));
        assertThat(isTakenToFire(again)).isFalse();
    }

    private boolean isTakenToFire(Alert alert) {
        return log.get("alertmanager-0", alert)
                .filter(last -> News.isTakenToFire(alert, last))
                .isPresent();
    }

    @Test
    void shouldTellAnEndLaterWhenTheReceiverCouldNotBeReached() {
        deliver(firing, 0);

        assertThat(deliver(ended, 7_200)).hasSize(1);
        assertThat(due(ended, 7_300)).isEmpty();
    }

    @Test
    void shouldTellARecentEndAfterARestart() {
        assertThat(due(ended, 60)).extracting(AlertNotice::firing).containsExactly(false);
        assertThat(due(ended, 7_200)).isEmpty();
    }

    @Test
    void shouldEndTheFormerSeverityWhenItChanges() {
        deliver(firing, 0);
        Alert worse =
                after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());

        List<AlertNotice> told = deliver(worse, 11);

        assertThat(told).extracting(AlertNotice::severity).containsExactlyInAnyOrder(Severity.II, Severity.III);
        AlertNotice former = told.stream()
                .filter(notice -> notice.severity() == Severity.III)
                .findFirst()
                .orElseThrow();
        assertThat(former.firing()).isFalse();
        assertThat(former.endsAt()).isEqualTo(T0.plusSeconds(10));
        assertThat(due(worse, 600)).extracting(AlertNotice::severity).containsExactly(Severity.II);
    }

    @Test
    void shouldEndTheFormerSeverityAfterARestartToo() {
        Alert worse =
                after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());

        assertThat(due(worse, 60))
                .extracting(AlertNotice::severity, AlertNotice::firing)
                .containsExactlyInAnyOrder(tuple(Severity.II, true), tuple(Severity.III, false));
    }

    @Test
    void shouldFireAgainWhenASeverityComesBack() {
        Alert worse =
                after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());
        Alert back = after(worse, raise(T0.plusSeconds(20)).build());
        deliver(firing, 0);
        deliver(worse, 11);

        assertThat(due(back, 21))
                .extracting(AlertNotice::severity, AlertNotice::firing)
                .containsExactlyInAnyOrder(tuple(Severity.III, true), tuple(Severity.II, false));
    }

    @Test
    void shouldNotTellAnInhibitedAlertUntilItIsNot() {
        assertThat(dueInhibited(firing, 0)).isEmpty();
        assertThat(due(firing, 10)).hasSize(1);
    }

    @Test
    void shouldGoOnTellingAnAlertThatWasToldBeforeItWasInhibited() {
        deliver(firing, 0);

        assertThat(dueInhibited(firing, 61))
                .as("silence would look like its end")
                .hasSize(1);
    }

    @Test
    void shouldTellOnWhenAnAlertChangesItsSeverityWhileItIsInhibited() {
        deliver(firing, 0);
        Alert worse =
                after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());

        assertThat(dueInhibited(worse, 11))
                .as("the end of III alone would look like a recovery")
                .extracting(AlertNotice::severity, AlertNotice::firing)
                .containsExactly(tuple(Severity.II, true), tuple(Severity.III, false));
    }

    @Test
    void shouldNotTellTheEndOfAFormerSeverityOfAnAlertThatIsHeldBack() {
        Alert worse =
                after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());

        assertThat(dueInhibited(worse, 11)).isEmpty();
    }

    @Test
    void shouldAskNothingOfAnAlertThatEndedLongAgo() {
        AtomicInteger asked = new AtomicInteger();

        plan.due(
                List.of(ended),
                alert -> {
                    asked.incrementAndGet();
                    return false;
                },
                T0.plusSeconds(331));

        assertThat(asked).hasValue(0);
    }

    @Test
    void shouldTryWhatIsRefusedAgainAfterGrowingRests() {
        refuse(firing, 0);
        assertThat(due(firing, 59)).isEmpty();
        refuse(firing, 60);
        assertThat(due(firing, 179)).isEmpty();
        refuse(firing, 180);
        refuse(firing, 420);
        assertThat(due(firing, 719)).isEmpty();
        refuse(firing, 720);
        assertThat(due(firing, 1_019)).as("no longer than five minutes").isEmpty();
        assertThat(deliver(firing, 1_020)).hasSize(1);
        refuse(firing, 1_080);
        assertThat(due(firing, 1_140)).as("it begins anew").hasSize(1);
    }

    @Test
    void shouldTryWhatIsRefusedAgainAtOnceWhenItChanges() {
        refuse(firing, 0);

        assertThat(due(
                        after(
                                firing,
                                raise(T0.plusSeconds(4))
                                        .setValues(Map.of("hopperTemperatureCelsius", "75.0"))
                                        .build()),
                        5))
                .isNotEmpty();
    }

    @Test
    void shouldNotLetAFiringAlertLapseWhenARepetitionIsRefused() {
        AlertNotice last = deliver(firing, 0).get(0);

        int tries = 0;
        for (int second = 1; T0.plusSeconds(second).isBefore(last.endsAt()); second++) {
            List<AlertNotice> due = due(firing, second);
            tries += due.size();
            for (AlertNotice notice : due) {
                plan.rejected(notice, T0.plusSeconds(second));
            }
        }

        assertThat(tries)
                .as("tries before Alertmanager takes it for ended by itself")
                .isEqualTo(3);
        assertThat(due(firing, 300)).as("and after").hasSize(1);
    }

    @Test
    void shouldTellTheEndOfWhatWasDeliveredBeforeItWasRefused() {
        deliver(firing, 0);
        refuse(firing, 60);

        refuse(ended, 70);

        assertThat(due(ended, 129)).isEmpty();
        assertThat(due(ended, 130)).extracting(AlertNotice::firing).containsExactly(false);
        assertThat(deliver(ended, 7_200)).hasSize(1);
        assertThat(due(ended, 7_300)).isEmpty();
    }

    @Test
    void shouldGoOnTellingAnInhibitedAlertWhoseRepetitionWasRefused() {
        deliver(firing, 0);
        refuse(firing, 60);

        assertThat(dueInhibited(firing, 120)).hasSize(1);
    }

    @Test
    void shouldTellWhatIsRefusedBehindTheOthers() {
        Alert lift = Alert.newBuilder(firing)
                .setAlertId("lift")
                .setLifeSafety(true)
                .setSeverity(Severity.I)
                .build();
        refuse(lift, 0);

        assertThat(plan.due(List.of(lift, firing), alert -> false, T0.plusSeconds(60)))
                .extracting(notice -> notice.alert().getAlertId())
                .containsExactly(firing.getAlertId(), "lift");
    }

    @Test
    void shouldNeverStartAfterItsEndWhenClocksDiffer() {
        Alert early = Alert.newBuilder(ended).setEndedAt(T0.minusSeconds(3)).build();

        assertThat(due(early, 1))
                .allSatisfy(notice -> assertThat(notice.startsAt()).isBeforeOrEqualTo(notice.endsAt()));
        assertThat(due(firing, -30))
                .allSatisfy(notice -> assertThat(notice.startsAt()).isBeforeOrEqualTo(T0.minusSeconds(30)));
    }

    private List<AlertNotice> due(Alert alert, long second) {
        return plan.due(List.of(alert), inhibited -> false, T0.plusSeconds(second));
    }

    private List<AlertNotice> dueInhibited(Alert alert, long second) {
        return plan.due(List.of(alert), inhibited -> true, T0.plusSeconds(second));
    }

    private List<AlertNotice> deliver(Alert alert, long second) {
        List<AlertNotice> due = due(alert, second);
        Instant now = T0.plusSeconds(second);
        due.forEach(notice -> plan.delivered(notice, now));
        return due;
    }

    private void refuse(Alert alert, long second) {
        List<AlertNotice> due = due(alert, second);
        assertThat(due).hasSize(1);
        plan.rejected(due.get(0), T0.plusSeconds(second));
    }

    private static Alert after(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }
}
