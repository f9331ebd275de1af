package io.fengsui.seeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    private static final String TRANSACTIONAL_ID = "fengsui-seeds";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final String TRANSACTION_TIMEOUT_MS = "30000";
    private static final int LOOK_AGAIN_MS = 20;
    private static final int MOST_LOOKS = 1_500;

    private final Map<String, ?> kafka;
    private final SchemaRegistryClient registry;

    /** @param kafka client settings, at least bootstrap.servers */
    public SeedLoader(Map<String, ?> kafka, SchemaRegistryClient registry) {
        this.kafka = Map.copyOf(kafka);
        this.registry = registry;
    }

    /** How a topic stands against the set, with the records to write. */
    private record Difference<T extends SpecificRecord>(
            Topic<T> topic, TableChange change, Map<String, @Nullable T> writes) {}

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
        try (Producer<String, byte[]> producer = new KafkaProducer<>(producerConfig())) {
            producer.initTransactions();
            List<Difference<?>> differences = differences(set);
            if (!removeMany) {
                refuseMassRemoval(differences);
            }
            if (differences.stream().anyMatch(d -> !d.writes().isEmpty())) {
                awaitVisible(write(producer, differences));
            }
            return differences.stream().<TableChange>map(Difference::change).toList();
        } catch (KafkaException e) {
            throw new StartException("The reference data was not written: " + e.getMessage(), e);
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

    /** One transaction; returns the last offset written to each partition. */
    private Map<TopicPartition, Long> write(Producer<String, byte[]> producer, List<Difference<?>> differences)
            throws InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            differences.forEach(difference -> send(producer, difference, sent));
            producer.commitTransaction();
            Map<TopicPartition, Long> last = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get();
                last.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
            }
            return last;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new StartException("Another loader started meanwhile and took over; nothing was written", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A committed record has an offset", e);
        } catch (RuntimeException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    /** A commit returns before its markers are in the topics, and a reader that starts then would find nothing. */
    private void awaitVisible(Map<TopicPartition, Long> written) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends =
                written.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            for (int looks = 0; looks < MOST_LOOKS; looks++) {
                var visible = admin.listOffsets(ends, committed).all().get();
                if (visible.entrySet().stream()
                        .allMatch(end -> end.getValue().offset() > written.getOrDefault(end.getKey(), 0L))) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            }
        } catch (ExecutionException e) {
            throw new StartException(
                    "The reference data was written, but readers may not see it yet: " + e.getCause(), e);
        }
        throw new StartException("The reference data was written, but readers do not see it after "
                + MOST_LOOKS * LOOK_AGAIN_MS / 1_000 + " s");
    }

    private <T extends SpecificRecord> void send(
            Producer<String, byte[]> producer, Difference<T> difference, List<Future<RecordMetadata>> sent) {
        Topic<T> topic = difference.topic();
        AvroWriter<T> writer = new AvroWriter<>(registry, topic.schema());
        difference.writes().forEach((key, value) -> {
            byte[] bytes = value == null ? null : writer.write(topic.name(), value);
            // A send that fails makes the commit fail.
            sent.add(producer.send(new ProducerRecord<>(topic.name(), key, bytes)));
        });
    }

    private Map<String, Object> producerConfig() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, OWNER);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }
}
