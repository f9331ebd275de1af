package io.fengsui.standalone.bench;

import io.fengsui.ops.Account;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the ledger says of all messages, as it stands committed: each is in one of these. */
record LedgerSum(long routed, long deadLettered, long unrouted, long duplicates) {
    private static final Duration POLL = Duration.ofMillis(200);

    long accounted() {
        return routed + deadLettered + unrouted + duplicates;
    }

    static LedgerSum read(Standalone standalone) {
        AvroReader<Account> reader =
                new AvroReader<>(SchemaRegistry.connect(standalone.clients()), Account.class, Account.getClassSchema());
        Map<String, Object> config = new HashMap<>(standalone.clients());
        config.put("isolation.level", "read_committed");
        Map<String, Account> newest = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition ledger = new TopicPartition(Topics.ACCOUNT.name(), 0);
            consumer.assign(List.of(ledger));
            consumer.seekToBeginning(List.of(ledger));
            long end = consumer.endOffsets(List.of(ledger)).getOrDefault(ledger, 0L);
            while (consumer.position(ledger) < end) {
                consumer.poll(POLL).forEach(record -> newest.put(record.key(), reader.read(record.value())));
            }
        }
        return new LedgerSum(
                newest.values().stream().mapToLong(Account::getRouted).sum(),
                newest.values().stream().mapToLong(Account::getDeadLettered).sum(),
                newest.values().stream().mapToLong(Account::getUnrouted).sum(),
                newest.values().stream().mapToLong(Account::getDuplicates).sum());
    }
}
