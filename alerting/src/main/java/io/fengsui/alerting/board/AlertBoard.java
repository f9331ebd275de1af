package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every alert as it stands, live and drill kept apart: the view of {@code alert.state} that console and notifiers share.
 * All methods may be called by any thread and none waits for Kafka but {@link #awaitLoaded}.
 */
public final class AlertBoard implements AutoCloseable {
    /**
     * After its gateway is back a device has this long to be heard before its silence counts: three heartbeats of 60 s, as
     * GB/T 28181 has them.
     */
    static final Duration RECOVERY = Duration.ofMinutes(3);

    /** Before the id of a window of announced work; no alert's id begins so, for a rule's id has no colon. */
    private static final String WORK = "maintenance:";

    private final Map<Realm, Side> sides = new EnumMap<>(Realm.class);
    private final List<BiConsumer<Realm, Alert>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompactedTable<?>> tables;
    private final MaintenanceWindows maintenance = new MaintenanceWindows();

    /**
     * A board that follows {@code alert.state} of both realms.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public AlertBoard(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this(new ArrayList<>());
        for (Realm realm : Realm.values()) {
            tables.add(new CompactedTable<>(
                    Topics.alertState(realm), kafka, registry, owner, (id, alert) -> accept(realm, id, alert)));
        }
        tables.add(new CompactedTable<>(Topics.REF_MAINTENANCE, kafka, registry, owner, this::announce));
    }

    private AlertBoard(List<CompactedTable<?>> tables) {
        this.tables = tables;
        for (Realm realm : Realm.values()) {
            sides.put(realm, new Side(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
        }
    }

    /** A board that follows nothing and shows what {@link #accept} is given. */
    public static AlertBoard standing() {
        return new AlertBoard(List.of());
    }

    public void start() {
        tables.forEach(CompactedTable::start);
    }

    /**
     * Waits until every alert that was in Kafka at the start is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if a topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        for (CompactedTable<?> table : tables) {
            table.awaitLoaded(timeout);
        }
    }

    /** False once Kafka is no longer followed: the board then stands still. */
    public boolean healthy() {
        return tables.stream().allMatch(CompactedTable::healthy);
    }

    /** All alerts of a realm, open and ended; a live view in no order. */
    public Collection<Alert> alerts(Realm realm) {
        return Collections.unmodifiableCollection(side(realm).alerts().values());
    }

    public Optional<Alert> get(Realm realm, String alertId) {
        return Optional.ofNullable(side(realm).alerts().get(alertId));
    }

    /** Whether an alert still wants somebody: neither resolved nor cancelled. A state from a newer schema counts as open. */
    public static boolean isOpen(Alert alert) {
        return alert.getState() != AlertState.RESOLVED && alert.getState() != AlertState.CANCELLED;
    }

    /**
     * Id of what suppresses an alert: the alert about its gateway ({@link #silencedBy}), or what its rule names under
     * {@code suppress}: work that was announced ({@link #workOf} tells which), another open alert about the same device or at the
     * same site. Severity I and life safety are never suppressed. It is no state of the alert: whatever suppressed it, when that
     * is over an alert that is still open is told like any other.
     */
    public Optional<String> inhibitedBy(Alert alert, Instant now) {
        Optional<String> outage = silencedBy(alert, now);
        if (outage.isPresent()
                || alert.getSuppressions().isEmpty()
                || alert.getLifeSafety()
                || alert.getSeverity() == Severity.I) {
            return outage;
        }
        return alert.getSuppressions().stream()
                .map(suppression -> suppressor(alert, suppression, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The announced work whose id {@link #inhibitedBy} gave. */
    public Optional<MaintenanceWindow> workOf(String inhibitor) {
        return inhibitor.startsWith(WORK) ? maintenance.get(inhibitor.substring(WORK.length())) : Optional.empty();
    }

    private Optional<String> suppressor(Alert alert, String suppression, Instant now) {
        Side side = side(Realm.of(alert.getStatus()));
        String otherRule = suppression.substring(suppression.indexOf(':') + 1);
        return switch (suppression.replaceFirst(":.*", "")) {
            case "maintenance" -> maintenance.covering(alert, now).map(work -> WORK + work.getWindowId());
            case "gateway" ->
                side.outagesOf(alert.getSubject().getGatewayId())
                        .filter(AlertBoard::isOpen)
                        .map(Alert::getAlertId)
                        .findFirst();
            case "device" ->
                Optional.ofNullable(side.alerts()
                                .get(otherRule + "@" + alert.getSubject().getId()))
                        .filter(other -> suppresses(other, alert))
                        .map(Alert::getAlertId);
            case "site" ->
                side.atSiteOf(alert)
                        .filter(other -> other.getRuleId().equals(otherRule) && suppresses(other, alert))
                        .map(Alert::getAlertId)
                        .findFirst();
            default -> Optional.empty();
        };
    }

    /** Two that would suppress each other: the one whose id comes first is told. */
    private static boolean suppresses(Alert other, Alert alert) {
        boolean mutual =
                other.getSuppressions().stream().anyMatch(suppression -> suppression.endsWith(":" + alert.getRuleId()));
        return isOpen(other)
                && !other.getAlertId().equals(alert.getAlertId())
                && !(mutual && alert.getAlertId().compareTo(other.getAlertId()) < 0);
    }

    /** Takes a row of announced work, null for one that is gone. */
    public void announce(String windowId, @Nullable MaintenanceWindow window) {
        maintenance.accept(windowId, window);
    }

    /**
     * Id of the alert about the gateway behind which this alert's device stands, if that explains it: the gateway is down, or
     * came back less than three minutes ago and the device has been silent since before. Only silence of severity III or IV is
     * explained so. What an event told is news however the gateway fares, and life safety is never inhibited (RATIONALE.md).
     */
    private Optional<String> silencedBy(Alert alert, Instant now) {
        String gatewayId = alert.getSubject().getGatewayId();
        if (gatewayId == null || isAboutGateway(alert) || !mayBeInhibited(alert)) {
            return Optional.empty();
        }
        return side(Realm.of(alert.getStatus()))
                .outagesOf(gatewayId)
                .filter(outage -> explains(outage, alert, now))
                .map(Alert::getAlertId)
                .findFirst();
    }

    private static boolean mayBeInhibited(Alert alert) {
        boolean minor = alert.getSeverity() == Severity.III || alert.getSeverity() == Severity.IV;
        boolean madeByAbsence = alert.getLastEventId() == null;
        return minor && madeByAbsence && !alert.getLifeSafety();
    }

    private static boolean explains(Alert outage, Alert silence, Instant now) {
        Instant ended = outage.getEndedAt();
        return isOpen(outage)
                || (ended != null && silence.getStartedAt().isBefore(ended) && now.isBefore(ended.plus(RECOVERY)));
    }

    /**
     * Calls the listener at each change, on the thread that reads Kafka: it must not block. Changes that were made before
     * are not told.
     */
    public Subscription listen(BiConsumer<Realm, Alert> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Takes the new state of an alert, null for one that is gone. One thread a realm. */
    public void accept(Realm realm, String alertId, @Nullable Alert alert) {
        Side side = side(realm);
        Alert former =
                alert == null ? side.alerts().remove(alertId) : side.alerts().put(alertId, alert);
        if (alert != null) {
            side.noteOutage(alert);
            side.noteSite(former, alert);
        } else if (former != null) {
            side.forgetOutage(former);
            side.noteSite(former, null);
        }
        Alert told = alert == null ? former : alert;
        if (told != null) {
            listeners.forEach(listener -> listener.accept(realm, told));
        }
    }

    @Override
    public void close() {
        tables.forEach(CompactedTable::close);
    }

    private Side side(Realm realm) {
        Side side = sides.get(realm);
        if (side == null) {
            throw new IllegalArgumentException("no board of realm " + realm);
        }
        return side;
    }

    private static boolean isAboutGateway(Alert alert) {
        return alert.getSubject().getKind() == SubjectKind.GATEWAY;
    }

    /**
     * @param alerts by id
     * @param outages alerts about gateways, open or ended, by gateway and id
     * @param sites open alerts by site and id
     */
    private record Side(
            ConcurrentMap<String, Alert> alerts,
            ConcurrentMap<String, Map<String, Alert>> outages,
            ConcurrentMap<String, Map<String, Alert>> sites) {

        Stream<Alert> outagesOf(@Nullable String gatewayId) {
            return gatewayId == null ? Stream.empty() : outages.getOrDefault(gatewayId, Map.of()).values().stream();
        }

        Stream<Alert> atSiteOf(Alert alert) {
            String siteId = siteOf(alert);
            return siteId == null ? Stream.empty() : sites.getOrDefault(siteId, Map.of()).values().stream();
        }

        void noteSite(@Nullable Alert former, @Nullable Alert alert) {
            String left = former == null ? null : siteOf(former);
            if (former != null && left != null) {
                sites.computeIfPresent(left, (id, alerts) -> {
                    alerts.remove(former.getAlertId());
                    return alerts.isEmpty() ? null : alerts;
                });
            }
            String siteId = alert == null || !isOpen(alert) ? null : siteOf(alert);
            if (alert != null && siteId != null) {
                sites.computeIfAbsent(siteId, id -> new ConcurrentSkipListMap<>())
                        .put(alert.getAlertId(), alert);
            }
        }

        private static @Nullable String siteOf(Alert alert) {
            Place place = alert.getSubject().getPlace();
            return place == null ? null : place.getSiteId();
        }

        void noteOutage(Alert alert) {
            if (isAboutGateway(alert)) {
                outages.computeIfAbsent(alert.getSubject().getId(), id -> new ConcurrentSkipListMap<>())
                        .put(alert.getAlertId(), alert);
            }
        }

        void forgetOutage(Alert former) {
            if (isAboutGateway(former)) {
                outages.computeIfPresent(former.getSubject().getId(), (id, alerts) -> {
                    alerts.remove(former.getAlertId());
                    return alerts.isEmpty() ? null : alerts;
                });
            }
        }
    }
}
