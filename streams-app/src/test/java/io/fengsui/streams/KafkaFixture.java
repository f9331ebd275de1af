package io.fengsui.streams;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker with the city's topics and reference data. */
final class KafkaFixture implements AutoCloseable {
    static final int PARTITIONS = 3;

    final MockSchemaRegistryClient registry;
    final String bootstrapServers;
    private final KafkaConfig config;
    private KafkaRaftServer server;
    private final KafkaProducer<String, byte[]> producer;

    KafkaFixture(Path directory, MockSchemaRegistryClient registry) throws Exception {
        this.registry = registry;
        int port = freePort();
        bootstrapServers = "127.0.0.1:" + port;
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .run();
        config = new KafkaConfig(settings(directory, port, freePort()), false);
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void createTopics() throws InterruptedException {
        try (Admin admin = admin()) {
            new TopicAdmin(admin, registry, PARTITIONS, (short) 1).apply(Topics.all(City.UNITS, City.ROUTES), false);
        }
    }

    void publishReferenceData() throws Exception {
        for (var row : City.UNITS) {
            send(Topics.REF_UNIT, row.getUnitId(), row);
        }
        for (var row : City.SITES) {
            send(Topics.REF_SITE, row.getSiteId(), row);
        }
        for (var row : City.DEVICES) {
            send(Topics.REF_DEVICE, row.getDeviceId(), row);
        }
        for (var row : City.ROUTES) {
            send(Topics.REF_ROUTE, row.getFeed() + "|" + row.getSiteKind(), row);
        }
        for (var feed : Feeds.all()) {
            send(Topics.REF_RULE, feed.id(), City.shipped(feed));
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    <T extends SpecificRecord> void send(Topic<?> topic, String key, T value) throws Exception {
        byte[] bytes = new AvroWriter<T>(registry, value.getSchema()).write(topic.name(), value);
        sendBytes(topic.name(), null, key, bytes);
    }

    void sendBytes(String topic, Integer partition, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, value)).get(10, TimeUnit.SECONDS);
    }

    /** Without waiting, for many; {@link #flush} waits for all. */
    <T extends SpecificRecord> void sendLater(Topic<?> topic, String key, T value) {
        byte[] bytes = new AvroWriter<T>(registry, value.getSchema()).write(topic.name(), value);
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic.name(), key, bytes));
    }

    void flush() {
        producer.flush();
    }

    /** Records of the topics that a consumer group has not committed. */
    long lag(String group, List<String> topics) throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            admin.describeTopics(topics).allTopicNames().get().values().forEach(topic -> topic.partitions()
                    .forEach(
                            p -> partitions.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest())));
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (var end : admin.listOffsets(partitions).all().get().entrySet()) {
                OffsetAndMetadata done = committed.get(end.getKey());
                lag += end.getValue().offset() - (done == null ? 0 : done.offset());
            }
            return lag;
        }
    }

    /** All that is committed in a topic now. */
    <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        List<T> values = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(topic.name())) {
            values.add(reader.read(record.value()));
        }
        return values;
    }

    /** A reader of what is committed from now on. */
    KafkaConsumer<String, byte[]> follow(String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        consumer.position(partitions.get(0));
        return consumer;
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        // A consumer closes when the fetch under way has ended.
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed", "fetch.max.wait.ms", 10);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static Map<String, String> settings(Path directory, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("node.id", "1");
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put("allow.everyone.if.no.acl.found", "true");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("log.index.size.max.bytes", "65536");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void stopBroker() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Again, with all that was there. */
    void startBroker() {
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
    }

    @Override
    public void close() {
        producer.close();
        stopBroker();
    }
}
