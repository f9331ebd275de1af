package io.fengsui.alerting.figures;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.scan.TopicScan;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code alert.account} from the time that is asked for to its end: an account is written when its occurrence ends, or
 * later, and never before it began. In memory stand those of that time alone. Safe for use by many threads.
 */
public final class KafkaAccounts implements AccountSource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TopicScan<AlertAccount> scan;

    private record Key(String alertId, Instant startedAt) {}

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaAccounts(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.scan = new TopicScan<>(
                Topics.ALERT_ACCOUNT, AlertAccount.class, kafka, registry, owner + "-accounts", PATIENCE, clock);
    }

    @Override
    public List<AlertAccount> begunIn(Instant from, Instant to) {
        Map<Key, AlertAccount> last = new LinkedHashMap<>();
        scan.read(Topics.ALERT_ACCOUNT.name(), from, entry -> {
            AlertAccount account = entry.value();
            if (!account.getStartedAt().isBefore(from) && account.getStartedAt().isBefore(to)) {
                last.put(new Key(account.getAlertId(), account.getStartedAt()), account);
            }
            return true;
        });
        return List.copyOf(last.values());
    }
}
