package io.fengsui.standalone.bridge;

import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.kafka.KafkaProcess;
import io.fengsui.standalone.process.MosquittoProcess;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.registry.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Mosquitto, Kafka and the schema registry, each a process of its own, with the reference data; bridges are started on it at
 * will, and a streams app that reads what they write.
 */
public final class BridgeStage implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final short REPLICATION = 1;

    private final Path directory;
    private final Ports ports = Ports.free();
    private final SeedSet seeds;
    private final MosquittoProcess mosquitto;
    private final KafkaProcess kafka;
    private final RegistryProcess registry;

    /**
     * @param directory data and logs of all
     * @param seeds directory of the reference data
     * @param registryHome where the build unpacked the schema registry
     * @param mosquittoSettings further lines of Mosquitto's configuration
     */
    public BridgeStage(Path directory, Path seeds, Path registryHome, List<String> mosquittoSettings) {
        this.directory = directory.toAbsolutePath();
        this.seeds = SeedSet.load(seeds);
        this.mosquitto = new MosquittoProcess(this.directory.resolve("mosquitto"), ports.mqtt(), mosquittoSettings);
        this.kafka = new KafkaProcess(this.directory.resolve("kafka"), ports.kafka(), ports.controller());
        this.registry = new RegistryProcess(registryHome, this.directory.resolve("registry"), ports.registry());
    }

    /** Starts all but bridges. */
    public void start() throws InterruptedException {
        try {
            for (String part : List.of("mosquitto", "kafka", "registry")) {
                Files.createDirectories(directory.resolve(part));
            }
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be made: " + e.getMessage(), e);
        }
        mosquitto.start();
        kafka.start();
        registry.start();
        applyTopics();
        new SeedLoader(clients(), SchemaRegistry.connect(clients())).load(seeds, false);
    }

    private void applyTopics() throws InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            new TopicAdmin(admin, SchemaRegistry.connect(clients()), PARTITIONS, REPLICATION)
                    .apply(Topics.all(seeds.units().values(), seeds.routes().values()), false).stream()
                            .filter(outcome -> !outcome.ok())
                            .forEach(outcome -> {
                                throw new StartException(outcome.topic() + ": " + outcome.problem());
                            });
        }
    }

    /**
     * A bridge as a process of its own, with a heap of 256 MiB; not started.
     *
     * @param name of its directory
     * @param settings that differ from the defaults
     */
    public ExternalApp bridge(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("bootstrap.servers", kafka.bootstrapServers());
        all.put("schema.registry.url", ports.registryUrl());
        all.put("ingest.mqtt.uri", mosquitto.uri());
        all.put("ingest.mqtt.username", "");
        all.putAll(settings);
        return new ExternalApp(Part.INGEST, directory.resolve(name), all, Ports.free(1)[0]);
    }

    /** A streams app as a process of its own; not started. */
    public ExternalApp streams() {
        Path home = directory.resolve("streams");
        Map<String, String> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                "streams.group.instance.id", "stage",
                "streams.state.dir", home.resolve("state").toString());
        return new ExternalApp(Part.STREAMS, home, settings, Ports.free(1)[0]);
    }

    /** Settings for clients of Kafka and the registry. */
    public Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", kafka.bootstrapServers());
        clients.put(SchemaRegistry.URL, ports.registryUrl());
        return clients;
    }

    public Path directory() {
        return directory;
    }

    public SeedSet seeds() {
        return seeds;
    }

    public MosquittoProcess mosquitto() {
        return mosquitto;
    }

    public KafkaProcess kafka() {
        return kafka;
    }

    public RegistryProcess registry() {
        return registry;
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
        mosquitto.close();
    }
}
