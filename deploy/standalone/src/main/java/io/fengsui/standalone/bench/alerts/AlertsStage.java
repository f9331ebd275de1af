package io.fengsui.standalone.bench.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.AlertingApp;
import io.fengsui.alerting.AlertingConfig;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.kafka.KafkaProcess;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.registry.RegistryProcess;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, the schema registry and Alertmanager, each a process of its own, and the alerting app with its defaults in this JVM. The
 * console is without log-in; no township's feed has topics, only its alerts.
 */
public final class AlertsStage implements AutoCloseable {
    static final String APPLICATION = "bench-alerting";

    private static final short REPLICATION = 1;

    private final Path directory;
    private final Ports ports = Ports.free();
    private final SeedSet seeds;
    private final Map<String, String> settings;
    private final InstantSource clock;
    private final KafkaProcess kafka;
    private final RegistryProcess registry;
    private final AlertmanagerPeer alertmanager;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable AlertingApp app;

    /**
     * @param directory data and logs of all
     * @param seeds directory of the reference data
     * @param registryHome where the build unpacked the schema registry
     * @param settings of the alerting app, beside its defaults
     */
    public AlertsStage(
            Path directory, Path seeds, Path registryHome, Map<String, String> settings, InstantSource clock) {
        this.directory = directory.toAbsolutePath();
        this.seeds = SeedSet.load(seeds);
        this.settings = Map.copyOf(settings);
        this.clock = clock;
        this.kafka = new KafkaProcess(this.directory.resolve("kafka"), ports.kafka(), ports.controller());
        this.registry = new RegistryProcess(registryHome, this.directory.resolve("registry"), ports.registry());
        this.alertmanager = new AlertmanagerPeer(this.directory.resolve("alertmanager"));
    }

    public void start() throws InterruptedException {
        try {
            for (String part : List.of("kafka", "registry")) {
                Files.createDirectories(directory.resolve(part));
            }
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be made: " + e.getMessage(), e);
        }
        kafka.start();
        registry.start();
        alertmanager.start();
        try (Admin admin = Admin.create(clients())) {
            new TopicAdmin(admin, registry(), Standalone.KEYED_PARTITIONS, REPLICATION)
                    .apply(topics(), false).stream()
                            .filter(outcome -> !outcome.ok())
                            .forEach(outcome -> {
                                throw new StartException(outcome.topic() + ": " + outcome.problem());
                            });
        }
        new SeedLoader(clients(), registry()).load(seeds, false);
        AlertingApp starting = new AlertingApp(config(), meters, clock, Map.of());
        app = starting;
        starting.start();
    }

    private AlertingConfig config() {
        return AlertingConfig.of(Settings.empty()
                .with(Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        SchemaRegistry.URL,
                        ports.registryUrl(),
                        AlertingConfig.APPLICATION_ID,
                        APPLICATION,
                        "alerting.state.dir",
                        directory.resolve("state").toString(),
                        "alerting.http.port",
                        Integer.toString(ports.console()),
                        "alerting.console.users",
                        "none",
                        "alerting.alertmanager.urls",
                        alertmanager.url()))
                .with(settings));
    }

    private List<Topic<?>> topics() {
        Set<String> fixed = Topics.fixed().stream().map(Topic::name).collect(Collectors.toSet());
        return Topics.all(seeds.units().values(), seeds.routes().values()).stream()
                .filter(topic -> fixed.contains(topic.name()) || topic.type().equals(Alert.class))
                .toList();
    }

    /** Settings for clients of Kafka and the registry. */
    Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", kafka.bootstrapServers());
        clients.put(SchemaRegistry.URL, ports.registryUrl());
        return clients;
    }

    SchemaRegistryClient registry() {
        return SchemaRegistry.connect(clients());
    }

    SeedSet seeds() {
        return seeds;
    }

    String consoleUrl() {
        return ports.consoleUrl();
    }

    /** What the alerts are delivered to, for the report. */
    String receiver() {
        return alertmanager.name();
    }

    /** Signals that the lifecycle has decided on so far, committed or about to be. */
    long decided() {
        return (long) meters.find("fengsui.alerting.signals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        if (app != null) {
            app.close();
        }
        alertmanager.close();
        registry.close();
        kafka.close();
    }
}
