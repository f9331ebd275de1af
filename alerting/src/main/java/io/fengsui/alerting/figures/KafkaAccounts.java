package io.fengsui.alerting.figures;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertAccount;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads {@code alert.account} from the time that is asked for to its end: an account is written when its occurrence ends, or
 * later, and never before it began. In memory stand those of that time alone. For one thread at a time.
 */
public final class KafkaAccounts implements AccountSource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.ALERT_ACCOUNT.name(), 0);

    private final Map<String, Object> config;
    private final AvroReader<AlertAccount> reader;
    private final InstantSource clock;

    private record Key(String alertId, Instant startedAt) {}

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAccounts(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, owner + "-accounts");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        this.reader = new AvroReader<>(registry, AlertAccount.class, AlertAccount.getClassSchema());
        this.clock = clock;
    }

    @Override
    public List<AlertAccount> begunIn(Instant from, Instant to) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, from, to);
        } catch (KafkaException e) {
            throw new AccountsUnreadableException("Kafka does not answer: " + e.getMessage(), e);
        }
    }

    private List<AlertAccount> read(KafkaConsumer<String, byte[]> consumer, Instant from, Instant to) {
        Instant deadline = clock.instant().plus(PATIENCE);
        consumer.assign(List.of(PARTITION));
        long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(PARTITION, Math.max(0, from.toEpochMilli())))
                .get(PARTITION);
        consumer.seek(PARTITION, first == null ? end : first.offset());
        Map<Key, AlertAccount> last = new LinkedHashMap<>();
        while (consumer.position(PARTITION) < end) {
            if (clock.instant().isAfter(deadline)) {
                throw new AccountsUnreadableException(
                        "not read to the end within " + PATIENCE.toSeconds() + " s", new IllegalStateException("slow"));
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                account(record.value())
                        .filter(account -> !account.getStartedAt().isBefore(from)
                                && account.getStartedAt().isBefore(to))
                        .ifPresent(account -> last.put(new Key(account.getAlertId(), account.getStartedAt()), account));
            }
        }
        return List.copyOf(last.values());
    }

    /** Nothing for what is none of ours: one bad record must not hide a month. */
    private Optional<AlertAccount> account(byte[] value) {
        try {
            return Optional.of(reader.read(value));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }
}
