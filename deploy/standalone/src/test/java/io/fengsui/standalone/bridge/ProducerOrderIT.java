package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.ingest.IngestConfig;
import io.fengsui.ingest.kafka.KafkaRecordSink;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ingest.kafka.RecordWriters;
import io.fengsui.ops.Pulse;
import io.fengsui.platform.Settings;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.kafka.EmbeddedKafka;
import io.fengsui.standalone.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker refuses a record and takes the next that is on its way: whoever reads the topic must see the first one first. */
class ProducerOrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Long enough for a second request, if one may be on its way beside the first. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldWriteNothingBehindARecordThatWasRefused() throws Exception {
        Ports ports = Ports.free();
        int front = Ports.free(1)[0];
        registry.register(Topics.PULSE.subject(), new AvroSchema(Pulse.getClassSchema()));
        Map<String, Object> clients = Map.of("bootstrap.servers", ports.bootstrapServers());
        try (HeldProduceRequests network = new HeldProduceRequests(front, ports.kafka());
                EmbeddedKafka kafka = new EmbeddedKafka(directory, ports.kafka(), ports.controller(), front)) {
            kafka.start();
            try (Admin admin = Admin.create(clients);
                    KafkaRecordSink sink = sink(ports.bootstrapServers())) {
                // A record that is late by a millisecond is refused.
                admin.createTopics(List.of(new NewTopic(Topics.PULSE.name(), 1, (short) 1)
                                .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, "0"))))
                        .all()
                        .get();
                assertThat(sink.reopen()).isEmpty();

                send(sink, "first");
                await().atMost(PATIENCE).until(() -> network.arrived() == 1);
                send(sink, "second");
                awaitAtMost(ON_ITS_WAY, network);
                network.pass(1);
                await().atMost(PATIENCE).until(() -> !outcomes.isEmpty());
                assertThat(outcomes.get(0)).isEqualTo(Outcome.UNAVAILABLE);
                takeRecordsOfAnyTime(admin);
                network.pass(Integer.MAX_VALUE / 2);

                assertThat(sink.reopen()).isEmpty();
                outcomes.clear();
                send(sink, "first");
                send(sink, "second");
                await().atMost(PATIENCE).until(() -> outcomes.size() >= 2);
                assertThat(outcomes).doesNotContain(Outcome.REFUSED, Outcome.UNWRITABLE);
            }
            assertThat(read(clients)).containsExactly("first", "second");
        }
    }

    /** With the settings of a bridge. */
    private KafkaRecordSink sink(String bootstrapServers) {
        Map<String, Object> producer = IngestConfig.of(Settings.empty().with("bootstrap.servers", bootstrapServers))
                .producer();
        return new KafkaRecordSink(
                () -> new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()),
                () -> "",
                new RecordWriters(registry),
                Map.of());
    }

    private void send(KafkaRecordSink sink, String name) {
        Pulse pulse = new Pulse(name, "telemetry", Instant.EPOCH, null, List.of());
        sink.send(Topics.PULSE, "device", pulse, (outcome, why) -> outcomes.add(outcome));
    }

    private static void awaitAtMost(Duration time, HeldProduceRequests network) {
        long end = System.nanoTime() + time.toNanos();
        while (network.arrived() < 2 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void takeRecordsOfAnyTime(Admin admin) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PULSE.name());
        Collection<AlterConfigOp> change = List.of(new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)),
                AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(topic, change)).all().get();
    }

    /** As a reader who drops what comes again. */
    private List<String> read(Map<String, Object> clients) {
        AvroReader<Pulse> reader = new AvroReader<>(registry, Topics.PULSE.type(), Topics.PULSE.schema());
        TopicPartition partition = new TopicPartition(Topics.PULSE.name(), 0);
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clients, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(reader.read(record.value()).getBridge());
                }
            }
        }
        return read.stream().distinct().toList();
    }
}
