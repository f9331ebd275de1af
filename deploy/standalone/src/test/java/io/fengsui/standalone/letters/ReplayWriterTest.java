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
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayTransactions.Order;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayWriterTest {
    private static final Topic<?> FEED = Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR);
    private static final Order ORDER = new Order("li", "registered now", ARRIVED);

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ReplayWriter writer = new ReplayWriter(new ReplayTransactions(producer, registry));

    @BeforeEach
    void register() throws Exception {
        for (Topic<?> topic : List.of(FEED, Topics.DEAD_LETTER_REPLAY)) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        }
        producer.initTransactions();
    }

    @Test
    void shouldWriteEventAndAccountTogether() {
        writer.write(steps(dust(2, "m-2"), dust(3, "m-2")), ORDER, done -> {});

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(FEED.name(), Topics.DEAD_LETTER_REPLAY.name(), Topics.DEAD_LETTER_REPLAY.name());
        assertThat(producer.history().get(0).key()).isEqualTo("d-1");
        DeadLetterReplay first = account(1);
        assertThat(first.getLetter()).isEqualTo("feed.dead-letter/0/2");
        assertThat(first.getOutcome()).isEqualTo(ReplayOutcome.ACCEPTED);
        assertThat(first.getEventIds()).containsExactly("acme/d-1/m-2");
        assertThat(first.getActor()).isEqualTo("li");
        assertThat(first.getNote()).isEqualTo("registered now");
        assertThat(account(2).getOutcome()).isEqualTo(ReplayOutcome.DUPLICATE);
    }

    @Test
    void shouldNameTheFirstLetterThatWasNotWrittenAndWriteNothingBehindIt() {
        Letter[] letters =
                LongStream.range(0, 250).mapToObj(i -> dust(i, "m-" + i)).toArray(Letter[]::new);

        assertThatThrownBy(() -> writer.write(steps(letters), ORDER, done -> {
                    producer.commitTransactionException = done == 100 ? new TimeoutException("no answer") : null;
                }))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("feed.dead-letter/0/100 ")
                .hasMessageContaining("no answer");

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history()).hasSize(200);
    }

    private DeadLetterReplay account(int index) {
        return new AvroReader<>(registry, DeadLetterReplay.class, DeadLetterReplay.getClassSchema())
                .read(producer.history().get(index).value());
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
        return new ReplayPlan(readmission, new ReplayHistory(), false).of(List.of(letters));
    }
}
