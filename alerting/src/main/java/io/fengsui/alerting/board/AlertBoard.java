package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.SubjectKind;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every alert as it stands, live and drill kept apart: the view of {@code alert.state} that console and notifiers share.
 * All methods may be called by any thread and none waits for Kafka but {@link #awaitLoaded}.
 */
public final class AlertBoard implements AutoCloseable {
    private final Map<Realm, Side> sides = new EnumMap<>(Realm.class);
    private final List<BiConsumer<Realm, Alert>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompactedTable<Alert>> tables;

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
    }

    private AlertBoard(List<CompactedTable<Alert>> tables) {
        this.tables = tables;
        for (Realm realm : Realm.values()) {
            sides.put(realm, new Side(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
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
        for (CompactedTable<Alert> table : tables) {
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
     * Id of the open alert about the gateway behind which this alert's device stands. Nothing inhibits the gateway's own
     * alert, nor a life-safety alert: a person in a stuck lift stays in it when the vendor's gateway fails (RATIONALE.md).
     */
    public Optional<String> inhibitedBy(Alert alert) {
        String gatewayId = alert.getSubject().getGatewayId();
        if (gatewayId == null || alert.getLifeSafety() || isAboutGateway(alert)) {
            return Optional.empty();
        }
        Set<String> down = side(Realm.of(alert.getStatus())).gatewaysDown().get(gatewayId);
        return down == null ? Optional.empty() : down.stream().findFirst();
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
        if (former != null) {
            side.forgetGateway(former);
        }
        if (alert != null) {
            side.noteGateway(alert);
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

    private record Side(ConcurrentMap<String, Alert> alerts, ConcurrentMap<String, Set<String>> gatewaysDown) {

        void noteGateway(Alert alert) {
            if (isAboutGateway(alert) && isOpen(alert)) {
                gatewaysDown
                        .computeIfAbsent(alert.getSubject().getId(), id -> new ConcurrentSkipListSet<>())
                        .add(alert.getAlertId());
            }
        }

        void forgetGateway(Alert former) {
            if (isAboutGateway(former)) {
                gatewaysDown.computeIfPresent(former.getSubject().getId(), (id, alerts) -> {
                    alerts.remove(former.getAlertId());
                    return alerts.isEmpty() ? null : alerts;
                });
            }
        }
    }
}
