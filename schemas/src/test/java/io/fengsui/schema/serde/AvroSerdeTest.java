package io.fengsui.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
    private static final String TOPIC = Topics.PULSE.name();
    private static final Pulse PULSE = Pulse.newBuilder()
            .setBridge("b")
            .setLane("life-safety")
            .setSentAt(Instant.ofEpochMilli(64))
            .build();

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerde<Pulse> serde = AvroSerde.of(registry, Topics.PULSE);

    @Test
    void shouldWriteMagicByteSchemaIdAndAvroBinary() throws Exception {
        int id = registerPulse();

        byte[] bytes = serde.serializer().serialize(TOPIC, PULSE);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(0);
        expected.write(ByteBuffer.allocate(4).putInt(id).array());
        expected.write(new byte[] {2, 'b'});
        expected.write(new byte[] {22, 'l', 'i', 'f', 'e', '-', 's', 'a', 'f', 'e', 't', 'y'});
        expected.write(new byte[] {(byte) 0x80, 1});
        // No slot, and a list of none.
        expected.write(new byte[] {0, 0});
        assertThat(bytes).isEqualTo(expected.toByteArray());
    }

    @Test
    void shouldWriteNothingOfARecordThatFailed() throws Exception {
        registerPulse();
        byte[] before = serde.serializer().serialize(TOPIC, PULSE);
        Pulse broken = new Pulse("half", null, PULSE.getSentAt(), null, List.of());

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, broken)).isInstanceOf(NullPointerException.class);

        assertThat(serde.serializer().serialize(TOPIC, PULSE)).isEqualTo(before);
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        registerPulse();

        byte[] bytes = serde.serializer().serialize(TOPIC, PULSE);

        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(PULSE);
    }

    @Test
    void shouldKeepNullAsTombstone() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadWhenWrittenByANewerSchema() throws Exception {
        Schema newer =
                pulseWith(new Schema.Field("session", SchemaBuilder.builder().stringType(), "new", ""));
        int id = registry.register(Topics.PULSE.subject(), new AvroSchema(newer));
        GenericRecord record = new GenericRecordBuilder(newer)
                .set("bridge", "b")
                .set("lane", "life-safety")
                .set("sentAt", 64L)
                .set("session", "s-1")
                .build();

        assertThat(reader().read(wire(id, newer, record))).isEqualTo(PULSE);
    }

    @Test
    void shouldRefuseWhenThereIsNoValue() {
        assertUnreadable(null, Rejection.NULL_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000001", "0100000001", "7b226964223a317d"})
    void shouldRefuseWhenBytesAreNotInTheWireFormat(String hex) {
        assertUnreadable(HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0"), Rejection.NOT_AVRO);
    }

    @Test
    void shouldRefuseWhenTheSchemaIdIsUnknown() {
        AvroReader<Pulse> reader = new AvroReader<>(answering(404), Pulse.class, Pulse.getClassSchema());

        assertThatThrownBy(() -> reader.read(new byte[] {0, 0, 0, 0, 99, 1}))
                .isInstanceOfSatisfying(UnreadableRecordException.class, e -> assertThat(e.reason())
                        .isEqualTo(Rejection.UNKNOWN_SCHEMA_ID))
                .hasMessageContaining("99");
    }

    @Test
    void shouldRefuseWhenTheSchemaIsOfAnotherRecord() throws Exception {
        int id = registry.register("other-value", new AvroSchema(Topics.ACCOUNT.schema()));

        assertUnreadable(ByteBuffer.allocate(6).put((byte) 0).putInt(id).array(), Rejection.NOT_AVRO);
    }

    @Test
    void shouldRefuseWhenTheRecordIsCutShort() throws Exception {
        registerPulse();
        byte[] bytes = serde.serializer().serialize(TOPIC, PULSE);

        for (int length = 5; length < bytes.length; length++) {
            assertUnreadable(Arrays.copyOf(bytes, length), Rejection.NOT_AVRO);
        }
    }

    @Test
    void shouldRefuseWhenBytesAreLeftOver() throws Exception {
        registerPulse();
        byte[] bytes = serde.serializer().serialize(TOPIC, PULSE);

        assertUnreadable(Arrays.copyOf(bytes, bytes.length + 1), Rejection.NOT_AVRO);
    }

    @Test
    void shouldNameTheRemedyWhenTheSchemaIsNotRegistered() {
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, PULSE))
                .isInstanceOf(SchemaNotRegisteredException.class)
                .hasMessageContaining(Topics.PULSE.subject())
                .hasMessageContaining("fengsui topics apply");
    }

    @Test
    void shouldAskForAnotherTryWhenTheRegistryDoesNotAnswer() {
        Map<String, String> nowhere = Map.of(SchemaRegistry.URL, "http://127.0.0.1:1");
        AvroSerde<Pulse> cutOff = AvroSerde.of(SchemaRegistry.connect(nowhere), Topics.PULSE);

        assertThatThrownBy(() -> cutOff.serializer().serialize(TOPIC, PULSE))
                .isInstanceOf(RegistryUnavailableException.class)
                .isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> cutOff.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldAskForAnotherTryWhenTheRegistryFails() {
        AvroReader<Pulse> reader = new AvroReader<>(answering(500), Pulse.class, Pulse.getClassSchema());

        assertThatThrownBy(() -> reader.read(new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldNameTheSettingsWhenTheRegistryDoesNotAdmitUs() {
        for (int status : new int[] {401, 403}) {
            assertThatThrownBy(() -> writer(status).schemaId(TOPIC))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("basic.auth.user.info");
            assertThatThrownBy(() -> new AvroReader<>(answering(status), Pulse.class, Pulse.getClassSchema())
                            .read(new byte[] {0, 0, 0, 0, 1, 2}))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("basic.auth.user.info");
        }
    }

    @Test
    void shouldSayNotRegisteredOnlyWhenTheRegistrySaysNotFound() {
        assertThatThrownBy(() -> writer(404).schemaId(TOPIC)).isInstanceOf(SchemaNotRegisteredException.class);
        for (int status : new int[] {400, 408, 429, 500, 503}) {
            assertThatThrownBy(() -> writer(status).schemaId(TOPIC))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(Integer.toString(status));
        }
    }

    @Test
    void shouldLookUpOnceWhenManyTopicsShareASchema() throws Exception {
        List<String> asked = new ArrayList<>();
        SchemaRegistryClient counting = new MockSchemaRegistryClient() {
            @Override
            public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
                asked.add(subject);
                return super.getId(subject, schema);
            }
        };
        for (String topic : List.of("a", "b", "c")) {
            counting.register(topic + "-value", new AvroSchema(Pulse.getClassSchema()));
        }
        AvroWriter<Pulse> writer = new AvroWriter<>(counting, Pulse.getClassSchema());

        assertThat(writer.prepare(List.of("a", "b", "unregistered", "c"))).containsExactlyInAnyOrder("a", "b", "c");

        assertThat(asked).containsExactly("a-value", "unregistered-value");
        assertThat(writer.schemaId("c")).isEqualTo(writer.schemaId("a"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldRecoverWhenTheRegistryIsBack() throws Exception {
        int id = registerPulse();
        byte[] bytes = serde.serializer().serialize(TOPIC, PULSE);
        boolean[] down = {true};
        SchemaRegistryClient flapping = new MockSchemaRegistryClient() {
            @Override
            public ParsedSchema getSchemaById(int asked) throws IOException, RestClientException {
                if (down[0]) {
                    throw new IOException("down");
                }
                return registry.getSchemaById(asked);
            }
        };
        AvroReader<Pulse> reader = new AvroReader<>(flapping, Pulse.class, Pulse.getClassSchema());
        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(RegistryUnavailableException.class);

        down[0] = false;

        assertThat(id).isPositive();
        assertThat(reader.read(bytes)).isEqualTo(PULSE);
    }

    private int registerPulse() throws IOException, RestClientException {
        return registry.register(Topics.PULSE.subject(), new AvroSchema(Pulse.getClassSchema()));
    }

    private AvroReader<Pulse> reader() {
        return new AvroReader<>(registry, Pulse.class, Pulse.getClassSchema());
    }

    private void assertUnreadable(byte[] bytes, Rejection reason) {
        assertThatThrownBy(() -> reader().read(bytes))
                .isInstanceOfSatisfying(UnreadableRecordException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }

    private static AvroWriter<Pulse> writer(int status) {
        return new AvroWriter<>(answering(status), Pulse.getClassSchema());
    }

    private static SchemaRegistryClient answering(int status) {
        return new MockSchemaRegistryClient() {
            @Override
            public int getId(String subject, ParsedSchema schema) throws RestClientException {
                throw new RestClientException("as told", status, status * 100);
            }

            @Override
            public ParsedSchema getSchemaById(int id) throws RestClientException {
                throw new RestClientException("as told", status, status * 100);
            }
        };
    }

    private static Schema pulseWith(Schema.Field field) {
        Schema pulse = Pulse.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        pulse.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
        fields.add(field);
        return Schema.createRecord(pulse.getName(), pulse.getDoc(), pulse.getNamespace(), false, fields);
    }

    private static byte[] wire(int id, Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
