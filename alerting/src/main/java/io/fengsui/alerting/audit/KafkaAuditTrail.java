package io.fengsui.alerting.audit;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ops.audit} from the time that is asked for, each time anew: a year of acts is no burden to Kafka and would be one
 * to memory. One search at a time; safe for use by many threads.
 */
public final class KafkaAuditTrail implements AuditTrail {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIT.name(), 0);

    private final Map<String, Object> config;
    private final AvroReader<AuditEntry> reader;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAuditTrail(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, owner + "-audit-trail");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        this.reader = new AvroReader<>(registry, AuditEntry.class, AuditEntry.getClassSchema());
        this.clock = clock;
    }

    @Override
    public Found search(Query query, int most) {
        if (!one.tryAcquire()) {
            throw new AuditUnreadableException("another search is under way", new IllegalStateException("busy"));
        }
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            return search(consumer, query, most);
        } catch (KafkaException e) {
            throw new AuditUnreadableException("Kafka does not answer: " + e.getMessage(), e);
        } finally {
            one.release();
        }
    }

    private Found search(KafkaConsumer<String, byte[]> consumer, Query query, int most) {
        Instant deadline = clock.instant().plus(PATIENCE);
        consumer.assign(List.of(PARTITION));
        long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        OffsetAndTimestamp first = consumer.offsetsForTimes(
                        Map.of(PARTITION, Math.max(0, query.from().toEpochMilli())))
                .get(PARTITION);
        consumer.seek(PARTITION, first == null ? end : first.offset());
        Deque<AuditEntry> newest = new ArrayDeque<>();
        boolean more = false;
        while (consumer.position(PARTITION) < end) {
            if (clock.instant().isAfter(deadline)) {
                throw new AuditUnreadableException(
                        "not read to its end within " + PATIENCE.toSeconds() + " s; ask for a shorter time",
                        new IllegalStateException("slow"));
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                AuditEntry entry = entry(record.value());
                if (entry != null && query.matches(entry)) {
                    newest.addLast(entry);
                    if (newest.size() > most) {
                        newest.removeFirst();
                        more = true;
                    }
                }
            }
        }
        List<AuditEntry> entries = new ArrayList<>(newest);
        Collections.reverse(entries);
        return new Found(entries, more);
    }

    /** Nothing for what is none of ours: one bad record must not hide a year. */
    private @Nullable AuditEntry entry(byte[] value) {
        try {
            return reader.read(value);
        } catch (UnreadableRecordException e) {
            return null;
        }
    }
}
