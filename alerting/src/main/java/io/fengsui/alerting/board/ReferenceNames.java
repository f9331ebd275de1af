package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertText;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Names of townships, zones, offices, areas and departments, from {@code ref.unit}. Safe for use by many threads. */
public final class ReferenceNames implements AutoCloseable {
    private static final Comparator<Unit> ORDER =
            Comparator.comparing(Unit::getKind).thenComparing(Unit::getUnitId);

    private final ConcurrentMap<String, Unit> units = new ConcurrentHashMap<>();
    private final Optional<CompactedTable<Unit>> table;

    /**
     * Names that follow the reference data.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public ReferenceNames(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.table = Optional.of(new CompactedTable<>(Topics.REF_UNIT, kafka, registry, owner, this::accept));
    }

    private ReferenceNames(Collection<Unit> units) {
        this.table = Optional.empty();
        units.forEach(unit -> accept(unit.getUnitId(), unit));
    }

    /** Names that stay as they are. */
    public static ReferenceNames of(Collection<Unit> units) {
        return new ReferenceNames(units);
    }

    public void start() {
        table.ifPresent(CompactedTable::start);
    }

    /**
     * Waits until the reference data is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if the topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        if (table.isPresent()) {
            table.get().awaitLoaded(timeout);
        }
    }

    /** False once the reference data is no longer followed. */
    public boolean healthy() {
        return table.map(CompactedTable::healthy).orElse(true);
    }

    /** Name of a unit in both languages; the id itself for a unit that the reference data does not have. */
    public AlertText name(String unitId) {
        Unit unit = units.get(unitId);
        return unit == null ? new AlertText(unitId, unitId) : new AlertText(unit.getNameZh(), unit.getNameEn());
    }

    /** A unit of the reference data. */
    public Optional<Unit> unit(String unitId) {
        return Optional.ofNullable(units.get(unitId));
    }

    /** Townships, zones, offices and areas, by kind and id. */
    public List<Unit> townships() {
        return of(kind -> Topics.hasTownshipTopics(kind));
    }

    /** City departments, by id. */
    public List<Unit> departments() {
        return of(kind -> kind == UnitKind.DEPARTMENT);
    }

    /** The city itself. */
    public Optional<Unit> city() {
        return of(kind -> kind == UnitKind.CITY).stream().findFirst();
    }

    private List<Unit> of(Predicate<UnitKind> wanted) {
        List<Unit> found = new ArrayList<>();
        for (Unit unit : units.values()) {
            if (wanted.test(unit.getKind())) {
                found.add(unit);
            }
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    private void accept(String unitId, @Nullable Unit unit) {
        if (unit == null) {
            units.remove(unitId);
        } else {
            units.put(unitId, unit);
        }
    }

    @Override
    public void close() {
        table.ifPresent(CompactedTable::close);
    }
}
