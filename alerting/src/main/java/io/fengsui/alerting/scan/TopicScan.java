package io.fengsui.alerting.scan;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic of one partition from the time that is asked for, each time anew with a client of its own: a year of records is no
 * burden to Kafka and would be one to memory. Safe for use by many threads.
 */
public final class TopicScan<T extends SpecificRecord> {
    private static final Duration POLL = Duration.ofMillis(200);

    /** A record that can be read. */
    public record Entry<T>(long offset, String key, T value) {}

    private final Map<String, Object> config;
    private final AvroReader<T> reader;
    private final Duration patience;
    private final InstantSource clock;

    /**
     * @param topic one of those that are read; all have its schema
     * @param kafka client settings, at least bootstrap.servers
     * @param client name of the client
     * @param patience longest time a scan takes
     */
    public TopicScan(
            Topic<T> topic,
            Class<T> type,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String client,
            Duration patience,
            InstantSource clock) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        this.reader = new AvroReader<>(registry, type, topic.schema());
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Reads until the end that the topic has now, without what is none of ours: one bad record must not hide the others.
     *
     * @param from records that were written before are left out
     * @param visitor told each record in order; says whether to go on
     * @throws TopicUnreadableException if Kafka does not answer, or the end is not reached in time
     */
    public void read(String topic, Instant from, Predicate<Entry<T>> visitor) {
        Instant deadline = clock.instant().plus(patience);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, Math.max(0, from.toEpochMilli())))
                    .get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
            boolean goingOn = true;
            while (goingOn && consumer.position(partition) < end) {
                if (clock.instant().isAfter(deadline)) {
                    throw new TopicUnreadableException(
                            "not read to its end within " + patience.toSeconds() + " s; ask for a shorter time");
                }
                goingOn = visit(consumer.poll(POLL), visitor);
            }
        } catch (KafkaException e) {
            throw new TopicUnreadableException("Kafka does not answer: " + e.getMessage(), e);
        }
    }

    private boolean visit(Iterable<ConsumerRecord<String, byte[]>> records, Predicate<Entry<T>> visitor) {
        for (ConsumerRecord<String, byte[]> record : records) {
            T value;
            try {
                value = reader.read(record.value());
            } catch (UnreadableRecordException e) {
                continue;
            }
            if (!visitor.test(new Entry<>(record.offset(), record.key(), value))) {
                return false;
            }
        }
        return true;
    }
}
