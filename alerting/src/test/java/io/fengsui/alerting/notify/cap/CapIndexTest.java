package io.fengsui.alerting.notify.cap;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.Outcome;
import io.fengsui.event.Severity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left of messages behind a flood of others. */
class CapIndexTest {
    private static final int LISTED = 10;

    private final CapMessages messages = CapMessagesTest.messages();
    private final MemoryCapLog log = new MemoryCapLog(() -> T0, LISTED, 100, "open"::equals);
    private final CapNotifier notifier = new CapNotifier("cap", messages, log);

    @Test
    void shouldReferToMessagesThatTheFeedNoLongerLists() {
        Alert first = alert("a");
        Alert worse = after(first, raise(T0.plusSeconds(60)).setAlertId("a").setSeverity(Severity.II));
        String one = publish(first);
        String two = publish(worse);
        flood(50);

        String end = publish(after(worse, clear(T0.plusSeconds(90)).setAlertId("a")));

        CapMessage message = log.read(end).orElseThrow();
        assertThat(CapCheck.text(new CapCheck().validated(message.getCap().array()), "references"))
                .contains(one, two);
        assertThat(log.index().page(entry -> true, null, 100)).hasSize(LISTED);
    }

    @Test
    void shouldFindAMessageThatTheFeedNoLongerListsAndListNothingBehindIt() {
        String first = publish(alert("a"));
        flood(50);

        assertThat(log.index().get(first)).map(CapEntry::alertId).hasValue("a");
        assertThat(log.index().offset(first)).hasValue(0);
        assertThat(log.index().get("nothing")).isEmpty();
        assertThat(log.index().page(entry -> true, first, 100)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestButNothingOfAnAlertThatIsHeld() {
        String held = publish(alert("open"));
        String over = publish(alert("over"));
        flood(200);

        assertThat(log.index().get(held)).isPresent();
        assertThat(log.index().of("open", 1)).hasSize(1);
        assertThat(log.index().get(over)).isEmpty();
        assertThat(log.index().of("over", 1)).isEmpty();
        assertThat(log.index().get(publish(alert("last")))).isPresent();
    }

    @Test
    void shouldListInTheOrderOfTheLogWhicheverIsHeardOfFirst() {
        CapIndex index = new CapIndex(LISTED, 100, alertId -> false, offset -> Optional.empty());
        CapEntry older = entry("a");
        CapEntry newer = entry("b");

        assertThat(index.add(newer, 8)).isTrue();
        assertThat(index.add(older, 7)).isTrue();
        assertThat(index.add(older, 9)).as("the first counts").isFalse();

        assertThat(index.page(entry -> true, null, 10)).containsExactly(newer, older);
        assertThat(index.page(entry -> true, newer.identifier(), 10)).containsExactly(older);
    }

    @Test
    void shouldNotCallItDeliveredWhenNothingIsPublished() {
        Alert cancelled = AlertLifecycle.apply(
                        alert("a"),
                        command(CommandAction.CANCEL, "c")
                                .setAlertId("a")
                                .setNote("误报")
                                .build(),
                        T0.plusSeconds(9))
                .changed()
                .orElseThrow();

        Outcome outcome = notifier.send(List.of(notice(cancelled)));

        assertThat(outcome.delivery()).isEqualTo(Delivery.REJECTED);
        assertThat(outcome.reason()).contains("nothing is published");
    }

    @Test
    void shouldTryAgainWhenFormerMessagesCannotBeRead() {
        Alert first = alert("a");
        publish(first);
        flood(50);
        Alert over = after(first, clear(T0.plusSeconds(90)).setAlertId("a"));
        log.works = false;

        assertThat(notifier.send(List.of(notice(over))).delivery()).isEqualTo(Delivery.RETRY);
        log.works = true;
        assertThat(notifier.send(List.of(notice(over))).delivery()).isEqualTo(Delivery.DELIVERED);
    }

    private void flood(int alerts) {
        for (int i = 0; i < alerts; i++) {
            publish(alert("flood-" + i));
        }
    }

    private String publish(Alert alert) {
        Outcome outcome = notifier.send(List.of(notice(alert)));
        assertThat(outcome.delivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(outcome.reference()).isNotNull();
        return outcome.reference();
    }

    private CapEntry entry(String alertId) {
        return CapEntry.of(messages.next(alert(alertId), log.index()).orElseThrow(), T0);
    }

    private static AlertNotice notice(Alert alert) {
        boolean open = Transition.isOpen(alert.getState());
        return new AlertNotice(alert, alert.getSeverity(), open, alert.getStartedAt(), alert.getChangedAt());
    }

    private static Alert alert(String id) {
        return after(null, raise(T0).setAlertId(id));
    }

    private static Alert after(@Nullable Alert alert, AlertSignal.Builder signal) {
        return AlertLifecycle.apply(alert, signal.build(), signal.getSignalledAt())
                .changed()
                .orElseThrow();
    }
}
