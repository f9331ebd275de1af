package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as they stand, live and drill kept apart: the view of {@code alert.incident}. Their alerts are those of {@link
 * AlertBoard} that name them. Safe for use by many threads.
 */
public final class IncidentBoard implements AutoCloseable {
    private final Map<Realm, ConcurrentMap<String, Incident>> sides = new EnumMap<>(Realm.class);
    private final List<Consumer<Realm>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompactedTable<Incident>> tables = new ArrayList<>();

    /** A board that follows nothing and shows what {@link #accept} is given. */
    IncidentBoard() {
        for (Realm realm : Realm.values()) {
            sides.put(realm, new ConcurrentHashMap<>());
        }
    }

    /** A board that follows {@code alert.incident} of both realms. */
    IncidentBoard(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this();
        for (Realm realm : Realm.values()) {
            tables.add(CompactedTable.telling(
                    Topics.alertIncident(realm),
                    kafka,
                    registry,
                    owner,
                    (id, incident) -> accept(realm, id, incident)));
        }
    }

    void start() {
        tables.forEach(CompactedTable::start);
    }

    void awaitLoaded(Duration timeout) throws InterruptedException {
        for (CompactedTable<Incident> table : tables) {
            table.awaitLoaded(timeout);
        }
    }

    /** False once Kafka is no longer followed. */
    public boolean healthy() {
        return tables.stream().allMatch(CompactedTable::healthy);
    }

    public Optional<Incident> get(Realm realm, String incidentId) {
        return Optional.ofNullable(side(realm).get(incidentId));
    }

    /** The incident of an alert, if it has one that is open. */
    public Optional<Incident> open(Realm realm, @Nullable String incidentId) {
        return incidentId == null
                ? Optional.empty()
                : get(realm, incidentId).filter(incident -> incident.getState() == IncidentState.OPEN);
    }

    /** Calls the listener at each change, on the thread that reads Kafka: it must not block. */
    public Subscription listen(Consumer<Realm> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Takes the new state of an incident, null for one that is gone. */
    public void accept(Realm realm, String incidentId, @Nullable Incident incident) {
        if (incident == null) {
            side(realm).remove(incidentId);
        } else {
            side(realm).put(incidentId, incident);
        }
        listeners.forEach(listener -> listener.accept(realm));
    }

    private ConcurrentMap<String, Incident> side(Realm realm) {
        return Objects.requireNonNull(sides.get(realm));
    }

    @Override
    public void close() {
        tables.forEach(CompactedTable::close);
    }
}
