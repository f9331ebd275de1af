package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
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
 *   <li>What could not be delivered rests by itself, 1 s at first, doubled each time up to a minute; the others go on.
 *   <li>Who was not told of the beginning, because the alert was inhibited, is not told of the end.
 * </ul>
 */
final class NewsPlan implements Plan {
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final String receiver;
    private final DeliveryLog log;
    private final News news;
    private final Map<String, Settled> settled = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();

    NewsPlan(String receiver, DeliveryLog log, News news) {
        this.receiver = receiver;
        this.log = log;
        this.news = news;
    }

    @Override
    public List<AlertNotice> due(Collection<Alert> alerts, Predicate<Alert> isInhibited, Instant now) {
        List<Alert> due = new ArrayList<>();
        for (Alert alert : alerts) {
            if (isWanted(alert, isInhibited, now) && !waits(alert).until().isAfter(now)) {
                due.add(alert);
            }
        }
        due.sort(Comparator.comparing((Alert alert) -> attempts(alert))
                .thenComparing(alert -> alert.getLifeSafety() ? 0 : 1)
                .thenComparing(alert -> -AlertLifecycle.rank(alert.getSeverity()))
                .thenComparing(Alert::getChangedAt));
        return due.stream().map(NewsPlan::notice).toList();
    }

    private boolean isWanted(Alert alert, Predicate<Alert> isInhibited, Instant now) {
        Settled last = settledOf(alert);
        if (last != null && last.revision() >= alert.getRevision()) {
            return false;
        }
        if (last != null && last.revision() >= News.beginning(alert)) {
            return news.isWorthTelling(alert, last.revision(), last.at(), now);
        }
        boolean begun = isBegun(alert);
        return Transition.isOpen(alert.getState()) ? begun || !isInhibited.test(alert) : begun;
    }

    /** Whether somebody tried to tell of this occurrence. */
    private boolean isBegun(Alert alert) {
        Waiting waits = waiting.get(alert.getAlertId());
        if (waits != null) {
            return waits.occurrence() == alert.getOccurrences();
        }
        return log.get(receiver, alert)
                .filter(last ->
                        last.getOutcome() == DeliveryOutcome.RETRY && last.getRevision() >= News.beginning(alert))
                .isPresent();
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
                .filter(last ->
                        last.getOutcome() == DeliveryOutcome.RETRY && last.getRevision() >= News.beginning(alert))
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
        waiting.remove(notice.alert().getAlertId());
        settled.put(notice.alert().getAlertId(), new Settled(notice.alert().getRevision(), now));
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

    private record Settled(int revision, Instant at) {}

    private record Waiting(int occurrence, int attempts, Instant until) {}
}
