package io.fengsui.alerting.notify;

import io.fengsui.alerting.meter.AlertingMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver, on a thread of its own: changes at once, the rest on a timer, after a failure with growing pauses up
 * to half a minute. What was due and not delivered stays due. In several instances each tells everything; receivers take it
 * as one.
 */
public final class NotifyLoop implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(NotifyLoop.class);
    private static final int LARGEST_BATCH = 200;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Notifier notifier;
    private final LiveAlerts alerts;
    private final NoticePlan plan;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Thread thread;
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private @Nullable AutoCloseable subscription;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String state = "nothing sent yet";
    private Duration pause = FIRST_PAUSE;

    /**
     * @param resend interval at which what fires is repeated
     * @param resolvedResend how long an end is repeated
     */
    public NotifyLoop(
            Notifier notifier,
            LiveAlerts alerts,
            Duration resend,
            Duration resolvedResend,
            MeterRegistry meters,
            InstantSource clock) {
        this.notifier = notifier;
        this.alerts = alerts;
        this.plan = new NoticePlan(resend, resolvedResend);
        this.meters = meters;
        this.clock = clock;
        this.thread = new Thread(this::run, "alerting-notify-" + name());
        this.thread.setDaemon(true);
        for (Delivery delivery : Delivery.values()) {
            counter(delivery);
        }
    }

    public void start() {
        subscription = alerts.onChange(() -> wake.offer(true));
        thread.start();
    }

    /** Name of the receiver. */
    public String name() {
        return notifier.channel() + "-" + notifier.peer();
    }

    /** What became of the last attempt, for people. */
    public String state() {
        return state;
    }

    private void run() {
        try {
            while (!isClosed()) {
                if (tellWhatIsDue()) {
                    pause = FIRST_PAUSE;
                    wake.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A change does not shorten the pause: it would be one more knock at a door that is shut. */
    private void rest() throws InterruptedException {
        if (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    /** False if the receiver has to be left alone for a while. */
    private boolean tellWhatIsDue() {
        try {
            Instant now = clock.instant();
            List<AlertNotice> due = plan.due(alerts.all(), alert -> alerts.isInhibited(alert, now), now);
            for (int from = 0; from < due.size() && !isClosed(); from += LARGEST_BATCH) {
                if (!tell(due.subList(from, Math.min(due.size(), from + LARGEST_BATCH)))) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            logger.error("{} could not be told; trying again", name(), e);
            state = "failed: " + e;
            return false;
        }
    }

    private boolean tell(List<AlertNotice> notices) {
        Delivery delivery = notifier.send(notices);
        Instant now = clock.instant();
        state = delivery + " at " + now;
        if (delivery == Delivery.REJECTED && notices.size() > 1) {
            // The good ones may have been taken, and the reply does not say which are not: ask one by one.
            return notices.stream().allMatch(notice -> tell(List.of(notice)));
        }
        counter(delivery).increment(notices.size());
        for (AlertNotice notice : notices) {
            if (delivery == Delivery.DELIVERED) {
                plan.delivered(notice, now);
            } else if (delivery == Delivery.REJECTED) {
                logger.error(
                        "{} refuses alert {} revision {}; it is not sent again before it changes",
                        name(),
                        notice.alert().getAlertId(),
                        notice.alert().getRevision());
                plan.rejected(notice, now);
            }
        }
        return delivery != Delivery.RETRY;
    }

    private Counter counter(Delivery delivery) {
        return AlertingMeters.NOTIFICATIONS.counter(
                meters, notifier.channel(), Integer.toString(notifier.peer()), delivery.name());
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Lets a delivery that is under way come to its end, for at most five seconds. */
    @Override
    public void close() {
        closing.countDown();
        wake.offer(true);
        try {
            if (subscription != null) {
                subscription.close();
            }
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            logger.warn("{}: {}", name(), e.getMessage());
        }
        thread.interrupt();
    }
}
