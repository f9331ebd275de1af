package io.fengsui.alerting.readings;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics of units and departments from the time that is asked for, each time anew. One look-up at a time, and no more
 * records of each than {@link #MOST_RECORDS}: where a unit has more, the time is cut around what matters. Only records of the
 * device are decoded. Safe for use by many threads; others wait for the one that reads.
 */
public final class KafkaReadings implements Readings {
    /** About 100 MB of a unit's telemetry, or a second or two of reading. */
    static final int MOST_RECORDS = 300_000;

    private static final int MOST_READINGS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    /** Records stand by the clock of the bridge, readings by that of the device. */
    private static final Duration BEHIND = Duration.ofMinutes(2);

    private final Map<String, Object> config;
    private final SchemaRegistryClient registry;
    private final InstantSource clock;
    private final int mostRecords;
    private final Semaphore one = new Semaphore(1, true);

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaReadings(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this(kafka, registry, owner, clock, MOST_RECORDS);
    }

    KafkaReadings(
            Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock, int mostRecords) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, owner + "-readings");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        this.registry = registry;
        this.clock = clock;
        this.mostRecords = mostRecords;
    }

    @Override
    public Found find(Query query) {
        one.acquireUninterruptibly();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            Instant deadline = clock.instant().plus(PATIENCE);
            Found found = new Found("", query.from(), query.to(), List.of());
            for (Topic<?> topic : query.topics()) {
                found = find(consumer, topic, query, deadline);
                if (!found.readings().isEmpty()) {
                    return found;
                }
            }
            return found;
        } catch (RegistryUnavailableException e) {
            throw new ReadingsUnavailableException("the schema registry does not answer", e);
        } catch (KafkaException e) {
            throw new ReadingsUnavailableException("Kafka does not answer: " + e.getMessage(), e);
        } finally {
            one.release();
        }
    }

    private <T extends SpecificRecord> Found find(
            KafkaConsumer<String, byte[]> consumer, Topic<T> topic, Query query, Instant deadline) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        if (partitions.isEmpty()) {
            return new Found("", query.from(), query.to(), List.of());
        }
        Span span = span(consumer, partitions, query);
        consumer.assign(partitions);
        span.first().forEach(consumer::seek);
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        List<Reading> readings = new ArrayList<>();
        while (partitions.stream()
                .anyMatch(p -> consumer.position(p) < span.end().getOrDefault(p, 0L))) {
            if (clock.instant().isAfter(deadline)) {
                throw new ReadingsUnavailableException(
                        "not read within " + PATIENCE.toSeconds() + " s", new IllegalStateException("slow"));
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(300))) {
                if (query.deviceId().equals(record.key()) && readings.size() < MOST_READINGS) {
                    Reading reading = reading(reader, record.value(), topic.schema(), query);
                    if (reading != null
                            && !reading.at().isBefore(span.from())
                            && !reading.at().isAfter(span.to())) {
                        readings.add(reading);
                    }
                }
            }
        }
        readings.sort(Comparator.comparing(Reading::at));
        return new Found(topic.name(), span.from(), span.to(), List.copyOf(readings));
    }

    /** None for a topic that is not there, or that may not be read. */
    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, Topic<?> topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic.name());
            return found.stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
        } catch (InvalidTopicException | TopicAuthorizationException e) {
            return List.of();
        }
    }

    /** Offsets of a time: from the first of a record to before the last. */
    private record Span(Instant from, Instant to, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {
        long records() {
            return first.entrySet().stream()
                    .mapToLong(p -> Math.max(0, end.getOrDefault(p.getKey(), 0L) - p.getValue()))
                    .sum();
        }
    }

    /** The time that is asked for; halved around what matters for as long as it is too much. */
    private Span span(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Query query) {
        Duration before = Duration.between(query.from(), query.around());
        Duration after = Duration.between(query.around(), query.to());
        Span span = offsets(consumer, partitions, query.from(), query.to());
        while (span.records() > mostRecords && before.plus(after).toSeconds() > 1) {
            before = before.dividedBy(2);
            after = after.dividedBy(2);
            span = offsets(
                    consumer,
                    partitions,
                    query.around().minus(before),
                    query.around().plus(after));
        }
        return span;
    }

    private static Span offsets(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Instant from, Instant to) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> first = at(consumer, partitions, from, ends);
        Map<TopicPartition, Long> end = at(consumer, partitions, to.plus(BEHIND), ends);
        return new Span(from, to, first, end);
    }

    private static Map<TopicPartition, Long> at(
            KafkaConsumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            Instant time,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = found.get(partition);
            offsets.put(partition, offset == null ? ends.getOrDefault(partition, 0L) : offset.offset());
        }
        return offsets;
    }

    /** Null for what is none of ours, and for a report that has none of the fields. */
    private static <T extends SpecificRecord> @Nullable Reading reading(
            AvroReader<T> reader, byte[] value, Schema schema, Query query) {
        T event;
        try {
            event = reader.read(value);
        } catch (UnreadableRecordException e) {
            return null;
        }
        List<Double> values = new ArrayList<>();
        boolean any = false;
        for (String name : query.fields()) {
            Schema.Field field = schema.getField(name);
            Object number = field == null ? null : event.get(field.pos());
            double reading = number instanceof Number known ? known.doubleValue() : Double.NaN;
            values.add(reading);
            any |= Double.isFinite(reading);
        }
        return any ? new Reading(query.feed().header(event).getEventTime(), List.copyOf(values)) : null;
    }

    @Override
    public void close() {
        // Each look-up has a consumer of its own.
    }
}
