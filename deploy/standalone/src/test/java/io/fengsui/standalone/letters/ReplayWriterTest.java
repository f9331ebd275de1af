package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.ARRIVED;
import static io.fengsui.standalone.letters.SampleLetters.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.EventSearch.Finding;
import io.fengsui.standalone.letters.ReplayPlan.Settle;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Unknown;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayWriterTest {
    private static final Topic<?> FEED = Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR);

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final MockProducer<String, byte[]> accounts =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final MockProducer<String, byte[]> events = new MockProducer<>(
            cluster(), true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final MockConsumer<byte[], byte[]> offsets = new MockConsumer<>("earliest");
    private final ReplayWriter writer = new ReplayWriter(
            new ReplayTransactions(accounts, registry),
            new EventSender(events, offsets, registry, () -> ARRIVED),
            () -> ARRIVED);

    @BeforeEach
    void register() throws Exception {
        for (Topic<?> topic : List.of(FEED, Topics.DEAD_LETTER_REPLAY)) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        }
        accounts.initTransactions();
        offsets.updateEndOffsets(Map.of(
                new TopicPartition(FEED.name(), 0), 40L,
                new TopicPartition(FEED.name(), 1), 41L,
                new TopicPartition(FEED.name(), 2), 42L));
    }

    @Test
    void shouldTellWhatIsAboutToBeWrittenThenWriteItThenTellThatItIsThere() {
        writer.write(steps(dust(2, "m-2"), dust(3, "m-2")), "li", "registered now", done -> {});

        assertThat(events.history()).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo(FEED.name());
            assertThat(event.key()).isEqualTo("d-1");
        });
        assertThat(accounts.commitCount()).isEqualTo(2);
        assertThat(accounts.history())
                .extracting(ProducerRecord::topic)
                .containsOnly(Topics.DEAD_LETTER_REPLAY.name())
                .hasSize(3);
        DeadLetterReplay sending = account(0);
        assertThat(sending.getOutcome()).isEqualTo(ReplayOutcome.SENDING);
        assertThat(sending.getEventIds()).containsExactly("acme/d-1/m-2");
        int partition = events.history().get(0).partition();
        assertThat(sending.getEventsFrom()).containsExactly(FEED.name() + "/" + partition + "/" + (40 + partition));
        assertThat(account(1).getOutcome()).isEqualTo(ReplayOutcome.DUPLICATE);
        DeadLetterReplay accepted = account(2);
        assertThat(accepted.getLetter()).isEqualTo("feed.dead-letter/0/2");
        assertThat(accepted.getOutcome()).isEqualTo(ReplayOutcome.ACCEPTED);
        assertThat(accepted.getEventIds()).containsExactly("acme/d-1/m-2");
        assertThat(accepted.getActor()).isEqualTo("li");
        assertThat(accepted.getNote()).isEqualTo("registered now");
        assertThat(accepted.getEventsFrom()).isEmpty();
    }

    @Test
    void shouldWriteNoEventThatIsThereAlready() {
        Letter letter = dust(2, "m-2");
        DeadLetterReplay sending = SampleLetters.replayed(letter, ReplayOutcome.SENDING, "acme/d-1/m-2");

        writer.write(
                List.of(new Settle(letter, sending), new Unknown(dust(3, "m-3"), sending)), "li", null, done -> {});

        assertThat(events.history()).isEmpty();
        assertThat(accounts.history()).hasSize(1);
        assertThat(account(0).getOutcome()).isEqualTo(ReplayOutcome.ACCEPTED);
        assertThat(account(0).getEventIds()).containsExactly("acme/d-1/m-2");
    }

    @Test
    void shouldNameTheFirstLetterThatWasNotWrittenAndWriteNothingBehindIt() {
        assertThatThrownBy(() -> writer.write(many(), "li", null, done -> {
                    accounts.commitTransactionException = done == 100 ? new TimeoutException("no answer") : null;
                }))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("feed.dead-letter/0/100 may not have been replayed")
                .hasMessageContaining("no answer");

        assertThat(accounts.commitCount()).isEqualTo(2);
        assertThat(events.history()).hasSize(100);
    }

    @Test
    void shouldNotTellThatAnEventIsThereThatKafkaDidNotTake() {
        MockProducer<String, byte[]> refusing =
                new MockProducer<>(
                        cluster(),
                        true,
                        new RoundRobinPartitioner(),
                        new StringSerializer(),
                        new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> event) {
                        return CompletableFuture.failedFuture(new NotLeaderOrFollowerException("moved"));
                    }
                };
        ReplayWriter refused = new ReplayWriter(
                new ReplayTransactions(accounts, registry),
                new EventSender(refusing, offsets, registry, () -> ARRIVED),
                () -> ARRIVED);

        assertThatThrownBy(() -> refused.write(many(), "li", null, done -> {}))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("feed.dead-letter/0/0 may not have been replayed")
                .hasMessageContaining("moved");

        assertThat(accounts.commitCount()).isEqualTo(1);
        assertThat(account(0).getOutcome()).isEqualTo(ReplayOutcome.SENDING);
    }

    @Test
    void shouldSendNoEventThatNobodyWouldLookForAnyMore() {
        Iterator<Instant> clock = List.of(ARRIVED, ARRIVED.plusSeconds(19), ARRIVED.plusSeconds(21))
                .iterator();
        ReplayWriter late = new ReplayWriter(
                new ReplayTransactions(accounts, registry),
                new EventSender(events, offsets, registry, clock::next),
                clock::next);

        assertThatThrownBy(() -> late.write(many(), "li", null, done -> {}))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("took too long");

        assertThat(events.history()).hasSize(1);
        assertThat(accounts.commitCount()).isEqualTo(1);
    }

    private List<Step> many() {
        return steps(LongStream.range(0, 250).mapToObj(i -> dust(i, "m-" + i)).toArray(Letter[]::new));
    }

    private static Cluster cluster() {
        Node node = new Node(0, "127.0.0.1", 1);
        return new Cluster(
                "c",
                List.of(node),
                IntStream.range(0, 3)
                        .mapToObj(i -> new PartitionInfo(FEED.name(), i, node, new Node[0], new Node[0]))
                        .toList(),
                Set.of(),
                Set.of());
    }

    private DeadLetterReplay account(int index) {
        return new AvroReader<>(registry, DeadLetterReplay.class, DeadLetterReplay.getClassSchema())
                .read(accounts.history().get(index).value());
    }

    private List<Step> steps(Letter... letters) {
        Device device = Device.newBuilder()
                .setDeviceId("d-1")
                .setVendor("acme")
                .setFeed("dust-sensor")
                .setType("other")
                .setName("Sample")
                .build();
        Readmission readmission = new Readmission(Map.of("d-1", device), Decoders.standard(), registry);
        return new ReplayPlan(readmission, new ReplayHistory(), (id, sending) -> Finding.ABSENT, false)
                .of(List.of(letters));
    }
}
