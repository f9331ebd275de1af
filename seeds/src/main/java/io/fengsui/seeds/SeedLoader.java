package io.fengsui.seeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Topic;
import io.fengsui.seeds.ReferenceWriter.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Brings the {@code ref.*} topics to what a set says: writes what is new or changed, tombstones for what vanished, and
 * nothing else. One transaction over all topics: readers see the whole change or none of it, also if the loader dies.
 * For one thread.
 */
public final class SeedLoader {
    /** More than this share of a topic's keys is only removed if told so: a half-written file looks just like that. */
    public static final double REMOVAL_LIMIT = 0.2;

    private static final String OWNER = "seeds";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, ?> kafka;
    private final SchemaRegistryClient registry;

    /** @param kafka client settings, at least bootstrap.servers */
    public SeedLoader(Map<String, ?> kafka, SchemaRegistryClient registry) {
        this.kafka = Map.copyOf(kafka);
        this.registry = registry;
    }

    /** How a topic stands against the set, with the records to write. */
    private record Difference<T extends SpecificRecord>(
            Topic<T> topic, TableChange change, Map<String, @Nullable T> writes) {
        void addTo(List<Row<?>> rows) {
            writes.forEach((key, value) -> rows.add(new Row<>(topic, key, value)));
        }
    }

    /** A table of the set with its topic, being read. */
    private record Reading<T extends SpecificRecord>(SeedTable<T> table, CompactedTable<T> present) {}

    /**
     * What {@link #load} would do now; writes nothing.
     *
     * @throws StartException if Kafka, a topic or the registry is not there
     */
    public List<TableChange> compare(SeedSet set) throws InterruptedException {
        return differences(set).stream().<TableChange>map(Difference::change).toList();
    }

    /**
     * Publishes the set; when this returns, readers of committed records see it. Of two loaders at once the later counts: it
     * lets the earlier finish or fail before it looks at what is there, and from then on the earlier can write nothing.
     *
     * @param removeMany whether more than a fifth of a topic's keys may go
     * @return what was done, by topic
     * @throws StartException if too much would be removed or another loader took over (then nothing was written), or if
     *     Kafka, a topic or a schema is not there
     */
    public List<TableChange> load(SeedSet set, boolean removeMany) throws InterruptedException {
        try (ReferenceWriter writer = ReferenceWriter.begin(kafka, registry)) {
            List<Difference<?>> differences = differences(set);
            if (!removeMany) {
                refuseMassRemoval(differences);
            }
            List<Row<?>> rows = new ArrayList<>();
            differences.forEach(difference -> difference.addTo(rows));
            writer.write(rows);
            return differences.stream().<TableChange>map(Difference::change).toList();
        }
    }

    private static void refuseMassRemoval(List<Difference<?>> differences) {
        List<String> refused = new ArrayList<>();
        for (Difference<?> difference : differences) {
            TableChange change = difference.change();
            if (change.removedShare() > REMOVAL_LIMIT) {
                refused.add(String.format(
                        Locale.ROOT,
                        "%s: would remove %d keys, %.0f %% of what is there, such as %s",
                        change.topic(),
                        change.removed().size(),
                        change.removedShare() * 100,
                        change.removed().get(0)));
            }
        }
        if (!refused.isEmpty()) {
            throw new StartException("Nothing was written, for too much would be removed; if it is meant,"
                    + " 'fengsui seeds load --remove-many' does it on a system that runs\n  "
                    + String.join("\n  ", refused));
        }
    }

    /** All topics are read at the same time, for reading one is mostly waiting. */
    private List<Difference<?>> differences(SeedSet set) throws InterruptedException {
        List<Reading<?>> readings = new ArrayList<>();
        try {
            for (SeedTable<?> table : SeedTable.all()) {
                readings.add(read(table));
            }
            List<Difference<?>> differences = new ArrayList<>();
            for (Reading<?> reading : readings) {
                differences.add(difference(reading, set));
            }
            return differences;
        } finally {
            readings.forEach(reading -> reading.present().close());
        }
    }

    private <T extends SpecificRecord> Reading<T> read(SeedTable<T> table) {
        CompactedTable<T> present = new CompactedTable<>(table.topic(), kafka, registry, OWNER, (key, value) -> {});
        present.start();
        return new Reading<>(table, present);
    }

    private static <T extends SpecificRecord> Difference<T> difference(Reading<T> reading, SeedSet set)
            throws InterruptedException {
        reading.present().awaitLoaded(READ_TIMEOUT);
        Topic<T> topic = reading.table().topic();
        Map<String, T> present = Map.copyOf(reading.present().values());
        Map<String, T> wanted = reading.table().rows().apply(set);
        Map<String, @Nullable T> writes = new TreeMap<>();
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, T> row : new TreeMap<>(wanted).entrySet()) {
            T old = present.get(row.getKey());
            if (!row.getValue().equals(old)) {
                (old == null ? added : changed).add(row.getKey());
                writes.put(row.getKey(), row.getValue());
            }
        }
        for (String key : new TreeMap<>(present).keySet()) {
            if (!wanted.containsKey(key)) {
                removed.add(key);
                writes.put(key, null);
            }
        }
        int unchanged = wanted.size() - added.size() - changed.size();
        TableChange change = new TableChange(
                topic.name(), List.copyOf(added), List.copyOf(changed), List.copyOf(removed), unchanged);
        return new Difference<>(topic, change, writes);
    }
}
