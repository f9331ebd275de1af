package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Silence;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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

    private final Map<Realm, AlertIndex> sides = new EnumMap<>(Realm.class);
    private final List<BiConsumer<Realm, Alert>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompactedTable<?>> tables;
    private final MaintenanceWindows maintenance = new MaintenanceWindows();
    private final IncidentBoard incidents;
    private final Deliveries deliveries;
    private final Supplier<DutyPlan> plan;

    /**
     * A board that follows {@code alert.state} of both realms.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     * @param plan deadlines of alerts; asked again and again, never blocks
     */
    public AlertBoard(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, Supplier<DutyPlan> plan) {
        this(
                new ArrayList<>(),
                new IncidentBoard(kafka, registry, owner),
                new Deliveries(kafka, registry, owner),
                plan);
        for (Realm realm : Realm.values()) {
            tables.add(CompactedTable.telling(
                    Topics.alertState(realm), kafka, registry, owner, (id, alert) -> accept(realm, id, alert)));
        }
        tables.add(CompactedTable.telling(Topics.REF_MAINTENANCE, kafka, registry, owner, this::announce));
    }

    private AlertBoard(
            List<CompactedTable<?>> tables, IncidentBoard incidents, Deliveries deliveries, Supplier<DutyPlan> plan) {
        this.tables = tables;
        this.plan = plan;
        this.incidents = incidents;
        this.deliveries = deliveries;
        for (Realm realm : Realm.values()) {
            sides.put(realm, new AlertIndex());
        }
    }

    /** A board that follows nothing and shows what {@link #accept} is given. */
    public static AlertBoard standing() {
        return standing(DutyPlan.NONE);
    }

    /** The same with deadlines. */
    public static AlertBoard standing(DutyPlan plan) {
        return new AlertBoard(List.of(), new IncidentBoard(), new Deliveries(), () -> plan);
    }

    public void start() {
        tables.forEach(CompactedTable::start);
        incidents.start();
        deliveries.start();
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
        incidents.awaitLoaded(timeout);
        deliveries.awaitLoaded(timeout);
    }

    /** False once Kafka is no longer followed: the board then stands still. */
    public boolean healthy() {
        return tables.stream().allMatch(CompactedTable::healthy) && incidents.healthy() && deliveries.healthy();
    }

    /** Deadlines that these alerts have, as they are in force now. */
    public DutyPlan duty() {
        return plan.get();
    }

    /** The incidents that these alerts name. */
    public IncidentBoard incidents() {
        return incidents;
    }

    /** What became of these alerts at receivers outside of Kafka. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Alerts of an incident, open and ended, in no order. */
    public List<Alert> of(Realm realm, String incidentId) {
        return side(realm).all().stream()
                .filter(alert -> incidentId.equals(alert.getIncidentId()))
                .toList();
    }

    /** All alerts of a realm, open and ended; a live view in no order. */
    public Collection<Alert> alerts(Realm realm) {
        return Collections.unmodifiableCollection(side(realm).all());
    }

    /** Open alerts of a realm; a live view in no order. */
    public Collection<BoardEntry> open(Realm realm) {
        return Collections.unmodifiableCollection(side(realm).open());
    }

    /** Alerts of a realm that have ended; a live view in no order. */
    public Collection<Alert> ended(Realm realm) {
        return Collections.unmodifiableCollection(side(realm).ended());
    }

    /** Another number after each change of an alert or of announced work: the same alerts are seen while it stays. */
    public long version(Realm realm) {
        return side(realm).version();
    }

    public Optional<Alert> get(Realm realm, String alertId) {
        return Optional.ofNullable(side(realm).get(alertId));
    }

    /** Whether an alert is open, or a receiver outside of Kafka takes it to fire: its messages will be referred to. */
    public boolean isToldOf(Realm realm, String alertId) {
        return get(realm, alertId).filter(AlertBoard::isOpen).isPresent()
                || deliveries.of(realm, alertId).stream().anyMatch(last -> last.getFiringOccurrence() > 0);
    }

    /** Whether an alert still wants somebody: neither resolved nor cancelled. A state from a newer schema counts as open. */
    public static boolean isOpen(Alert alert) {
        return alert.getState() != AlertState.RESOLVED && alert.getState() != AlertState.CANCELLED;
    }

    /**
     * Id of what suppresses an alert: the alert about its gateway or vendor ({@link #silencedBy}), or what its rule names under
     * {@code suppress}: work that was announced ({@link #workOf} tells which), another open alert about the same device or at the
     * same site. Severity I and life safety are never suppressed. It is no state of the alert: whatever suppressed it, when that
     * is over an alert that is still open is told like any other.
     */
    public Optional<String> inhibitedBy(Alert alert, Instant now) {
        Optional<String> outage = silencedBy(alert, now);
        if (outage.isPresent() || !Silence.isSuppressible(alert)) {
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
        AlertIndex side = side(Realm.of(alert.getStatus()));
        String otherRule = suppression.substring(suppression.indexOf(':') + 1);
        return switch (suppression.replaceFirst(":.*", "")) {
            case "maintenance" -> maintenance.covering(alert, now).map(work -> WORK + work.getWindowId());
            case "gateway" ->
                side.outagesOf(SubjectKind.GATEWAY, alert.getSubject().getGatewayId())
                        .filter(AlertBoard::isOpen)
                        .map(Alert::getAlertId)
                        .findFirst();
            case "device" ->
                Optional.ofNullable(
                                side.get(otherRule + "@" + alert.getSubject().getId()))
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
        sides.values().forEach(AlertIndex::touch);
    }

    /**
     * Id of the alert about the gateway behind which this alert's device stands, or about its vendor, if that explains it: it
     * is down, or came back less than three minutes ago and the device has been silent since before. Only silence of severity
     * III or IV is explained so. What an event told is news however the gateway fares, and life safety is never inhibited
     * (RATIONALE.md).
     */
    private Optional<String> silencedBy(Alert alert, Instant now) {
        if (!Silence.isInhibitable(alert)) {
            return Optional.empty();
        }
        AlertIndex side = side(Realm.of(alert.getStatus()));
        AlertSubject subject = alert.getSubject();
        return Stream.concat(
                        side.outagesOf(SubjectKind.GATEWAY, subject.getGatewayId()),
                        side.outagesOf(SubjectKind.VENDOR, subject.getVendor()))
                .filter(outage -> explains(outage, alert, now))
                .map(Alert::getAlertId)
                .findFirst();
    }

    private static boolean explains(Alert outage, Alert silence, Instant now) {
        // One that flaps and is quiet is over as far as its devices are concerned.
        Instant ended = outage.getQuietSince() == null ? outage.getEndedAt() : outage.getQuietSince();
        return (isOpen(outage) && outage.getQuietSince() == null)
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
        Alert former = side(realm).put(alertId, alert);
        Alert told = alert == null ? former : alert;
        if (told != null) {
            listeners.forEach(listener -> listener.accept(realm, told));
        }
    }

    @Override
    public void close() {
        tables.forEach(CompactedTable::close);
        incidents.close();
        deliveries.close();
    }

    private AlertIndex side(Realm realm) {
        AlertIndex side = sides.get(realm);
        if (side == null) {
            throw new IllegalArgumentException("no board of realm " + realm);
        }
        return side;
    }
}
