package io.fengsui.alerting.meter;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.FeedAccount;
import io.fengsui.alerting.board.Ledger;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the board shows, as meters. {@link #changed} may be called by the thread that follows Kafka, {@link #refresh} is
 * called by one thread.
 */
public final class BoardMeters {
    static final String NONE = "none";
    static final String OTHER = "other";

    /** Readers have a group or two each; whoever makes a group a run shall not fill the meters. Those farthest behind stay. */
    private static final int MOST_READERS = 300;

    private final MeterRegistry registry;
    private final Map<Realm, MultiGauge> open = new EnumMap<>(Realm.class);
    private final MultiGauge city;
    private final MultiGauge readerLag;
    private final MultiGauge readerOverdue;
    private final MultiGauge differences;
    private final MultiGauge inFlight;
    private final MultiGauge events;
    private final Predicate<String> isUnit;
    private final InstantSource clock;
    private final Set<Realm> changed = EnumSet.allOf(Realm.class);
    private volatile boolean measuring;

    /** @param isUnit whether the reference data has this unit; others are counted together, so that tags stay few */
    public BoardMeters(MeterRegistry registry, Predicate<String> isUnit, InstantSource clock) {
        this.registry = registry;
        open.put(Realm.LIVE, AlertingMeters.ALERTS.multiGauge(registry));
        open.put(Realm.DRILL, AlertingMeters.EXERCISE_ALERTS.multiGauge(registry));
        this.city = AlertingMeters.CITY_ALERTS.multiGauge(registry);
        this.readerLag = AlertingMeters.READER_LAG.multiGauge(registry);
        this.readerOverdue = AlertingMeters.READER_OVERDUE.multiGauge(registry);
        this.differences = AlertingMeters.LEDGER_DIFFERENCE.multiGauge(registry);
        this.inFlight = AlertingMeters.LEDGER_IN_FLIGHT.multiGauge(registry);
        this.events = AlertingMeters.LEDGER_EVENTS.multiGauge(registry);
        this.isUnit = isUnit;
        this.clock = clock;
    }

    /** From now on changes are news; those before were read from the past. */
    public void begin() {
        measuring = true;
    }

    /** Shows whether the board can be relied on. */
    public void freshness(BooleanSupplier fresh) {
        AlertingMeters.BOARD_FRESH.gauge(registry, fresh, f -> f.getAsBoolean() ? 1 : 0);
    }

    /** Takes note of a change that the board shows. */
    public void changed(Realm realm, Alert alert) {
        synchronized (changed) {
            changed.add(realm);
        }
        if (measuring) {
            measure(realm, alert);
        }
    }

    private void measure(Realm realm, Alert alert) {
        Instant now = clock.instant();
        String lane = (alert.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY).id();
        Instant receivedAt = alert.getReceivedAt();
        if (receivedAt != null) {
            record(AlertingMeters.VISIBLE_LAG, receivedAt, now, lane, realm.id());
        }
        switch (lastAction(alert)) {
            case RAISED, RAISED_AGAIN -> {
                if (receivedAt != null && hasJustBegun(alert)) {
                    record(AlertingMeters.RAISED_LAG, alert.getEventTime(), now, lane, realm.id());
                }
            }
            case ACKNOWLEDGED ->
                record(
                        AlertingMeters.ACKNOWLEDGED_AFTER,
                        alert.getStartedAt(),
                        alert.getChangedAt(),
                        lane,
                        realm.id(),
                        alert.getSeverity().name());
            case CLEARED, RESOLVED, CANCELLED ->
                record(
                        AlertingMeters.ENDED_AFTER,
                        alert.getStartedAt(),
                        alert.getChangedAt(),
                        lane,
                        realm.id(),
                        alert.getState().name());
            default -> {
                // Neither began nor ended.
            }
        }
    }

    /** Not so when another case joined an alert that was open, which is told as raised again, too. */
    private static boolean hasJustBegun(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        return history.size() < 2
                || !Transition.isOpen(history.get(history.size() - 2).getState());
    }

    private static ChangeAction lastAction(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        return history.isEmpty()
                ? ChangeAction.UNKNOWN
                : history.get(history.size() - 1).getAction();
    }

    private void record(AlertingMeters meter, Instant from, Instant to, String... tags) {
        Duration lag = Duration.between(from, to);
        meter.timer(registry, tags).record(lag.isNegative() ? Duration.ZERO : lag);
    }

    /** Counts the alerts of a realm anew if any has changed. A row disappears with its last alert. */
    public void refresh(Realm realm, Collection<Alert> alerts) {
        synchronized (changed) {
            if (!changed.remove(realm)) {
                return;
            }
        }
        Map<Kind, Long> kinds = new HashMap<>();
        for (Alert alert : alerts) {
            if (Transition.isOpen(alert.getState())) {
                kinds.merge(Kind.of(alert), 1L, Long::sum);
            }
        }
        Map<Tags, Long> counts = new HashMap<>();
        kinds.forEach((kind, count) -> unitsOf(kind).forEach(unit -> counts.merge(tags(kind, unit), count, Long::sum)));
        Objects.requireNonNull(open.get(realm)).register(rows(counts), true);
        if (realm == Realm.LIVE) {
            city.register(rows(inCity(kinds)), true);
        }
    }

    /** What alerts are counted by. Tags are made of a kind and not of each alert: a flood has few kinds. */
    private record Kind(List<String> unitIds, Severity severity, AlertState state, String feed) {
        static Kind of(Alert alert) {
            return new Kind(alert.getSubject().getUnitIds(), alert.getSeverity(), alert.getState(), alert.getFeed());
        }
    }

    private static Map<Tags, Long> inCity(Map<Kind, Long> kinds) {
        Map<Tags, Long> counts = new HashMap<>();
        for (Severity severity : List.of(Severity.I, Severity.II, Severity.III, Severity.IV)) {
            counts.put(inCity(severity, AlertState.FIRING), 0L);
            counts.put(inCity(severity, AlertState.ACKNOWLEDGED), 0L);
        }
        kinds.forEach((kind, count) -> counts.merge(inCity(kind.severity(), kind.state()), count, Long::sum));
        return counts;
    }

    private static Tags inCity(Severity severity, AlertState state) {
        return AlertingMeters.CITY_ALERTS.tagged(severity.name(), state.name());
    }

    private static List<Row<?>> rows(Map<Tags, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> Row.of(count.getKey(), count.getValue()))
                .collect(Collectors.toList());
    }

    /** Takes what readers have read. */
    public void refresh(Reading reading) {
        List<Receipt> readers = reading.receipts().stream()
                .sorted(Comparator.comparingLong(Receipt::overdue)
                        .thenComparingLong(Receipt::unread)
                        .reversed())
                .limit(MOST_READERS)
                .toList();
        readerLag.register(rows(AlertingMeters.READER_LAG, readers, Receipt::unread), true);
        readerOverdue.register(rows(AlertingMeters.READER_OVERDUE, readers, Receipt::overdue), true);
    }

    private static List<Row<?>> rows(AlertingMeters meter, List<Receipt> readers, ToLongFunction<Receipt> figure) {
        List<Row<?>> rows = new ArrayList<>();
        for (Receipt reader : readers) {
            rows.add(Row.of(meter.tagged(reader.unit(), reader.group()), figure.applyAsLong(reader)));
        }
        return rows;
    }

    /** Takes the ledger as it stands. */
    public void refresh(Ledger ledger) {
        differences.register(rows(ledger, FeedAccount::difference), true);
        inFlight.register(rows(ledger, FeedAccount::inFlight), true);
        events.register(ledger.feeds().stream().flatMap(BoardMeters::outcomes).collect(Collectors.toList()), true);
    }

    private static Stream<Row<?>> outcomes(FeedAccount account) {
        Counts counts = account.counts();
        Map<String, Long> outcomes = Map.of(
                "accepted", account.accepted(),
                "routed", counts.routed(),
                "unrouted", counts.unrouted(),
                "duplicate", counts.duplicates(),
                "dead-lettered", counts.deadLettered(),
                "derived", counts.derived());
        return outcomes.entrySet().stream()
                .map(outcome -> Row.of(
                        AlertingMeters.LEDGER_EVENTS.tagged(account.feed(), outcome.getKey()), outcome.getValue()));
    }

    private static List<Row<?>> rows(Ledger ledger, ToLongFunction<FeedAccount> figure) {
        List<Row<?>> rows = new ArrayList<>();
        for (FeedAccount account : ledger.feeds()) {
            rows.add(Row.of(Tags.of("feed", account.feed()), figure.applyAsLong(account)));
        }
        return rows;
    }

    private List<String> unitsOf(Kind kind) {
        return kind.unitIds().isEmpty()
                ? List.of(NONE)
                : kind.unitIds().stream()
                        .map(unit -> isUnit.test(unit) ? unit : OTHER)
                        .distinct()
                        .toList();
    }

    private static Tags tags(Kind kind, String unit) {
        String feed = Feeds.byId(kind.feed()).isPresent() ? kind.feed() : OTHER;
        return AlertingMeters.ALERTS.tagged(
                unit, kind.severity().name(), kind.state().name(), feed);
    }
}
