package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.kafka.KafkaProcess;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.registry.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Kafka, the schema registry and two streams apps that stand by for each other, each a process of its own. */
final class CrashStage implements AutoCloseable {
    static final int PARTITIONS = 3;
    static final String APPLICATION_ID = "fengsui-streams";

    private static final short REPLICATION = 1;

    private final Path directory;
    private final SeedSet seeds;
    private final Ports ports = Ports.free();
    private final KafkaProcess kafka;
    private final RegistryProcess registry;
    private final List<ExternalApp> apps;

    /**
     * @param directory data and logs of all
     * @param seeds the reference data
     * @param registryHome where the build unpacked the schema registry
     */
    CrashStage(Path directory, SeedSet seeds, Path registryHome) {
        this.directory = directory.toAbsolutePath();
        this.seeds = seeds;
        this.kafka = new KafkaProcess(this.directory.resolve("kafka"), ports.kafka(), ports.controller());
        this.registry = new RegistryProcess(registryHome, this.directory.resolve("registry"), ports.registry());
        this.apps = List.of(app("streams-0"), app("streams-1"));
    }

    private ExternalApp app(String name) {
        Path home = directory.resolve(name);
        Map<String, String> settings = Map.of(
                "bootstrap.servers", ports.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                "streams.application.id", APPLICATION_ID,
                "streams.standby.replicas", "1",
                "streams.state.dir", home.resolve("state").toString());
        return new ExternalApp(Part.STREAMS, home, settings, Ports.free(1)[0]);
    }

    /** Returns when both apps are ready. */
    void start() throws InterruptedException {
        try {
            for (String part : List.of("kafka", "registry")) {
                Files.createDirectories(directory.resolve(part));
            }
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be made: " + e.getMessage(), e);
        }
        kafka.start();
        registry.start();
        applyTopics();
        new SeedLoader(clients(), registryClient()).load(seeds, false);
        apps.forEach(ExternalApp::launch);
        for (ExternalApp app : apps) {
            app.awaitReady();
        }
    }

    private void applyTopics() throws InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            new TopicAdmin(admin, registryClient(), PARTITIONS, REPLICATION)
                    .apply(Topics.all(seeds.units().values(), seeds.routes().values()), false).stream()
                            .filter(outcome -> !outcome.ok())
                            .forEach(outcome -> {
                                throw new StartException(outcome.topic() + ": " + outcome.problem());
                            });
        }
    }

    /** Settings for clients of Kafka and the registry. */
    Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", ports.bootstrapServers());
        clients.put(SchemaRegistry.URL, ports.registryUrl());
        return clients;
    }

    SchemaRegistryClient registryClient() {
        return SchemaRegistry.connect(clients());
    }

    List<ExternalApp> apps() {
        return apps;
    }

    @Override
    public void close() {
        apps.forEach(ExternalApp::close);
        registry.close();
        kafka.close();
    }
}
