package io.fengsui.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.ops.Pulse;
import io.fengsui.platform.StartException;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.serde.SchemaNotRegisteredException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.process.Ports;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serde against a real registry. */
class RegistryProcessIT {
    private static final Pulse PULSE = Pulse.newBuilder()
            .setBridge("b")
            .setLane("telemetry")
            .setSentAt(Instant.ofEpochMilli(1))
            .build();

    @TempDir
    private Path directory;

    @Test
    void shouldKeepSchemaIdsOverARestartAndRefuseWhatIsIncompatible() throws Exception {
        int port = Ports.free(1)[0];
        byte[] written;
        try (RegistryProcess registry = new RegistryProcess(Home.locate().registry(), directory, port)) {
            registry.start();
            SchemaRegistryClient client = client(port);
            AvroSerde<Pulse> serde = AvroSerde.of(client, Topics.PULSE);
            assertThatThrownBy(() -> serde.serializer().serialize(Topics.PULSE.name(), PULSE))
                    .isInstanceOf(SchemaNotRegisteredException.class);
            client.register(Topics.PULSE.subject(), new AvroSchema(Pulse.getClassSchema()));
            client.updateCompatibility(Topics.PULSE.subject(), Topics.PULSE.compatibility());
            written = serde.serializer().serialize(Topics.PULSE.name(), PULSE);
            assertThatThrownBy(() -> client.register(Topics.PULSE.subject(), incompatible()))
                    .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getStatus())
                            .isEqualTo(409));
            assertThatThrownBy(() -> reader(client).read(new byte[] {0, 0, 1, 0, 0, 1}))
                    .isInstanceOfSatisfying(UnreadableRecordException.class, e -> assertThat(e.reason())
                            .isEqualTo(Rejection.UNKNOWN_SCHEMA_ID));
        }
        assertThatThrownBy(() -> reader(client(port)).read(written)).isInstanceOf(RegistryUnavailableException.class);

        try (RegistryProcess registry = new RegistryProcess(Home.locate().registry(), directory, port)) {
            registry.start();

            assertThat(reader(client(port)).read(written)).isEqualTo(PULSE);
            assertThat(new AvroWriter<Pulse>(client(port), Pulse.getClassSchema()).write(Topics.PULSE.name(), PULSE))
                    .isEqualTo(written);
        }
    }

    @Test
    void shouldNameTheRemedyWhenTheBuildHasNotUnpackedIt() {
        assertThatThrownBy(() -> new RegistryProcess(directory.resolve("nowhere"), directory, 1))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("mvn package");
    }

    private static AvroSchema incompatible() {
        return new AvroSchema(SchemaBuilder.record("Pulse")
                .namespace("io.fengsui.ops")
                .fields()
                .requiredLong("bridge")
                .endRecord());
    }

    private static AvroReader<Pulse> reader(SchemaRegistryClient client) {
        return new AvroReader<>(client, Pulse.class, Pulse.getClassSchema());
    }

    private static SchemaRegistryClient client(int port) {
        return SchemaRegistry.connect(Map.of(SchemaRegistry.URL, "http://127.0.0.1:" + port + "/apis/ccompat/v7"));
    }
}
