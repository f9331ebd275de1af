package io.fengsui.alerting.notify;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NoticePlanTest {
    private static final Duration RESEND = Duration.ofMinutes(1);

    private final NoticePlan plan = new NoticePlan(RESEND, Duration.ofMinutes(5), alert -> false);
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
    void shouldReadFromTheLastDeliveryWhetherItIsTakenToFire() {
        assertThat(News.isTakenToFire(firing, delivery(1, DeliveryOutcome.DELIVERED)))
                .isTrue();
        assertThat(News.isTakenToFire(ended, delivery(1, DeliveryOutcome.DELIVERED)))
                .isTrue();
        assertThat(News.isTakenToFire(ended, delivery(2, DeliveryOutcome.DELIVERED)))
                .isFalse();
        assertThat(News.isTakenToFire(firing, delivery(1, DeliveryOutcome.REJECTED)))
                .isFalse();
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());
        assertThat(News.isTakenToFire(again, delivery(1, DeliveryOutcome.DELIVERED)))
                .as("that was the former occurrence")
                .isFalse();
    }

    private static AlertDelivery delivery(int revision, DeliveryOutcome outcome) {
        return AlertDelivery.newBuilder()
                .setAlertId("a")
                .setReceiver("alertmanager-0")
                .setRevision(revision)
                .setOutcome(outcome)
                .setAt(T0)
                .setAttempts(1)
                .build();
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
    void shouldNotSendWhatIsRefusedUntilItChanges() {
        plan.rejected(due(firing, 0).get(0), T0);

        assertThat(due(firing, 3_600)).isEmpty();
        assertThat(due(
                        after(
                                firing,
                                raise(T0.plusSeconds(4_000))
                                        .setSeverity(Severity.I)
                                        .build()),
                        4_001))
                .isNotEmpty();
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

    private static Alert after(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }
}
