package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alerting.notify.DeliveryLog;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of alerts at their receivers: {@code alert.delivery} of both realms, read by every instance and written by those
 * that deliver. For any thread. What is put is seen here at once, and after a restart if Kafka took it.
 */
public final class Deliveries implements DeliveryLog, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Deliveries.class);

    private final Map<Realm, ConcurrentMap<String, Map<String, AlertDelivery>>> sides = new EnumMap<>(Realm.class);
    private final List<CompactedTable<AlertDelivery>> tables = new ArrayList<>();
    private final @Nullable Producer<String, AlertDelivery> producer;
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean closing;

    /** Outcomes that are kept in memory alone. */
    Deliveries() {
        this(null);
    }

    Deliveries(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this(producer(kafka, registry, owner));
        for (Realm realm : Realm.values()) {
            tables.add(CompactedTable.telling(
                    Topics.alertDelivery(realm),
                    kafka,
                    registry,
                    owner,
                    (key, delivery) -> read(realm, key, delivery)));
        }
    }

    Deliveries(@Nullable Producer<String, AlertDelivery> producer) {
        this.producer = producer;
        for (Realm realm : Realm.values()) {
            sides.put(realm, new ConcurrentHashMap<>());
        }
    }

    private static KafkaProducer<String, AlertDelivery> producer(
            Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, owner + "-delivery");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new KafkaProducer<>(
                config,
                new StringSerializer(),
                AvroSerde.of(registry, Topics.alertDelivery(Realm.LIVE)).serializer());
    }

    void start() {
        tables.forEach(CompactedTable::start);
    }

    void awaitLoaded(Duration timeout) throws InterruptedException {
        for (CompactedTable<AlertDelivery> table : tables) {
            table.awaitLoaded(timeout);
        }
    }

    /** False once Kafka is no longer followed. */
    boolean healthy() {
        return tables.stream().allMatch(CompactedTable::healthy);
    }

    /** What became of an alert, a receiver each, by name. */
    public List<AlertDelivery> of(Realm realm, String alertId) {
        return side(realm).getOrDefault(alertId, Map.of()).values().stream()
                .sorted(Comparator.comparing(AlertDelivery::getReceiver))
                .toList();
    }

    @Override
    public Optional<AlertDelivery> get(Realm realm, String receiver, String alertId) {
        return Optional.ofNullable(side(realm).getOrDefault(alertId, Map.of()).get(receiver));
    }

    @Override
    public void put(Realm realm, AlertDelivery delivery) {
        accept(realm, delivery);
        if (producer == null) {
            return;
        }
        String key = delivery.getReceiver() + "|" + delivery.getAlertId();
        try {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(Topics.alertDelivery(realm).name(), key, delivery), (metadata, failure) -> {
                        if (failure == null) {
                            tellLost();
                        } else {
                            notStored(key, failure);
                        }
                    });
        } catch (KafkaException e) {
            notStored(key, e);
        }
    }

    /** The first of many is told at once, how many there were when Kafka takes one again, or at the end. */
    private void notStored(String key, Exception failure) {
        boolean ending = closing || failure instanceof InterruptException;
        if (lost.getAndIncrement() == 0 && !ending) {
            logger.warn("What became of {} is not in Kafka; a restart would tell it again", key, failure);
        }
    }

    private void tellLost() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            logger.warn("What became of {} notices is not in Kafka; a restart would tell them again", count);
        }
    }

    /** Takes what became of an alert. */
    public void accept(Realm realm, AlertDelivery delivery) {
        side(realm)
                .computeIfAbsent(delivery.getAlertId(), id -> new ConcurrentSkipListMap<>())
                .put(delivery.getReceiver(), delivery);
    }

    /** An echo of what was put here may be older than what stands. */
    private void read(Realm realm, String key, @Nullable AlertDelivery delivery) {
        if (delivery == null) {
            int end = key.indexOf('|');
            side(realm)
                    .getOrDefault(key.substring(end + 1), new HashMap<>())
                    .remove(key.substring(0, Math.max(end, 0)));
            return;
        }
        AlertDelivery known =
                get(realm, delivery.getReceiver(), delivery.getAlertId()).orElse(null);
        if (known == null || !delivery.getAt().isBefore(known.getAt())) {
            accept(realm, delivery);
        }
    }

    private ConcurrentMap<String, Map<String, AlertDelivery>> side(Realm realm) {
        return Objects.requireNonNull(sides.get(realm));
    }

    @Override
    public void close() {
        closing = true;
        tables.forEach(CompactedTable::close);
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
        tellLost();
    }
}
