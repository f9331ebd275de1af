package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.alerting.notify.AlertNotice.Key;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * For receivers that are told what stands, again and again: Alertmanager.
 *
 * <ul>
 *   <li>A change is due at once, what fires again after each interval, an end for a while.
 *   <li>Severity is part of what a receiver tells apart, so a change of severity ends the former one, behind the notice of
 *       the new one. The alert's history says which those were: it holds after a restart, too.
 *   <li>An inhibited alert is not told. One that was told before at any severity is told on: to fall silent, or only to end
 *       the former severity, would look like its end.
 *   <li>Life safety comes first, then the gravest: what waits behind a hundred thousand others is told in its order.
 *   <li>What is refused is tried again, behind all else: what the receiver took before at each interval, so that it does not
 *       lapse, the rest after one, two, four intervals and so on up to five minutes. What was delivered before stands.
 *   <li>Of an alert that ended long ago, and whose end the receiver has, nothing is asked any more.
 * </ul>
 *
 * Memory only spares repetitions; when it is lost, what the receiver takes to fire is read from the {@link DeliveryLog}. Used by
 * one thread.
 */
final class NoticePlan implements Plan {
    /** A receiver takes an alert for ended when it has not heard of it for this many intervals, as with Prometheus. */
    private static final int MISSED_INTERVALS = 4;

    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Comparator<AlertNotice> FIRST = Comparator.comparing(
                    (AlertNotice notice) -> notice.alert().getLifeSafety() ? 0 : 1)
            .thenComparing(notice -> -AlertLifecycle.rank(notice.alert().getSeverity()));

    private static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final Duration resend;
    private final Duration resolvedResend;
    private final Predicate<Alert> wasTold;
    private final Map<Key, Told> told = new HashMap<>();
    private final Map<Key, Refused> refused = new HashMap<>();

    /** @param wasTold whether the receiver took this occurrence to fire when it was told last, by what is written down */
    NoticePlan(Duration resend, Duration resolvedResend, Predicate<Alert> wasTold) {
        this.resend = resend;
        this.resolvedResend = resolvedResend;
        this.wasTold = wasTold;
    }

    @Override
    public List<AlertNotice> due(Collection<Alert> alerts, Predicate<Alert> isInhibited, Instant now) {
        List<AlertNotice> due = new ArrayList<>();
        for (Alert alert : alerts) {
            if (isHistory(alert, now)) {
                continue;
            }
            for (AlertNotice notice : noticesOf(alert, isInhibited.test(alert), now)) {
                if (isDue(notice, now)) {
                    due.add(notice);
                }
            }
        }
        due.sort(Comparator.comparing((AlertNotice notice) -> refused.containsKey(notice.key()) ? 1 : 0)
                .thenComparing(FIRST));
        told.values()
                .removeIf(last -> !last.firing()
                        && last.at().plus(resolvedResend.plus(resend)).isBefore(now));
        refused.values()
                .removeIf(last ->
                        last.at().plus(rest(last.times()).multipliedBy(2)).isBefore(now));
        return due;
    }

    @Override
    public void delivered(AlertNotice notice, Instant now) {
        refused.remove(notice.key());
        told.put(notice.key(), new Told(notice.alert().getRevision(), notice.firing(), now));
    }

    @Override
    public void rejected(AlertNotice notice, Instant now) {
        Refused last = refused.get(notice.key());
        int times = last == null || last.firing() != notice.firing() ? 1 : last.times() + 1;
        refused.put(notice.key(), new Refused(notice.alert().getRevision(), notice.firing(), times, now));
    }

    private Duration rest(int times) {
        Duration rest = resend.multipliedBy(1L << Math.min(Math.max(times, 1) - 1, 10));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    /** It stays due; the receiver as a whole is left alone for a while. */
    @Override
    public void postponed(AlertNotice notice, Instant now) {}

    private boolean isHistory(Alert alert, Instant now) {
        Instant ended = alert.getEndedAt();
        return ended != null && !ended.plus(resolvedResend).isAfter(now) && !isTold(alert);
    }

    private List<AlertNotice> noticesOf(Alert alert, boolean inhibited, Instant now) {
        List<AlertNotice> notices = new ArrayList<>();
        boolean open = Transition.isOpen(alert.getState());
        Instant ended = alert.getEndedAt();
        if (open && inhibited && !isTold(alert)) {
            return notices;
        }
        if (open) {
            notices.add(firing(alert, now));
        } else if (ended != null) {
            addEnd(notices, alert, alert.getSeverity(), ended, now);
        }
        formerSeverities(alert).forEach((severity, until) -> addEnd(notices, alert, severity, until, now));
        return notices;
    }

    private AlertNotice firing(Alert alert, Instant now) {
        Instant holds = now.plus(resend.multipliedBy(MISSED_INTERVALS));
        Instant starts = alert.getStartedAt().isAfter(now) ? now : alert.getStartedAt();
        return new AlertNotice(alert, alert.getSeverity(), true, starts, holds);
    }

    /** An end is told for a while, and longer to a receiver that was told of the beginning and could not be reached since. */
    private void addEnd(List<AlertNotice> notices, Alert alert, Severity severity, Instant ended, Instant now) {
        if (ended.plus(resolvedResend).isAfter(now) || isTold(alert, severity)) {
            Instant starts = alert.getStartedAt().isAfter(ended) ? ended : alert.getStartedAt();
            notices.add(new AlertNotice(alert, severity, false, starts, ended));
        }
    }

    /** Whether the receiver takes it to fire, at whatever severity. */
    private boolean isTold(Alert alert) {
        for (Severity severity : SEVERITIES) {
            if (isTold(alert, severity)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTold(Alert alert, Severity severity) {
        Told last = told.get(new Key(alert.getAlertId(), severity));
        if (last == null) {
            return severity == alert.getSeverity() && wasTold.test(alert);
        }
        return last.firing();
    }

    private boolean isDue(AlertNotice notice, Instant now) {
        Refused refusal = refused.get(notice.key());
        if (refusal != null && refusal.isOf(notice)) {
            boolean mayLapse = notice.firing() && isTold(notice.alert(), notice.severity());
            return !refusal.at().plus(mayLapse ? resend : rest(refusal.times())).isAfter(now);
        }
        Told last = told.get(notice.key());
        if (last == null || last.firing() != notice.firing()) {
            return true;
        }
        boolean changed = notice.firing() && last.revision() != notice.alert().getRevision();
        return changed || !last.at().plus(resend).isAfter(now);
    }

    /** Severities that it had and has no longer, with the time each was left last. */
    private static Map<Severity, Instant> formerSeverities(Alert alert) {
        Map<Severity, Instant> left = new HashMap<>();
        Severity before = alert.getSeverity();
        for (AlertChange change : alert.getHistory()) {
            if (change.getReferences() != null && change.getSeverity() != before) {
                left.put(before, change.getAt());
            }
            before = change.getSeverity();
        }
        left.remove(alert.getSeverity());
        return left;
    }

    private record Told(int revision, boolean firing, Instant at) {}

    /** @param times in a row */
    private record Refused(int revision, boolean firing, int times, Instant at) {
        boolean isOf(AlertNotice notice) {
            return revision == notice.alert().getRevision() && firing == notice.firing();
        }
    }
}
