package io.fengsui.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.serde.SchemaNotRegisteredException;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRecordSinkTest {
    private static final Pulse PULSE =
            new Pulse("bridge", "telemetry", Instant.parse("2026-11-23T00:00:00Z"), null, List.of());

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private String trouble = "";
    private final RecordWriters writers = new RecordWriters(registry);
    private final KafkaRecordSink sink =
            new KafkaRecordSink(this::producer, () -> trouble, writers, Map.of(Topics.PULSE.name(), 3));

    private MockProducer<String, byte[]> producer() {
        MockProducer<String, byte[]> made =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        producers.add(made);
        return made;
    }

    @BeforeEach
    void register() throws Exception {
        registry.register(Topics.PULSE.subject(), new AvroSchema(Pulse.getClassSchema()));
        assertThat(sink.reopen()).isEmpty();
    }

    @Test
    void shouldCompleteWhenKafkaHasTheRecord() {
        send();
        assertThat(outcomes).isEmpty();

        producers.get(0).completeNext();

        assertThat(outcomes).containsExactly("WRITTEN null");
        assertThat(producers.get(0).history().get(0).value()).startsWith(0, 0, 0, 0);
    }

    @Test
    void shouldGiveUpAllThatIsUnderWayWhenOneFails() {
        send();
        send();

        producers.get(0).errorNext(new TimeoutException("Expiring 1 record(s)"));

        assertThat(producers.get(0).closed()).isTrue();
        assertThat(outcomes.get(0)).startsWith("UNAVAILABLE ingest.pulse: Expiring");
        send();
        assertThat(outcomes).last().isEqualTo("UNAVAILABLE an earlier record could not be written");
    }

    @Test
    void shouldWorkAgainWithANewProducerOnceKafkaAnswers() {
        send();
        producers.get(0).errorNext(new TimeoutException("down"));
        trouble = "Kafka does not answer";
        assertThat(sink.reopen()).isEqualTo("Kafka does not answer");
        assertThat(producers).hasSize(1);

        trouble = "";
        assertThat(sink.reopen()).isEmpty();
        assertThat(sink.reopen()).isEmpty();
        send();
        producers.get(1).completeNext();

        assertThat(producers).hasSize(2);
        assertThat(outcomes).last().isEqualTo("WRITTEN null");
    }

    @Test
    void shouldKeepANewProducerWhenARecordOfAnOldOneFails() {
        send();
        send();
        producers.get(0).errorNext(new TimeoutException("down"));
        assertThat(sink.reopen()).isEmpty();

        producers.get(0).errorNext(new TimeoutException("down"));

        assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.startsWith("UNAVAILABLE"));
        assertThat(producers.get(1).closed()).isFalse();
    }

    @Test
    void shouldRemoveAKeyAndForgetAboutIt() {
        sink.remove(Topics.PARTIAL, "b-1");
        assertThat(producers.get(0).history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("ingest.partial");
            assertThat(record.key()).isEqualTo("b-1");
            assertThat(record.value()).isNull();
        });
        producers.get(0).errorNext(new TimeoutException("down"));

        assertThat(producers.get(0).closed()).isFalse();
    }

    @Test
    void shouldRefuseARecordThatIsTooLargeAndGoOn() {
        send();
        producers.get(0).errorNext(new RecordTooLargeException("3000000 bytes"));

        assertThat(outcomes).containsExactly("REFUSED 3000000 bytes");
        assertThat(producers.get(0).closed()).isFalse();
    }

    @Test
    void shouldFailTheRecordWhenSendThrows() {
        producers.get(0).sendException = new TimeoutException("no metadata");
        send();

        assertThat(outcomes).containsExactly("UNAVAILABLE ingest.pulse: no metadata");
    }

    /** Tried again it would stop everything behind it, for ever. */
    @Test
    void shouldGiveUpARecordThatIsNotOfItsSchemaAndGoOn() {
        sink.send(Topics.PULSE, "bridge", new Pulse(), (outcome, why) -> outcomes.add(outcome + " " + why));

        assertThat(outcomes).containsExactly("UNWRITABLE ingest.pulse: java.lang.NullPointerException");
        assertThat(producers.get(0).closed()).isFalse();
        send();
        producers.get(0).completeNext();
        assertThat(outcomes).last().isEqualTo("WRITTEN null");
    }

    /** Words of an encoder may quote the record, and what fails is logged. */
    @Test
    void shouldQuoteNothingWhenARecordCannotBeEncoded() {
        producers.get(0).sendException = new IllegalStateException("cannot write 张三");
        send();

        assertThat(outcomes).containsExactly("UNAVAILABLE ingest.pulse: java.lang.IllegalStateException");
    }

    @Test
    void shouldReachEachPartitionWhenBroadcasting() {
        sink.broadcast(Topics.PULSE, "bridge", PULSE);

        assertThat(producers.get(0).history()).extracting(r -> r.partition()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNameTheRemedyWhenASchemaIsMissing() {
        assertThatThrownBy(() -> writers.prepare(List.of(Topics.DEAD_LETTER)))
                .isInstanceOf(SchemaNotRegisteredException.class)
                .hasMessageContaining("fengsui topics apply");
    }

    private void send() {
        sink.send(Topics.PULSE, "bridge", PULSE, (outcome, why) -> outcomes.add(outcome + " " + why));
    }
}
