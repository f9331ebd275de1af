package io.fengsui.standalone;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.alerting.AlertingConfig;
import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.RuleTestResults;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Stages.Step;
import io.fengsui.standalone.kafka.EmbeddedKafka;
import io.fengsui.standalone.mqtt.EmbeddedBroker;
import io.fengsui.standalone.mqtt.MqttUsers;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.process.ProcessMeters;
import io.fengsui.standalone.process.RegistryProbe;
import io.fengsui.standalone.registry.RegistryProcess;
import io.fengsui.streams.StreamsAppConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Everything in one run: Kafka, schema registry, MQTT broker, topics, reference data, the three apps. Each is the real
 * thing; only their sizes are small. Starting over the same data directory goes on with what was there.
 */
public final class Standalone implements App {

    /** Partitions of the feeds; reader topics have one. */
    public static final int KEYED_PARTITIONS = 3;

    private static final short REPLICATION = 1;
    private static final String REGISTRY = "schema-registry";
    private static final String BROKER = "mqtt-broker";

    /**
     * What to run.
     *
     * @param data data directory
     * @param seeds directory of the reference data
     * @param registry where the build unpacked the schema registry
     * @param external apps that run as processes of their own
     * @param settings further settings of the apps, by their own keys
     */
    public record Options(
            Path data, Path seeds, Path registry, Ports ports, Set<Part> external, Map<String, String> settings) {

        public Options {
            external = Set.copyOf(external);
            settings = Map.copyOf(settings);
        }
    }

    private final Options options;
    private final PrometheusMeterRegistry metrics;
    private final InstantSource clock;
    private final SeedSet seeds;
    private final DataDirectory directory;
    private final MqttUsers users;
    private final ConsoleUsers consoleUsers;
    private final PartSettings appSettings;
    private final EmbeddedKafka kafka;
    private final RegistryProcess registry;
    private final EmbeddedBroker broker;
    private final Map<Part, App> apps = new EnumMap<>(Part.class);
    private final Stages stages;
    private final RegistryProbe probe;

    /**
     * Checks the reference data, the settings and the data directory, and takes hold of the directory.
     *
     * @throws StartException or its like if one of them is not as it should be
     */
    public Standalone(Options options, PrometheusMeterRegistry metrics, InstantSource clock, Progress progress) {
        this.options = options;
        this.metrics = metrics;
        this.clock = clock;
        this.seeds = RuleTestResults.added(SeedSet.load(options.seeds()), options.seeds());
        PartSettings.check(options.settings());
        this.directory = DataDirectory.open(options.data());
        this.users = MqttUsers.prepare(directory.mqttUsers(), seeds.vendors().keySet());
        this.consoleUsers =
                ConsoleUsers.prepare(directory.consoleUsers(), seeds.units().values());
        this.appSettings = new PartSettings(options.ports(), directory, users);
        this.kafka = new EmbeddedKafka(
                directory.kafka(), options.ports().kafka(), options.ports().controller());
        this.registry = new RegistryProcess(
                options.registry(), directory.registry(), options.ports().registry());
        this.broker = new EmbeddedBroker(directory.mqtt(), options.ports().mqtt(), users);
        this.stages = new Stages(progress);
        this.probe = new RegistryProbe(SchemaRegistry.connect(clients()), clock);
        StandaloneMeters.bind(metrics, broker, registry);
        ProcessMeters.bind(metrics, this::check, probe, directory.path());
    }

