package io.fengsui.standalone.drill;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Route;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every topic at the end of the pipeline from its beginning, as a reader does: committed records only. Knows
 * nothing of how they came there. One thread.
 */
final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final Observations observations = new Observations();
    private final Map<String, RecordTaker> takers = new HashMap<>();

    /** @param consumer reads committed records only; closed with the scan */
    TopicScan(
            Consumer<byte[], byte[]> consumer,
            SchemaRegistryClient registry,
            Collection<Unit> units,
            Collection<Route> routes) {
        this.consumer = consumer;
        this.registry = registry;
        for (Topic<DeadLetter> topic : Topics.allDeadLetters()) {
            take(topic, (record, letter) -> observations.deadLetter(record.topic(), letter));
        }
        take(
                Topics.ACCOUNT,
                (record, account) -> observations.account(new String(record.key(), StandardCharsets.UTF_8), account));
        for (Realm realm : Realm.values()) {
            for (Topic<Unrouted> topic : Topics.allUnrouted(realm)) {
                take(topic, (record, unrouted) -> observations.unrouted(record.topic(), unrouted));
            }
            for (Topic<AlertSignal> topic : Topics.alertSignals(realm)) {
                take(topic, (record, signal) -> observations.signal(realm, signal));
            }
            takeAlerts(realm, Topics.alertState(realm));
            for (Unit unit : units) {
                takeReaderTopics(realm, unit, routes);
            }
        }
        List<TopicPartition> partitions =
                takers.keySet().stream().flatMap(t -> partitions(t).stream()).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** @param clients settings of Kafka's clients */
    static Consumer<byte[], byte[]> reader(Map<String, Object> clients) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "drill-audit");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Takes what is there now; returns true if there was anything. */
    boolean advance() {
        long before = observations.records();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Objects.requireNonNull(takers.get(record.topic())).take(record);
        }
        return observations.records() > before;
    }

    /** Whether everything committed so far has been read. */
    boolean atEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    Observations observations() {
        return observations;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void takeReaderTopics(Realm realm, Unit unit, Collection<Route> routes) {
        for (Topic<?> topic : Topics.readersOf(realm, unit, routes)) {
            if (topic.type().equals(Alert.class)) {
                takeAlerts(realm, topic);
            } else {
                Feed<?> feed = Feeds.all().stream()
                        .filter(f -> topic.type().equals(f.type()))
                        .findFirst()
                        .orElseThrow();
                takeEvents(topic.name(), feed);
            }
        }
    }

    private <T extends SpecificRecord> void takeEvents(String topic, Feed<T> feed) {
        AvroReader<T> reader = new AvroReader<>(registry, feed.type(), feed.schema());
        takers.put(topic, record -> read(reader, record, event -> observations.event(topic, feed.header(event))));
    }

    private void takeAlerts(Realm realm, Topic<?> topic) {
        AvroReader<Alert> reader = new AvroReader<>(registry, Alert.class, Alert.getClassSchema());
        takers.put(topic.name(), record -> {
            boolean tombstone = record.value() == null && topic.cleanup() == Topic.Cleanup.COMPACT;
            if (!tombstone) {
                read(reader, record, alert -> observations.alert(realm, topic.name(), alert));
            }
        });
    }

    private <T extends SpecificRecord> void take(Topic<T> topic, Taker<T> taker) {
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        takers.put(topic.name(), record -> read(reader, record, value -> taker.take(record, value)));
    }

    private <T extends SpecificRecord> void read(
            AvroReader<T> reader, ConsumerRecord<byte[], byte[]> record, ValueTaker<T> then) {
        T value;
        try {
            value = reader.read(record.value());
        } catch (UnreadableRecordException e) {
            observations.unreadable(
                    record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e.reason());
            return;
        }
        then.take(value);
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new StartException("Topic " + topic + " does not exist; run 'fengsui topics apply'");
        }
        return found.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    private interface RecordTaker {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    private interface ValueTaker<T> {
        void take(T value);
    }

    private interface Taker<T> {
        void take(ConsumerRecord<byte[], byte[]> record, T value);
    }
}
