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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver, on a thread of its own: changes at once, the rest on a timer, after a failure with growing pauses up
 * to half a minute. What was due and not delivered stays due. Of several instances each tells those that take a repetition as
 * one ({@link #repeating}), and the one on duty the others ({@link #ofNews}).
 */
public final class NotifyLoop implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(NotifyLoop.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_BREATH = Duration.ofSeconds(1);
    /** Of telling what was due, before it is looked what has become due meanwhile: life safety goes before the rest of a flood. */
    private static final Duration LONGEST_ROUND = Duration.ofMillis(500);

    private static final Duration REFUSALS_LOGGED = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Notifier notifier;
    private final AlertSource alerts;
    private final Plan plan;
    private final OutcomeNotes notes;
    private final BooleanSupplier onDuty;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Thread thread;
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private @Nullable AutoCloseable subscription;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String state = "nothing sent yet";
    private Duration pause = FIRST_PAUSE;
    private Duration looking = Duration.ZERO;
    private boolean cutShort;
    private Instant nextRefusalLogged = Instant.EPOCH;
    private int refusalsNotLogged;

    private NotifyLoop(
            Notifier notifier,
            AlertSource alerts,
            Plan plan,
            DeliveryLog log,
            BooleanSupplier onDuty,
            MeterRegistry meters,
            InstantSource clock) {
        this.notifier = notifier;
        this.alerts = alerts;
        this.plan = plan;
        this.notes = new OutcomeNotes(nameOf(notifier), log);
        this.onDuty = onDuty;
        this.meters = meters;
        this.clock = clock;
        this.thread = new Thread(this::run, "alerting-notify-" + name());
        this.thread.setDaemon(true);
        for (Delivery delivery : Delivery.values()) {
            counter(delivery);
        }
        AlertingMeters.NOTIFY_WAITING.gauge(
                meters, waiting, AtomicInteger::get, notifier.channel(), Integer.toString(notifier.peer()));
    }

    /**
     * Tells what stands, again and again; every instance does.
     *
     * @param resend interval at which what fires is repeated
     * @param resolvedResend how long an end is repeated
     */
    public static NotifyLoop repeating(
            Notifier notifier,
            AlertSource alerts,
            Duration resend,
            Duration resolvedResend,
            DeliveryLog log,
            MeterRegistry meters,
            InstantSource clock) {
        String receiver = nameOf(notifier);
        NoticePlan plan = new NoticePlan(resend, resolvedResend, alert -> log.get(receiver, alert)
                .filter(last -> News.isTakenToFire(alert, last))
                .isPresent());
        return new NotifyLoop(notifier, alerts, plan, log, () -> true, meters, clock);
    }

    /**
     * Tells each change once.
     *
     * @param onDuty whether this instance is the one that tells
     */
    public static NotifyLoop ofNews(
            Notifier notifier,
            AlertSource alerts,
            News news,
            DeliveryLog log,
            BooleanSupplier onDuty,
            MeterRegistry meters,
            InstantSource clock) {
        return new NotifyLoop(notifier, alerts, new NewsPlan(nameOf(notifier), log, news), log, onDuty, meters, clock);
    }

    public void start() {
        subscription = alerts.onChange(() -> wake.offer(true));
        thread.start();
    }

    /** Name of the receiver. */
    public String name() {
        return nameOf(notifier);
    }

    private static String nameOf(Notifier notifier) {
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
                    breathe();
                    if (!cutShort) {
                        wake.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                    }
                } else {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With 100,000 alerts to look at and changes without end, a loop takes a fifth of a processor and not the whole. */
    private void breathe() throws InterruptedException {
        Duration rest = looking.multipliedBy(4);
        boolean unused = closing.await(Math.min(rest.toMillis(), LONGEST_BREATH.toMillis()), TimeUnit.MILLISECONDS);
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
        if (!onDuty.getAsBoolean()) {
            state = "another instance tells it";
            waiting.set(0);
            return true;
        }
        try {
            Instant now = clock.instant();
            List<AlertNotice> due = plan.due(alerts.all(), alert -> alerts.isInhibited(alert, now), now);
            looking = Duration.between(now, clock.instant());
            waiting.set(plan.waiting(due.size()));
            cutShort = false;
            for (int from = 0; from < due.size() && !isClosed(); from += notifier.largestBatch()) {
                if (Duration.between(now, clock.instant()).minus(looking).compareTo(LONGEST_ROUND) > 0) {
                    cutShort = true;
                    return true;
                }
                int to = Math.min(due.size(), from + notifier.largestBatch());
                if (!tell(due.subList(from, to))) {
                    return false;
                }
                waiting.set(plan.waiting(due.size() - to));
            }
            return true;
        } catch (RuntimeException e) {
            logger.error("{} could not be told; trying again", name(), e);
            state = "failed: " + e;
            return false;
        }
    }

    private boolean tell(List<AlertNotice> notices) {
        Outcome outcome = notifier.send(notices);
        Instant now = clock.instant();
        Delivery delivery = outcome.delivery();
        state = delivery + " at " + now + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        if (delivery == Delivery.REJECTED && notices.size() > 1) {
            // The good ones may have been taken, and the reply does not say which are not: ask one by one.
            return notices.stream().allMatch(notice -> tell(List.of(notice)));
        }
        counter(delivery).increment(notices.size());
        for (AlertNotice notice : notices) {
            note(notice, outcome, now);
        }
        if (delivery != Delivery.RETRY) {
            pause = FIRST_PAUSE;
        }
        return delivery != Delivery.RETRY;
    }

    private void note(AlertNotice notice, Outcome outcome, Instant now) {
        switch (outcome.delivery()) {
            case DELIVERED -> plan.delivered(notice, now);
            case RETRY -> plan.postponed(notice, now);
            case REJECTED -> {
                logRefusal(notice, outcome, now);
                plan.rejected(notice, now);
            }
        }
        notes.note(notice, outcome, now);
    }

    /** One a minute, with how many there were: each is counted, and stands on its alert's timeline. */
    private void logRefusal(AlertNotice notice, Outcome outcome, Instant now) {
        if (now.isBefore(nextRefusalLogged)) {
            refusalsNotLogged++;
            return;
        }
        logger.error(
                "{} refuses alert {} revision {} ({} more since the last such line): {}",
                name(),
                notice.alert().getAlertId(),
                notice.alert().getRevision(),
                refusalsNotLogged,
                outcome.reason());
        refusalsNotLogged = 0;
        nextRefusalLogged = now.plus(REFUSALS_LOGGED);
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
