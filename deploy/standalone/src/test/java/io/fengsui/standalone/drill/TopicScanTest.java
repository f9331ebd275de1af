package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicScanTest {
    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
    private static final Node BROKER = new Node(1, "localhost", 9092);

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final TopicScan scan;

    TopicScanTest() {
        for (Topic<?> topic : Topics.fixed()) {
            consumer.updatePartitions(
                    topic.name(), List.of(new PartitionInfo(topic.name(), 0, BROKER, new Node[0], new Node[0])));
            ends.put(new TopicPartition(topic.name(), 0), 0L);
        }
        consumer.updateBeginningOffsets(ends);
        consumer.updateEndOffsets(ends);
        scan = new TopicScan(consumer, registry, List.of(), List.of());
    }

    @Test
    void shouldBeAtTheEndOfEmptyTopics() {
        assertThat(scan.advance()).isFalse();
        assertThat(scan.atEnd()).isTrue();
    }

    @Test
    void shouldNotBeAtTheEndWhileSomethingIsUnread() throws Exception {
        ends.put(new TopicPartition(Topics.DEAD_LETTER.name(), 0), 2L);
        consumer.updateEndOffsets(ends);
        put(Topics.DEAD_LETTER, 0, letter());

        assertThat(scan.advance()).isTrue();

        assertThat(scan.atEnd()).isFalse();
    }

    @Test
    void shouldTellWhereARecordIsThatNobodyCanRead() {
        put(Topics.alertSignal(Realm.DRILL), 0, new byte[] {0, 0, 0, 0, 99, 1});
        put(Topics.alertState(Realm.LIVE), 0, new byte[] {7});
        put(Topics.ACCOUNT, 0, null);

        scan.advance();

        assertThat(scan.observations().unreadable())
                .hasSize(3)
                .anyMatch(where -> where.startsWith("drill.alert.signal-0@0: "))
                .anyMatch(where -> where.startsWith("alert.state-0@0: "))
                .anyMatch(where -> where.startsWith("ledger.account-0@0: "));
    }

    @Test
    void shouldTakeNoTombstoneOfAnAlertForADamagedOne() {
        put(Topics.alertState(Realm.LIVE), 0, null);

        scan.advance();

        assertThat(scan.observations().unreadable()).isEmpty();
    }

    @Test
    void shouldCountEveryCopyOfADeadLetter() throws Exception {
        put(Topics.DEAD_LETTER, 0, letter());
        put(Topics.DEAD_LETTER, 1, letter());

        scan.advance();

        assertThat(scan.observations().deadLetters(new Section(Feeds.GATEWAY.id(), Realm.DRILL)))
                .isEqualTo(2);
        assertThat(scan.observations().reasons()).containsExactly(Map.entry(Rejection.EMPTY.name(), 2));
    }

    private byte[] letter() throws Exception {
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(Rejection.EMPTY.name())
                .setDetail("")
                .setEventId("v/d/1")
                .setFeed(Feeds.GATEWAY.id())
                .setStage(DeadLetterStage.INGEST)
                .setStatus(EventStatus.TEST)
                .setReceivedAt(Instant.EPOCH)
                .setProcess("test")
                .build();
        registry.register(Topics.DEAD_LETTER.subject(), new AvroSchema(DeadLetter.getClassSchema()));
        return new AvroWriter<DeadLetter>(registry, DeadLetter.getClassSchema())
                .write(Topics.DEAD_LETTER.name(), letter);
    }

    private void put(Topic<?> topic, long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, offset, KEY, value));
    }
}
