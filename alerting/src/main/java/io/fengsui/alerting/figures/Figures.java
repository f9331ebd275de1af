package io.fengsui.alerting.figures;

import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures of some occurrences.
 *
 * @param events occurrences that began
 * @param severities by the gravest that each has had
 * @param feeds by feed id; empty id: of no feed
 * @param open not ended yet
 * @param acknowledge from the raise to the first acknowledgement, our clock
 * @param arrive from the event to somebody's arrival, both by the sender's clock
 * @param resolve from the raise to the end, without false alarms, our clock
 * @param escalations steps to the next command level
 * @param met reports upwards that were made in time, or have no deadline
 * @param missed made late, or not made and overdue
 * @param pending neither made nor overdue
 * @param falseAlarms cancelled
 * @param flapping raised and cleared again and again, each counted as one event
 */
public record Figures(
        int events,
        Map<Severity, Integer> severities,
        Map<String, Integer> feeds,
        int open,
        Spread acknowledge,
        Spread arrive,
        Spread resolve,
        int escalations,
        int met,
        int missed,
        int pending,
        int falseAlarms,
        int flapping) {

    /** @param now as of when deadlines are judged */
    public static Figures of(Collection<AlertAccount> accounts, Instant now) {
        Map<Severity, Integer> severities = new EnumMap<>(Severity.class);
        Map<String, Integer> feeds = new TreeMap<>();
        List<Duration> acknowledge = new ArrayList<>();
        List<Duration> arrive = new ArrayList<>();
        List<Duration> resolve = new ArrayList<>();
        int open = 0;
        int escalations = 0;
        int falseAlarms = 0;
        int flapping = 0;
        Map<Standing, Integer> reports = new EnumMap<>(Standing.class);
        for (AlertAccount account : accounts) {
            severities.merge(account.getSeverity(), 1, Integer::sum);
            feeds.merge(account.getFeed(), 1, Integer::sum);
            add(acknowledge, account.getStartedAt(), account.getAcknowledgedAt());
            add(arrive, account.getEventTime(), account.getArrivedAt());
            boolean cancelled = account.getState() == AlertState.CANCELLED;
            if (!cancelled) {
                add(resolve, account.getStartedAt(), account.getEndedAt());
            }
            open += account.getEndedAt() == null ? 1 : 0;
            escalations += account.getEscalations();
            falseAlarms += cancelled ? 1 : 0;
            flapping += account.getFlapped() ? 1 : 0;
            account.getDeadlines().forEach(deadline -> reports.merge(Standing.of(deadline, now), 1, Integer::sum));
        }
        return new Figures(
                accounts.size(),
                severities,
                feeds,
                open,
                Spread.of(acknowledge),
                Spread.of(arrive),
                Spread.of(resolve),
                escalations,
                reports.getOrDefault(Standing.MET, 0),
                reports.getOrDefault(Standing.MISSED, 0),
                reports.getOrDefault(Standing.PENDING, 0),
                falseAlarms,
                flapping);
    }

    public int of(Severity severity) {
        return severities.getOrDefault(severity, 0);
    }

    public int of(String feed) {
        return feeds.getOrDefault(feed, 0);
    }

    /** Clocks of two machines differ: what ends before it begins took no time. */
    private static void add(List<Duration> times, Instant from, @Nullable Instant to) {
        if (to != null) {
            Duration time = Duration.between(from, to);
            times.add(time.isNegative() ? Duration.ZERO : time);
        }
    }

    private enum Standing {
        MET,
        MISSED,
        PENDING;

        static Standing of(ReportDeadline deadline, Instant now) {
            Instant due = deadline.getDueAt();
            Instant made = deadline.getMadeAt();
            if (made != null) {
                return due != null && made.isAfter(due) ? MISSED : MET;
            }
            return due != null && now.isAfter(due) ? MISSED : PENDING;
        }
    }
}
