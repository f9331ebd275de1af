package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Silence;
import io.fengsui.alerting.lifecycle.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * For receivers that want to hear of each change once, and not of what stands.
 *
 * <ul>
 *   <li>What a receiver has is read from the {@link DeliveryLog}, so a restart neither repeats nor forgets.
 *   <li>Changes that come while one waits are told as one: what counts is how the alert stands now.
 *   <li>The end of an occurrence is told also when another has begun since, and before that one.
 *   <li>What could not be delivered rests by itself, 1 s at first, doubled each time up to a minute; the others go on.
 *   <li>Who was not told of the beginning, because the alert was inhibited, is not told of the end.
 * </ul>
 */
final class NewsPlan implements Plan {
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** A new receiver is not told of all that ever was. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final String receiver;
    private final DeliveryLog log;
    private final News news;
    private final Map<String, Settled> settled = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();

    NewsPlan(String receiver, DeliveryLog log, News news) {
        this.receiver = receiver;
        this.log = log;
        this.news = news;
    }

    @Override
    public List<AlertNotice> due(Collection<Alert> alerts, Predicate<Alert> isInhibited, Instant now) {
        List<Owed> due = new ArrayList<>();
        for (Alert alert : alerts) {
            List<Alert> told = owed(alert, isInhibited, now);
            if (told.isEmpty()) {
                waiting.remove(alert.getAlertId());
            } else if (!waits(told.get(0)).until().isAfter(now)) {
                due.add(new Owed(alert, told));
            }
        }
        due.sort(Comparator.comparing((Owed owed) -> attempts(owed.alert()))
                .thenComparing(owed -> owed.alert().getLifeSafety() ? 0 : 1)
                .thenComparing(owed -> -AlertLifecycle.rank(owed.alert().getSeverity()))
                .thenComparing(owed -> owed.alert().getChangedAt()));
        return due.stream()
                .flatMap(owed -> owed.told().stream())
                .map(NewsPlan::notice)
                .toList();
    }

    /** What the receiver is to be told of an alert, in this order: the end of a former occurrence, and how it stands. */
    private List<Alert> owed(Alert alert, Predicate<Alert> isInhibited, Instant now) {
        Settled last = settledOf(alert);
        if (last != null && last.revision() >= alert.getRevision()) {
            return List.of();
        }
        List<Alert> owed = new ArrayList<>();
        Optional<AlertDelivery> written = log.get(receiver, alert);
        int begun = written.map(NewsPlan::begun).orElse(0);
        if (begun > 0 && begun < alert.getOccurrences()) {
            end(alert, begun, written.get()).ifPresent(owed::add);
        }
        boolean tried = written.filter(delivery -> isTried(alert, delivery)).isPresent();
        boolean wanted = (last != null && last.occurrence() == alert.getOccurrences())
                ? news.isWorthTelling(alert, last.revision(), last.at(), now)
                : isBeginningOwed(alert, tried, isInhibited, now);
        if (wanted) {
            owed.add(alert);
        }
        return owed;
    }

    /** The end of a former occurrence; empty if it was refused. */
    private static Optional<Alert> end(Alert alert, int occurrence, AlertDelivery last) {
        int settled = last.getSettledRevision();
        Optional<Alert> kept = EndedOccurrence.of(alert, occurrence);
        if (kept.isPresent()) {
            return kept.filter(former -> former.getRevision() > settled);
        }
        boolean refused = last.getOutcome() == DeliveryOutcome.REJECTED;
        return refused || settled + 1 >= alert.getRevision()
                ? Optional.empty()
                : Optional.of(EndedOccurrence.lost(alert, occurrence, settled + 1));
    }

    /** Occurrence that the receiver takes to fire, or may: what failed may have arrived. 0: none. */
    private static int begun(AlertDelivery last) {
        boolean failed = last.getOutcome() == DeliveryOutcome.RETRY;
        return failed && last.getFiringOccurrence() == 0 ? last.getOccurrence() : last.getFiringOccurrence();
    }

    /** Whether the last attempt was to tell of the occurrence that stands, and failed. */
    private static boolean isTried(Alert alert, AlertDelivery last) {
        return last.getOutcome() == DeliveryOutcome.RETRY && last.getOccurrence() == alert.getOccurrences();
    }

