package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic of alerts from a time on until the revision comes. For one thread at a time. */
public final class KafkaRecordFinder implements RecordFinder {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> config;
    private final AvroReader<Alert> reader;
    private final InstantSource clock;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaRecordFinder(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, owner + "-withdrawals");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        this.reader = new AvroReader<>(registry, Alert.class, Alert.getClassSchema());
        this.clock = clock;
    }

    @Override
    public OptionalLong find(String topic, String alertId, int revision, Instant from) {
        Instant deadline = clock.instant().plus(PATIENCE);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, Math.max(0, from.toEpochMilli())))
                    .get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
            while (consumer.position(partition) < end && clock.instant().isBefore(deadline)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (alertId.equals(record.key()) && revision == revision(record.value())) {
                        return OptionalLong.of(record.offset());
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    private int revision(byte[] value) {
        try {
            return reader.read(value).getRevision();
        } catch (UnreadableRecordException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        // Each search has a client of its own.
    }
}
