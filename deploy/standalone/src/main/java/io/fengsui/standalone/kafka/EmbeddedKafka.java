package io.fengsui.standalone.kafka;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker and its controller (KRaft) in this JVM. The directory is formatted once and kept: what was written
 * is there after a restart or a crash.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final String HOST = "127.0.0.1";

    /** As the topics ask for themselves: a dead letter carries a whole oversized message, and its own fields. */
    private static final int MAX_MESSAGE_BYTES = 2 * 1_024 * 1_024;

    /** Kafka writes it when it stops in order, and takes it away when it starts. */
    private static final String CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final int advertisedPort;
    private @Nullable KafkaRaftServer server;

    public EmbeddedKafka(Path directory, int port, int controllerPort) {
        this(directory, port, controllerPort, port);
    }

    /** @param advertisedPort where clients are told to connect: at a proxy in front of it */
    public EmbeddedKafka(Path directory, int port, int controllerPort, int advertisedPort) {
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
        this.advertisedPort = advertisedPort;
    }

    /** Returns when the broker takes requests. */
    public synchronized void start() throws InterruptedException {
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format();
        } else if (!Files.exists(directory.resolve(CLEAN_SHUTDOWN_FILE))) {
            FormerBroker.retire(settings(), HOST + ":" + controllerPort);
        }
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw new StartException(
                    "Kafka cannot start on " + HOST + ":" + port + " with data in " + directory + ": " + e.getMessage(),
                    e);
        }
        server = starting;
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public synchronized void close() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    private void format() {
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be made: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new StartException(directory + ": Kafka cannot format it: " + e.getMessage(), e);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + advertisedPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.putAll(singleNode());
        settings.putAll(small());
        settings.putAll(quick());
        return settings;
    }

    /** One replica of everything, and few partitions of the topics that Kafka keeps for itself. */
    private static Map<String, String> singleNode() {
        return Map.of(
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1");
    }

    /** Sized for some hundred small partitions beside other tenants of the JVM. Indexes are files of full size. */
    private static Map<String, String> small() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "2",
                "log.cleaner.threads", "1",
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
                "log.segment.bytes", Integer.toString(64 << 20),
                "log.index.size.max.bytes", Integer.toString(256 << 10));
    }

    /** A client that was killed is noticed, and its transaction given up, within seconds. */
    private static Map<String, String> quick() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                // Nobody can take over from a single broker; a pause must not make it lose its partitions for a moment.
                "broker.session.timeout.ms", "60000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }
}
