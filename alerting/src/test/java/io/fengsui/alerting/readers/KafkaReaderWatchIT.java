package io.fengsui.alerting.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SignalAction;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.KafkaRecordFinder;
import io.fengsui.alerting.board.ReadersView;
import io.fengsui.alerting.board.RecordFinder;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform's consumer group on a real broker, whose clock is ours and moved on. */
@Timeout(90)
class KafkaReaderWatchIT {
    private static final Topic<Alert> TOPIC = Topics.townshipAlert(Realm.LIVE, "zhangpu");
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC.name(), 0);

    @TempDir
    static Path directory;

    private static TestKafka kafka;

    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    @BeforeAll
    static void start() throws Exception {
        kafka = new TestKafka(directory);
        kafka.create(Topics.fixed());
        kafka.create(List.of(TOPIC));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldSayInAlertSignalThatAPlatformStoppedAndThatItReadsAgain() throws Exception {
        Alert first = AlertLifecycle.apply(null, Samples.raise(Samples.T0).build(), Plans.plan(), Samples.T0)
                .changed()
                .orElseThrow();
        for (int revision = 1; revision <= 3; revision++) {
            kafka.send(
                    TOPIC,
                    first.getAlertId(),
                    Alert.newBuilder(first).setRevision(revision).build());
        }
        AlertBoard board = AlertBoard.standing(Plans.plan());
        try (Admin admin = Admin.create(settings());
                SignalLog log = new KafkaSignalLog(settings(), kafka.registry, "test");
                ReadersView readers = new ReadersView(settings(), "test", Duration.ofMinutes(10), clock)) {
            readers.listen(new ReaderWatch(
                    Duration.ofMinutes(10), board, ReferenceNames.of(List.of(zhangpu())), log, () -> true, () -> true));
            commit(admin, 1);
            for (int reading = 0; reading < 15; reading++) {
                readers.poll();
                ahead = ahead.plusSeconds(50);
            }
            readers.poll();
            assertThat(readers.reading().orElseThrow().receipts())
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.alertsRead()).isEqualTo(1));
            await().untilAsserted(() -> assertThat(signals()).isNotEmpty());
            AlertSignal raised = signals().get(0);
            assertThat(raised.getAction()).isEqualTo(SignalAction.RAISE);
            assertThat(raised.getAlertId()).isEqualTo("reader-silent@zhangpu:zhangpu-platform");
            board.accept(
                    Realm.LIVE,
                    raised.getAlertId(),
                    AlertLifecycle.apply(null, raised, Plans.plan(), clock.instant())
                            .changed()
                            .orElseThrow());

            commit(admin, 3);
            readers.poll();
            await().untilAsserted(() -> assertThat(signals())
                    .extracting(AlertSignal::getAction)
                    .endsWith(SignalAction.CLEAR)
                    .startsWith(SignalAction.RAISE));
        }
    }

    @Test
    void shouldFindWhereARevisionStands() throws Exception {
        Topic<Alert> topic = Topics.cityAlert(Realm.LIVE, "fire");
        kafka.create(List.of(topic));
        Alert alert = AlertLifecycle.apply(null, Samples.raise(Samples.T0).build(), Plans.plan(), Samples.T0)
                .changed()
                .orElseThrow();
        for (int revision = 1; revision <= 4; revision++) {
            kafka.send(
                    topic,
                    alert.getAlertId(),
                    Alert.newBuilder(alert).setRevision(revision).build());
        }
        RecordFinder finder = new KafkaRecordFinder(settings(), kafka.registry, "test", clock);
        Instant from = Instant.now().minusSeconds(600);
        assertThat(finder.find(topic.name(), alert.getAlertId(), 3, from)).isEqualTo(OptionalLong.of(2));
        assertThat(finder.find(topic.name(), alert.getAlertId(), 9, from)).isEmpty();
        assertThat(finder.find(topic.name(), "other", 3, from)).isEmpty();
        assertThat(finder.find(
                        topic.name(), alert.getAlertId(), 3, Instant.now().plusSeconds(60)))
                .isEmpty();
    }

    private static void commit(Admin admin, long offset) throws Exception {
        admin.alterConsumerGroupOffsets("zhangpu-platform", Map.of(PARTITION, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static List<AlertSignal> signals() throws Exception {
        List<AlertSignal> all = new ArrayList<>();
        Topic<AlertSignal> topic = Topics.alertSignal(Realm.LIVE);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> all.add(AvroSerde.of(kafka.registry, topic)
                                .deserializer()
                                .deserialize(topic.name(), record.value())));
            }
        }
        return all;
    }

    private static Unit zhangpu() {
        return Unit.newBuilder()
                .setUnitId("zhangpu")
                .setKind(UnitKind.TOWNSHIP)
                .setNameZh("张浦镇")
                .setNameEn("Zhangpu Town")
                .build();
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers);
    }
}
