package io.fengsui.standalone.cli;

import io.fengsui.platform.App;
import io.fengsui.platform.Settings;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.process.OpsServer;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.process.ProcessMeters;
import io.fengsui.standalone.process.RegistryProbe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one app as a process of its own until it is told to end. */
abstract class AppCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, docs/configuration.md; environment variables win over it.")
    private @Nullable Path config;

    @Option(names = "--log", paramLabel = "FILE", description = "Log to this file as well.")
    private @Nullable Path log;

    abstract Part part();

    /** Where to serve metrics and health; nowhere if the app does so itself. */
    abstract Optional<InetSocketAddress> ops();

    @Override
    public Integer call() throws Exception {
        if (log != null) {
            Logs.writeTo(log);
        }
        Settings settings = (config == null ? Settings.empty() : Settings.fromFile(config))
                .withEnvironment(
                        System.getenv(),
                        part().definition(),
                        part().passThrough().keySet());
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        App app = part().create(settings, metrics, InstantSource.system(), Map.of());
        RegistryProbe probe =
                new RegistryProbe(SchemaRegistry.connect(part().registry(settings)), InstantSource.system());
        ProcessMeters.bind(metrics, app::check, probe, part().directory(settings));
        probe.start();
        try (app;
                probe) {
            Shutdown shutdown = Shutdown.closing(app);
            return shutdown.unlessBegun(() -> {
                if (ops().isEmpty()) {
                    return run(app, shutdown);
                }
                try (OpsServer server = new OpsServer(app, metrics, ops().get())) {
                    System.out.println("Metrics and health on " + server.url());
                    return run(app, shutdown);
                }
            });
        }
    }

    private int run(App app, Shutdown shutdown) throws InterruptedException {
        app.start();
        System.out.println(part().title() + " is ready");
        shutdown.await();
        return 0;
    }

    /** Where an app without a console serves them. */
    static final class OpsHost {
        @Option(
                names = "--ops-host",
                paramLabel = "ADDRESS",
                defaultValue = Ports.HOST,
                description = "Address for /metrics and /health (default: ${DEFAULT-VALUE}); 0.0.0.0 for all.")
        private String address = Ports.HOST;

        InetSocketAddress at(int port) {
            return new InetSocketAddress(address, port);
        }
    }

    /** The bridge. */
    @Command(
            name = "ingest",
            mixinStandardHelpOptions = true,
            description = {
                "Runs the MQTT bridge alone: MQTT to checked Avro records in Kafka.",
                "",
                "For installations that are spread over machines; 'fengsui up' runs it with all the rest."
            })
    static final class Ingest extends AppCommand {
        @Option(
                names = "--ops-port",
                paramLabel = "N",
                defaultValue = "8090",
                description = "Port for /metrics and /health (default: ${DEFAULT-VALUE}).")
        private int opsPort;

        @Mixin
        private OpsHost opsHost = new OpsHost();

        @Override
        Part part() {
            return Part.INGEST;
        }

        @Override
        Optional<InetSocketAddress> ops() {
            return Optional.of(opsHost.at(opsPort));
        }
    }

    /** Deduplication, routing and rules. */
    @Command(
            name = "streams",
            mixinStandardHelpOptions = true,
            description = {
                "Runs the streams app alone: deduplicates, places and routes events, and runs the rules.",
                "",
                "May be started any number of times, up to the partitions of the feeds; each takes a share."
            })
    static final class Streams extends AppCommand {
        @Option(
                names = "--ops-port",
                paramLabel = "N",
                defaultValue = "8091",
                description = "Port for /metrics and /health (default: ${DEFAULT-VALUE}).")
        private int opsPort;

        @Mixin
        private OpsHost opsHost = new OpsHost();

        @Override
        Part part() {
            return Part.STREAMS;
        }

        @Override
        Optional<InetSocketAddress> ops() {
            return Optional.of(opsHost.at(opsPort));
        }
    }

    /** Alert lifecycle and console. */
    @Command(
            name = "alerting",
            mixinStandardHelpOptions = true,
            description = {
                "Runs alerting alone: alert lifecycle, notifiers, and the duty console.",
                "",
                "Console, API, /metrics and /health are on the setting alerting.http.port."
            })
    static final class Alerting extends AppCommand {
        @Override
        Part part() {
            return Part.ALERTING;
        }

        @Override
        Optional<InetSocketAddress> ops() {
            return Optional.empty();
        }
    }
}
