package io.fengsui.alerting.notify;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.cap.CapNotifier;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewsPlanTest {
    private static final String RECEIVER = "webhook-0";

    private final MemoryDeliveryLog log = new MemoryDeliveryLog();
    private NewsPlan plan = new NewsPlan(RECEIVER, log, News.anything());
    private OutcomeNotes notes = new OutcomeNotes(RECEIVER, log);
    private final Alert firing = after(null, raise(T0).build());
    private final Alert worse =
            after(firing, raise(T0.plusSeconds(10)).setSeverity(Severity.II).build());
    private final Alert ended = after(worse, clear(T0.plusSeconds(30)).build());

    @Test
    void shouldTellEachChangeOnce() {
        assertThat(told(firing, 0, Outcome.delivered())).isTrue();
        assertThat(isDue(firing, 1)).isFalse();
        assertThat(told(worse, 11, Outcome.delivered())).isTrue();
        assertThat(told(ended, 31, Outcome.delivered())).isTrue();
        assertThat(isDue(ended, 3_600)).isFalse();
    }

    @Test
    void shouldKnowAfterARestartWhatTheReceiverHas() {
        told(firing, 0, Outcome.delivered());

        restart();

        assertThat(isDue(firing, 1)).isFalse();
        assertThat(isDue(worse, 11)).isTrue();
    }

    @Test
    void shouldTryAgainWithGrowingRests() {
        told(firing, 0, Outcome.retry("HTTP 503"));
        assertThat(isDue(firing, 0)).isFalse();
        assertThat(told(firing, 1, Outcome.retry("HTTP 503"))).isTrue();
        assertThat(isDue(firing, 2)).isFalse();
        assertThat(told(firing, 3, Outcome.retry("HTTP 503"))).isTrue();

        assertThat(NewsPlan.rest(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(NewsPlan.rest(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(NewsPlan.rest(1_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldGoOnTryingAfterARestartWhereItWas() {
        told(firing, 0, Outcome.retry("HTTP 503"));
        told(firing, 1, Outcome.retry("HTTP 503"));

        restart();

        assertThat(isDue(firing, 2)).as("it rests as it did before").isFalse();
        assertThat(told(firing, 3, Outcome.retry("HTTP 503"))).isTrue();
        assertThat(told(firing, 8, Outcome.delivered())).isTrue();
        assertThat(last().getAttempts()).isEqualTo(4);
        assertThat(last().getOutcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    }

    @Test
    void shouldNotLetOneThatAlwaysFailsHoldUpTheOthers() {
        told(firing, 0, Outcome.retry("HTTP 500"));
        Alert other = Alert.newBuilder(firing).setAlertId("other").build();

        List<AlertNotice> due = plan.due(List.of(firing, other), alert -> false, T0.plusSeconds(5));

        assertThat(due).extracting(notice -> notice.alert().getAlertId()).containsExactly("other", DUST);
    }

    @Test
    void shouldTellGraveOnesFirst() {
        Alert grave = Alert.newBuilder(worse)
                .setAlertId("grave")
                .setSeverity(Severity.I)
                .build();
        Alert lift =
                Alert.newBuilder(worse).setAlertId("lift").setLifeSafety(true).build();

        List<AlertNotice> due = plan.due(List.of(firing, grave, lift), alert -> false, T0.plusSeconds(60));

        assertThat(due).extracting(notice -> notice.alert().getAlertId()).containsExactly("lift", "grave", DUST);
    }

    @Test
    void shouldNotSendAgainWhatIsRefusedBeforeItChanges() {
        told(firing, 0, Outcome.rejected("HTTP 422 no such unit"));

        assertThat(isDue(firing, 86_400)).isFalse();
        assertThat(isDue(worse, 86_400)).isTrue();
        assertThat(last().getReason()).isEqualTo("HTTP 422 no such unit");
        restart();
        assertThat(isDue(firing, 86_400)).isFalse();
    }

    @Test
    void shouldTellTheEndOfWhatItTriedToTell() {
        told(firing, 0, Outcome.retry("HTTP 503"));
        restart();

        assertThat(isDue(ended, 3_600)).isTrue();
    }

    @Test
    void shouldTellNothingOfWhatWasHeldBackFromBeginningToEnd() {
        assertThat(plan.due(List.of(firing), alert -> true, T0)).isEmpty();
        assertThat(isDue(ended, 31)).isFalse();
    }

    @Test
    void shouldTellTheEndAlsoWhenTheAlertIsHeldBackMeanwhile() {
        told(firing, 0, Outcome.delivered());

        assertThat(plan.due(List.of(worse), alert -> true, T0.plusSeconds(11))).hasSize(1);
    }

    @Test
    void shouldHoldBackANewOccurrenceThatIsInhibitedThoughItToldTheFormer() {
        told(firing, 0, Outcome.delivered());
        told(ended, 31, Outcome.delivered());
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());

        assertThat(plan.due(List.of(again), alert -> true, T0.plusSeconds(61))).isEmpty();
        assertThat(isDue(again, 62)).isTrue();
    }

    @Test
    void shouldTellTheEndOfAnOccurrenceThatAnotherFollowedBeforeItWasTold() {
        Alert cancelled = AlertLifecycle.apply(
                        firing, command(CommandAction.CANCEL, "c").setNote("误报").build(), T0.plusSeconds(20))
                .changed()
                .orElseThrow();
        Alert again = after(
                cancelled,
                raise(T0.plusSeconds(60))
                        .setEventId("n")
                        .setSeverity(Severity.II)
                        .setExplanation(Samples.text("灰斗温度 110 ℃", "Hopper at 110 °C"))
                        .build());
        told(firing, 0, Outcome.delivered());
        restart();

        List<AlertNotice> due = plan.due(List.of(again), held -> false, T0.plusSeconds(61));

        assertThat(due).hasSize(2);
        Alert former = due.get(0).alert();
        assertThat(due.get(0).firing()).isFalse();
        assertThat(former.getRevision()).isEqualTo(2);
        assertThat(former.getOccurrences()).isEqualTo(1);
        assertThat(former.getState()).isEqualTo(AlertState.CANCELLED);
        assertThat(former.getSeverity()).isEqualTo(Severity.III);
        assertThat(former.getStartedAt()).isEqualTo(T0);
        assertThat(former.getEndedAt()).isEqualTo(T0.plusSeconds(20));
        assertThat(former.getChangedAt()).isEqualTo(T0.plusSeconds(20));
        assertThat(former.getExplanation()).isEqualTo(firing.getExplanation());
        assertThat(former.getHistory().get(1).getNote()).isEqualTo("误报");
        assertThat(due.get(1).alert()).isEqualTo(again);
        due.forEach(notice -> note(notice, Outcome.delivered(), 61));
        assertThat(isDue(again, 3_600)).isFalse();
    }

    @Test
    void shouldTellTheEndOfAnOccurrenceBeforeTheEndOfTheNext() {
        told(firing, 0, Outcome.delivered());
        Alert over = after(
                after(ended, raise(T0.plusSeconds(60)).setEventId("n").build()),
                clear(T0.plusSeconds(90)).build());

        assertThat(plan.due(List.of(over), held -> false, T0.plusSeconds(100)))
                .extracting(notice -> notice.alert().getRevision(), AlertNotice::firing)
                .containsExactly(tuple(3, false), tuple(5, false));
    }

    @Test
    void shouldHoldTheNextOccurrenceBackUntilTheEndOfTheFormerIsTold() {
        told(firing, 0, Outcome.delivered());
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());
        note(plan.due(List.of(again), held -> false, T0.plusSeconds(61)).get(0), Outcome.retry("HTTP 503"), 61);

        restart();

        assertThat(plan.due(List.of(again), held -> true, T0.plusSeconds(61)))
                .as("it rests")
                .isEmpty();
        assertThat(plan.due(List.of(again), held -> true, T0.plusSeconds(62)))
                .as("a former occurrence ends also while the next is held back")
                .extracting(notice -> notice.alert().getRevision())
                .containsExactly(3);
        assertThat(plan.due(List.of(again), held -> false, T0.plusSeconds(62)))
                .extracting(notice -> notice.alert().getRevision())
                .containsExactly(3, 4);
    }

    @Test
    void shouldEndAnOccurrenceWhoseEndTheHistoryHasLost() {
        told(firing, 0, Outcome.delivered());
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());
        for (int i = 0; i < 60; i++) {
            again = AlertLifecycle.apply(
                            again,
                            command(CommandAction.COMMENT, "c" + i)
                                    .setNote("记录")
                                    .build(),
                            T0.plusSeconds(70 + i))
                    .changed()
                    .orElseThrow();
        }

        List<AlertNotice> due = plan.due(List.of(again), held -> false, T0.plusSeconds(200));

        assertThat(due)
                .extracting(notice -> notice.alert().getOccurrences(), AlertNotice::firing)
                .containsExactly(tuple(1, false), tuple(2, true));
        assertThat(due.get(0).alert().getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(due.get(0).alert().getRevision()).isEqualTo(2);
        assertThat(due.get(0).alert().getEndedAt()).isEqualTo(T0.plusSeconds(60));
    }

    @Test
    void shouldNotTellTheEndOfAFormerOccurrenceAgainThatWasRefused() {
        told(firing, 0, Outcome.delivered());
        Alert again = after(ended, raise(T0.plusSeconds(60)).setEventId("n").build());
        note(plan.due(List.of(again), held -> false, T0.plusSeconds(61)).get(0), Outcome.rejected("HTTP 400"), 61);

        assertThat(plan.due(List.of(again), held -> false, T0.plusSeconds(62)))
                .extracting(notice -> notice.alert().getRevision())
                .containsExactly(4);
    }

    @Test
    void shouldTellOnceOfWhatWasOverBeforeTheReceiverCouldBeTold() {
        assertThat(told(ended, 40, Outcome.delivered())).isTrue();
        assertThat(isDue(ended, 41)).isFalse();
    }

    @Test
    void shouldTellANewReceiverNothingOfWhatWasOverLongAgo() {
        assertThat(isDue(ended, 30 + 86_401)).isFalse();
    }

    @Test
    void shouldNotTellWhatMayHaveBeenHeldBackWhileNobodyLooked() {
        Alert silence = after(null, raise(T0).setEventId(null).build());
        Alert over = after(silence, clear(T0.plusSeconds(30)).setEventId(null).build());

        assertThat(isDue(over, 40)).isFalse();
        assertThat(isDue(silence, 20)).isTrue();
        assertThat(isDue(over, 40)).as("somebody looked, and it was free").isTrue();
    }

    @Test
    void shouldNotTellReadersOfWarningsOfWhatWasOverBeforeAnybodyTried() {
        plan = new NewsPlan(RECEIVER, log, CapNotifier.news());
        assertThat(isDue(firing, 0)).isTrue();

        assertThat(isDue(ended, 40)).isFalse();
        assertThat(plan.waiting(0)).isZero();
    }

    @Test
    void shouldNotTellThatAnAlertJoinedAnIncident() {
        told(firing, 0, Outcome.delivered());
        Alert related = AlertLifecycle.apply(
                        firing, new AlertContext(DUST, "20261123-00000001", null, T0), T0.plusSeconds(5))
                .changed()
                .orElseThrow();

        assertThat(isDue(related, 6)).isFalse();
    }

    @Test
    void shouldKeepTheStepsOfATimeline() {
        told(firing, 0, Outcome.deliveredAs("m-1"));
        told(worse, 11, Outcome.retry("HTTP 503"));
        told(worse, 12, Outcome.retry("HTTP 503"));
        told(worse, 14, Outcome.retry("HTTP 503"));
        told(worse, 18, Outcome.deliveredAs("m-2"));

        assertThat(log.written)
                .extracting(AlertDelivery::getAttempts)
                .as("the 1st, 2nd and the last")
                .containsExactly(1, 1, 2, 4);
        assertThat(last().getReference()).isEqualTo("m-2");
        assertThat(last().getEarlier()).singleElement().satisfies(step -> {
            assertThat(step.getReference()).isEqualTo("m-1");
            assertThat(step.getRevision()).isEqualTo(1);
        });
    }

    @Test
    void shouldWarnReadersOfStepsAtOnceAndOfFiguresNowAndThen() {
        plan = new NewsPlan(RECEIVER, log, CapNotifier.news());
        told(firing, 0, Outcome.delivered());
        Alert hotter = after(
                firing,
                raise(T0.plusSeconds(5))
                        .setExplanation(Samples.text("灰斗温度 75 ℃", "Hopper at 75 °C"))
                        .setValues(Map.of("hopperTemperatureCelsius", "75.0"))
                        .build());
        Alert acknowledged = AlertLifecycle.apply(
                        firing, command(CommandAction.ACKNOWLEDGE, "a").build(), T0.plusSeconds(5))
                .changed()
                .orElseThrow();

        assertThat(isDue(acknowledged, 3_600)).isFalse();
        assertThat(isDue(hotter, 299)).isFalse();
        assertThat(isDue(hotter, 300)).isTrue();
        assertThat(isDue(worse, 11)).isTrue();
        assertThat(isDue(ended, 31)).isTrue();
    }

    private boolean told(Alert alert, int seconds, Outcome outcome) {
        Instant now = T0.plusSeconds(seconds);
        List<AlertNotice> due = plan.due(List.of(alert), held -> false, now);
        due.forEach(notice -> note(notice, outcome, seconds));
        return !due.isEmpty();
    }

    private void note(AlertNotice notice, Outcome outcome, int seconds) {
        Instant now = T0.plusSeconds(seconds);
        switch (outcome.delivery()) {
            case DELIVERED -> plan.delivered(notice, now);
            case RETRY -> plan.postponed(notice, now);
            case REJECTED -> plan.rejected(notice, now);
        }
        notes.note(notice, outcome, now);
    }

    private boolean isDue(Alert alert, int seconds) {
        return !plan.due(List.of(alert), held -> false, T0.plusSeconds(seconds)).isEmpty();
    }

    private void restart() {
        plan = new NewsPlan(RECEIVER, log, News.anything());
        notes = new OutcomeNotes(RECEIVER, log);
    }

    private AlertDelivery last() {
        return log.get(Realm.LIVE, RECEIVER, DUST).orElseThrow();
    }

    private static Alert after(@Nullable Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }
}
