package io.fengsui.alerting.meter;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.FeedAccount;
import io.fengsui.alerting.board.Ledger;
import io.fengsui.alerting.lifecycle.Transition;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final MeterRegistry registry;
    private final MultiGauge open;
    private final MultiGauge differences;
    private final MultiGauge inFlight;
    private final MultiGauge events;
    private final Predicate<String> isUnit;
    private final InstantSource clock;
    private volatile boolean changed = true;
    private volatile boolean measuring;

    /** @param isUnit whether the reference data has this unit; others are counted together, so that tags stay few */
    public BoardMeters(MeterRegistry registry, Predicate<String> isUnit, InstantSource clock) {
        this.registry = registry;
        this.open = AlertingMeters.ALERTS.multiGauge(registry);
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

    /** Takes note of a change that the board shows. */
    public void changed(Realm realm, Alert alert) {
        changed = true;
        Instant receivedAt = alert.getReceivedAt();
        if (measuring && realm == Realm.LIVE && receivedAt != null) {
            Lane lane = alert.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY;
            Duration lag = Duration.between(receivedAt, clock.instant());
            AlertingMeters.VISIBLE_LAG.timer(registry, lane.id()).record(lag.isNegative() ? Duration.ZERO : lag);
        }
    }

    /** Counts the live alerts anew if any has changed. A row disappears with its last alert. */
    public void refresh(Collection<Alert> alerts) {
        if (!changed) {
            return;
        }
        changed = false;
        Map<Tags, Long> counts = new HashMap<>();
        for (Alert alert : alerts) {
            if (Transition.isOpen(alert.getState())) {
                unitsOf(alert).forEach(unit -> counts.merge(tags(alert, unit), 1L, Long::sum));
            }
        }
        open.register(
                counts.entrySet().stream()
                        .map(count -> Row.of(count.getKey(), count.getValue()))
                        .collect(Collectors.toList()),
                true);
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

    private List<String> unitsOf(Alert alert) {
        List<String> units = alert.getSubject().getUnitIds();
        return units.isEmpty()
                ? List.of(NONE)
                : units.stream()
                        .map(unit -> isUnit.test(unit) ? unit : OTHER)
                        .distinct()
                        .toList();
    }

    private static Tags tags(Alert alert, String unit) {
        String feed = Feeds.byId(alert.getFeed()).isPresent() ? alert.getFeed() : OTHER;
        return AlertingMeters.ALERTS.tagged(
                unit, alert.getSeverity().name(), alert.getState().name(), feed);
    }
}
