package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.scan.TopicScan;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Reads a topic of alerts from a time on until the revision comes. Safe for use by many threads. */
public final class KafkaRecordFinder implements RecordFinder {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TopicScan<Alert> scan;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaRecordFinder(Map<String, ?> kafka, SchemaRegistryClient registry, String owner, InstantSource clock) {
        this.scan = new TopicScan<>(
                Topics.alertState(Realm.LIVE), Alert.class, kafka, registry, owner + "-withdrawals", PATIENCE, clock);
    }

    @Override
    public OptionalLong find(String topic, String alertId, int revision, Instant from) {
        LongStream.Builder found = LongStream.builder();
        scan.read(topic, from, entry -> {
            boolean wanted =
                    alertId.equals(entry.key()) && revision == entry.value().getRevision();
            if (wanted) {
                found.add(entry.offset());
            }
            return !wanted;
        });
        return found.build().findFirst();
    }
}