    /** @param tried whether somebody tried to tell of this occurrence */
    private boolean isBeginningOwed(Alert alert, boolean tried, Predicate<Alert> isInhibited, Instant now) {
        Seen known = seen.get(alert.getAlertId());
        Seen last = known != null && known.occurrence() == alert.getOccurrences() ? known : null;
        if (!Transition.isOpen(alert.getState())) {
            return tried || (news.isToldWhenOver() && isFree(alert, last, now));
        }
        boolean owed = tried || (last != null && last.free()) || !isInhibited.test(alert);
        if (last == null || last.free() != owed) {
            seen.put(alert.getAlertId(), new Seen(alert.getOccurrences(), owed));
        }
        return owed;
    }

    /** Whether an occurrence that is over was one to tell of while it lasted; what may have been held back unseen was not. */
    private static boolean isFree(Alert alert, @Nullable Seen last, Instant now) {
        if (last != null) {
            return last.free();
        }
        Instant ended = alert.getEndedAt();
        return !Silence.isSuppressible(alert)
                && !Silence.isInhibitable(alert)
                && ended != null
                && ended.plus(RECENT).isAfter(now);
    }

    /** The later of what this instance did and what is written down: another one may have been on duty since. */
    private @Nullable Settled settledOf(Alert alert) {
        Settled known = settled.get(alert.getAlertId());
        if (known != null && known.revision() >= alert.getRevision()) {
            return known;
        }
        Optional<AlertDelivery> last = log.get(receiver, alert)
                .filter(delivery -> delivery.getSettledRevision() > (known == null ? 0 : known.revision()));
        return last.map(delivery -> new Settled(
                        // Not written down: taken for the one that stands.
                        delivery.getSettledOccurrence() == 0 ? alert.getOccurrences() : delivery.getSettledOccurrence(),
                        delivery.getSettledRevision(),
                        delivery.getSettledAt() == null ? delivery.getAt() : delivery.getSettledAt()))
                .orElse(known);
    }

    private Waiting waits(Alert alert) {
        return Objects.requireNonNull(waiting.compute(
                alert.getAlertId(),
                (id, known) ->
                        known != null && known.occurrence() == alert.getOccurrences() ? known : waitingSince(alert)));
    }

    /** After a restart the rest goes on where it was. */
    private Waiting waitingSince(Alert alert) {
        return log.get(receiver, alert)
                .filter(last -> isTried(alert, last))
                .map(last -> new Waiting(
                        alert.getOccurrences(), last.getAttempts(), last.getAt().plus(rest(last.getAttempts()))))
                .orElseGet(() -> new Waiting(alert.getOccurrences(), 0, Instant.EPOCH));
    }

    private int attempts(Alert alert) {
        Waiting waits = waiting.get(alert.getAlertId());
        return waits == null ? 0 : waits.attempts();
    }

    private static AlertNotice notice(Alert alert) {
        Instant ended = alert.getEndedAt();
        Instant until = ended == null ? alert.getChangedAt() : ended;
        Instant from = alert.getStartedAt().isAfter(until) ? until : alert.getStartedAt();
        return new AlertNotice(alert, alert.getSeverity(), Transition.isOpen(alert.getState()), from, until);
    }

    static Duration rest(int attempts) {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, 20));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    @Override
    public void delivered(AlertNotice notice, Instant now) {
        settle(notice, now);
    }

    @Override
    public void rejected(AlertNotice notice, Instant now) {
        settle(notice, now);
    }

    private void settle(AlertNotice notice, Instant now) {
        Alert alert = notice.alert();
        waiting.remove(alert.getAlertId());
        seen.computeIfPresent(
                alert.getAlertId(), (id, last) -> last.occurrence() == alert.getOccurrences() ? null : last);
        settled.put(alert.getAlertId(), new Settled(alert.getOccurrences(), alert.getRevision(), now));
    }

    @Override
    public void postponed(AlertNotice notice, Instant now) {
        int attempts = attempts(notice.alert()) + 1;
        waiting.put(
                notice.alert().getAlertId(),
                new Waiting(notice.alert().getOccurrences(), attempts, now.plus(rest(attempts))));
    }

    /** Those that rest, too. */
    @Override
    public int waiting(int unsent) {
        return waiting.size();
    }

    /** @param told not empty */
    private record Owed(Alert alert, List<Alert> told) {}

    private record Settled(int occurrence, int revision, Instant at) {}

    /** @param free whether it was to be told when somebody looked; once it was, it stays so */
    private record Seen(int occurrence, boolean free) {}

    private record Waiting(int occurrence, int attempts, Instant until) {}
}