    @Override
    public void start() throws InterruptedException {
        Ports ports = options.ports();
        try {
            registry.endFormer();
            ports.requireFree();
            stages.start(
                    new Step("Kafka", ports.bootstrapServers(), kafka::start, kafka),
                    new Step("Schema registry", ports.registryUrl(), registry::start, registry),
                    new Step("MQTT broker", ports.mqttUri(), broker::start, broker));
            probe.start();
            int topics =
                    Topics.all(seeds.units().values(), seeds.routes().values()).size();
            stages.start(new Step("Topics and schemas", topics + " topics", this::applyTopics, () -> {}));
            stages.start(new Step("Reference data", seeds.devices().size() + " devices", this::loadSeeds, () -> {}));
            for (Part part : Part.values()) {
                apps.put(part, create(part));
            }
            stages.start(apps.entrySet().stream()
                    .map(e -> new Step(e.getKey().title(), where(e.getKey()), e.getValue()::start, e.getValue()))
                    .toArray(Step[]::new));
            broker.admitVendors();
        } catch (InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The apps, the registry's process and the broker; Kafka shows in the apps. */
    @Override
    public Health check() {
        Map<String, Health> parts = new LinkedHashMap<>();
        apps.forEach((part, app) -> parts.put(part.id(), app.check()));
        parts.put(REGISTRY, registryHealth());
        parts.put(BROKER, brokerHealth());
        return Health.of(parts);
    }

    /** Without the registry the apps go on with what they know, but none could start. */
    private Health registryHealth() {
        return registry.isAlive()
                ? Health.up(Map.of("process", "runs"))
                : Health.notReady(Map.of("process", "has ended; see its log in " + directory.registry() + "; restart"));
    }

    private Health brokerHealth() {
        return Health.up(Map.of("messages thrown away", Long.toString(broker.dropped())));
    }

    @Override
    public void close() {
        stages.close();
        probe.close();
        directory.close();
    }

    public Ports ports() {
        return options.ports();
    }

    public SeedSet seeds() {
        return seeds;
    }

    public MqttUsers users() {
        return users;
    }

    /** Those of the data directory; another file may be in force by the settings. */
    public ConsoleUsers consoleUsers() {
        return consoleUsers;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public DataDirectory directory() {
        return directory;
    }

    /** The process of an app that runs on its own. */
    public ExternalApp external(Part part) {
        if (apps.get(part) instanceof ExternalApp external) {
            return external;
        }
        throw new IllegalStateException(part + " runs in this JVM");
    }

    /** Settings for clients of this run's Kafka and registry. */
    public Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", options.ports().bootstrapServers());
        clients.put(SchemaRegistry.URL, options.ports().registryUrl());
        return clients;
    }

    /** Application id of the streams app; the names of its consumer groups derive from it. */
    public String streamsApplicationId() {
        return setting(StreamsAppConfig.definition(), StreamsAppConfig.APPLICATION_ID);
    }

    /** Application id of the alerting app, which is its consumer group. */
    public String alertingApplicationId() {
        return setting(AlertingConfig.definition(), AlertingConfig.APPLICATION_ID);
    }

    private String setting(ConfigDef definition, String key) {
        Object preset = definition.defaultValues().get(key);
        return options.settings().getOrDefault(key, String.valueOf(preset));
    }

    private void applyTopics() throws InterruptedException {
        List<Topic<?>> topics =
                Topics.all(seeds.units().values(), seeds.routes().values());
        SchemaRegistryClient client = SchemaRegistry.connect(clients());
        inheritCompatibility(client);
        List<String> problems = new ArrayList<>();
        try (Admin admin = Admin.create(clients())) {
            new TopicAdmin(admin, client, KEYED_PARTITIONS, REPLICATION)
                    .apply(topics, false).stream()
                            .filter(outcome -> !outcome.ok())
                            .forEach(outcome -> problems.add(outcome.topic() + ": " + outcome.problem()));
        }
        if (!problems.isEmpty()) {
            throw new StartException("Topics are not as they should be:\n  " + String.join("\n  ", problems));
        }
    }

    /** The registry is ours alone: one setting for all subjects spares a request for each. */
    private static void inheritCompatibility(SchemaRegistryClient client) {
        try {
            client.updateCompatibility(null, Topics.PULSE.compatibility());
        } catch (IOException | RestClientException e) {
            throw new StartException("The schema registry refuses its setting: " + e.getMessage(), e);
        }
    }

    private void loadSeeds() throws InterruptedException {
        new SeedLoader(clients(), SchemaRegistry.connect(clients())).load(seeds, false);
    }

    private App create(Part part) {
        Map<String, String> settings = appSettings.of(part, options.settings());
        if (options.external().contains(part)) {
            int port = part == Part.ALERTING ? options.ports().console() : Ports.free(1)[0];
            return new ExternalApp(part, directory.process(part), settings, port);
        }
        return part.create(Settings.empty().with(settings), metrics, clock, neighbours());
    }

    /** What the console shows besides its own health. */
    private Map<String, Supplier<Health>> neighbours() {
        Map<String, Supplier<Health>> neighbours = new LinkedHashMap<>();
        apps.forEach((part, app) -> neighbours.put(part.id(), app::check));
        neighbours.put(REGISTRY, this::registryHealth);
        neighbours.put(BROKER, this::brokerHealth);
        return neighbours;
    }

    private String where(Part part) {
        if (options.external().contains(part)) {
            return "a process of its own";
        }
        return part == Part.ALERTING ? options.ports().consoleUrl() : "";
    }
}
