package io.fengsui.alerting.notify;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.alerting.testkit.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotifyLoopTest {
    private final StandingAlerts alerts = new StandingAlerts();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<NotifyLoop> loops = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.forEach(NotifyLoop::close);
    }

    @Test
    void shouldTellAChangeWithoutWaitingForTheTimer() throws Exception {
        Recorder receiver = loop(0, notices -> Delivery.DELIVERED);
        alerts.put(alert("DC-1"));

        assertThat(receiver.next()).containsExactly("DC-1");
        alerts.put(alert("DC-2"));
        assertThat(receiver.next()).containsExactly("DC-2");
    }

    @Test
    void shouldTellOthersWhileOneReceiverHangs() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        Recorder slow = loop(0, notices -> {
            await(hang);
            return Delivery.DELIVERED;
        });
        Recorder quick = loop(1, notices -> Delivery.DELIVERED);

        alerts.put(alert("DC-1"));
        assertThat(slow.next()).containsExactly("DC-1");
        assertThat(quick.next()).containsExactly("DC-1");
        alerts.put(alert("DC-2"));
        assertThat(quick.next()).containsExactly("DC-2");

        hang.countDown();
        assertThat(slow.next()).containsExactly("DC-2");
    }

    @Test
    void shouldCountFromZeroBeforeAnythingIsSent() {
        loop(0, notices -> Delivery.DELIVERED);

        for (Delivery delivery : Delivery.values()) {
            assertThat(meters.find("fengsui.alerting.notifications")
                            .tag("outcome", delivery.name())
                            .counter())
                    .as("%s: Prometheus sees no increase of a counter that is born at 1", delivery)
                    .isNotNull();
        }
    }

    @Test
    void shouldTryAgainWhenAReceiverCannotNow() throws Exception {
        List<Delivery> replies = new CopyOnWriteArrayList<>(List.of(Delivery.RETRY, Delivery.DELIVERED));
        Recorder receiver = loop(0, notices -> replies.remove(0));
        alerts.put(alert("DC-1"));

        assertThat(receiver.next()).containsExactly("DC-1");
        assertThat(receiver.next()).containsExactly("DC-1");
        assertThat(count(0, Delivery.RETRY)).isEqualTo(1);
    }

    @Test
    void shouldFindTheOneThatIsRefusedAndTellTheRest() throws Exception {
        Recorder receiver = loop(
                0,
                notices -> notices.stream().anyMatch(n -> subject(n).equals("BAD"))
                        ? Delivery.REJECTED
                        : Delivery.DELIVERED,
                () -> {
                    alerts.put(alert("DC-1"));
                    alerts.put(alert("BAD"));
                    alerts.put(alert("DC-2"));
                });

        assertThat(receiver.next()).containsExactlyInAnyOrder("DC-1", "BAD", "DC-2");
        List<String> singly = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            singly.addAll(receiver.next());
        }
        assertThat(singly).containsExactlyInAnyOrder("DC-1", "BAD", "DC-2");
        alerts.put(alert("DC-3"));
        assertThat(receiver.next()).as("the refused one is left out").containsExactly("DC-3");
        assertThat(count(0, Delivery.REJECTED)).isEqualTo(1);
        assertThat(count(0, Delivery.DELIVERED)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldGoOnWhenANotifierBreaksItsPromiseNotToThrow() throws Exception {
        List<RuntimeException> faults = new CopyOnWriteArrayList<>(List.of(new IllegalStateException("broken")));
        Recorder receiver = loop(0, notices -> {
            if (!faults.isEmpty()) {
                throw faults.remove(0);
            }
            return Delivery.DELIVERED;
        });
        alerts.put(alert("DC-1"));

        assertThat(receiver.next()).containsExactly("DC-1");
        assertThat(receiver.next()).containsExactly("DC-1");
    }

    @Test
    void shouldLeaveNewsToTheInstanceOnDutyAndTakeOverWhereItWas() throws Exception {
        MemoryDeliveryLog log = new MemoryDeliveryLog();
        AtomicBoolean firstOnDuty = new AtomicBoolean(true);
        Recorder first = news(0, log, firstOnDuty::get, notices -> Delivery.DELIVERED);
        Recorder second = news(0, log, () -> !firstOnDuty.get(), notices -> Delivery.DELIVERED);
        alerts.put(alert("DC-1"));
        assertThat(first.next()).containsExactly("DC-1");
        while (log.get("recorder-0", alert("DC-1")).isEmpty()) {
            Thread.sleep(5); // It writes down what it told when it has the answer.
        }

        firstOnDuty.set(false);
        alerts.put(alert("DC-2"));

        assertThat(second.next()).as("what the first told is not told again").containsExactly("DC-2");
        assertThat(first.received()).isEmpty();
    }

    @Test
    void shouldTellTheRestWhileOneAlertCannotBeDelivered() throws Exception {
        Recorder receiver = news(
                0,
                new MemoryDeliveryLog(),
                () -> true,
                notices -> notices.stream().anyMatch(n -> subject(n).equals("POISON"))
                        ? Delivery.RETRY
                        : Delivery.DELIVERED);
        alerts.put(alert("POISON"));
        assertThat(receiver.next()).containsExactly("POISON");
        alerts.put(alert("DC-1"));
        alerts.put(alert("DC-2"));

        List<String> told = new ArrayList<>();
        while (!told.containsAll(List.of("DC-1", "DC-2"))) {
            told.addAll(receiver.next());
        }
    }

    private Recorder news(
            int peer, DeliveryLog log, BooleanSupplier onDuty, Function<List<AlertNotice>, Delivery> reply) {
        Recorder recorder = new Recorder(peer, reply, new LinkedBlockingQueue<>());
        NotifyLoop loop = NotifyLoop.ofNews(
                recorder, alerts, News.anything(), log, onDuty, new SimpleMeterRegistry(), Instant::now);
        loops.add(loop);
        loop.start();
        return recorder;
    }

    private double count(int peer, Delivery delivery) {
        return AlertingMeters.NOTIFICATIONS
                .counter(meters, "recorder", Integer.toString(peer), delivery.name())
                .count();
    }

    private Recorder loop(int peer, Function<List<AlertNotice>, Delivery> reply) {
        return loop(peer, reply, () -> {});
    }

    private Recorder loop(int peer, Function<List<AlertNotice>, Delivery> reply, Runnable before) {
        Recorder recorder = new Recorder(peer, reply, new LinkedBlockingQueue<>());
        before.run();
        NotifyLoop loop = NotifyLoop.repeating(
                recorder,
                alerts,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                new MemoryDeliveryLog(),
                meters,
                () -> T0.plusSeconds(1));
        loops.add(loop);
        loop.start();
        return recorder;
    }

    private static Alert alert(String subject) {
        AlertSignal signal = raise(T0)
                .setAlertId("r@" + subject)
                .setSubject(Samples.subject(subject).build())
                .build();
        return AlertLifecycle.apply(null, signal, T0).changed().orElseThrow();
    }

    private static String subject(AlertNotice notice) {
        return notice.alert().getSubject().getId();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what it is sent before it replies. */
    private record Recorder(int peer, Function<List<AlertNotice>, Delivery> reply, BlockingQueue<List<String>> received)
            implements Notifier {
        @Override
        public String channel() {
            return "recorder";
        }

        @Override
        public Outcome send(List<AlertNotice> notices) {
            received.add(notices.stream().map(NotifyLoopTest::subject).toList());
            return new Outcome(reply.apply(notices), "", null);
        }

        List<String> next() throws InterruptedException {
            List<String> subjects = received.poll(10, TimeUnit.SECONDS);
            assertThat(subjects).as("something sent").isNotNull();
            return subjects;
        }
    }

    private static final class StandingAlerts implements AlertSource {
        private final List<Alert> alerts = new CopyOnWriteArrayList<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        void put(Alert alert) {
            alerts.add(alert);
            listeners.forEach(Runnable::run);
        }

        @Override
        public Collection<Alert> all() {
            return alerts;
        }

        @Override
        public boolean isInhibited(Alert alert, Instant now) {
            return false;
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            listeners.add(changed);
            return () -> listeners.remove(changed);
        }
    }
}
