package io.fengsui.standalone.cli;

import io.fengsui.alerting.AccessConfig;
import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.ConsoleUsers;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.process.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Kafka, an MQTT broker, a schema registry, the three apps and a small simulated fleet.",
            "",
            "All listen on 127.0.0.1 only. Ctrl-C stops everything; the next 'up' goes on with what was there."
        })
final class UpCommand implements Callable<Integer> {
    private static final Logger logger = LoggerFactory.getLogger(UpCommand.class);

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "MQTT on N, Kafka N+1, its controller N+2, registry N+3, console N+4"
                    + " (default: 1883, 9092, 19093, 8081, 8080).")
    private @Nullable Integer portBase;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: data).")
    private @Nullable Path data;

    @Option(names = "--no-fleet", description = "No simulated devices: for those who bring their own publisher.")
    private boolean noFleet;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            defaultValue = "demo",
            description = "What the simulated devices do (default: ${DEFAULT-VALUE}).")
    private String scenario = "";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of an app, docs/configuration.md.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws Exception {
        long started = System.nanoTime();
        Home home = Home.locate();
        Path directory = data == null ? home.data() : data;
        Ports ports = portBase == null ? Ports.standard() : Ports.from(portBase);
        @Nullable Scenario plan = noFleet ? null : seeds.scenario(scenario);
        Logs.writeTo(directory.resolve("fengsui.log"));
        System.out.println("Starting; data and log are in " + directory.toAbsolutePath());
        Standalone standalone = new Standalone(
                new Standalone.Options(directory, seeds.directory(), home.registry(), ports, Set.of(), settings),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                InstantSource.system(),
                ProgressLines::print);
        AtomicReference<@Nullable Fleet> fleet = new AtomicReference<>();
        Shutdown shutdown = Shutdown.closing(() -> {
            System.out.println("Stopping");
            stop(fleet.get());
            standalone.close();
        });
        return shutdown.unlessBegun(() -> {
            standalone.start();
            if (plan != null) {
                fleet.set(startFleet(plan, standalone));
            }
            ProgressLines.print("Ready", ports.consoleUrl(), Duration.ofNanos(System.nanoTime() - started));
            if (!settings.containsKey(AccessConfig.USERS)) {
                introduce(standalone);
            }
            greet(plan != null);
            shutdown.await();
            return 0;
        });
    }

    private static Fleet startFleet(Scenario plan, Standalone standalone) {
        Fleet fleet = new Fleet(
                plan,
                standalone.seeds(),
                new FleetSettings(
                        List.of(URI.create(standalone.ports().mqttUri())),
                        vendor -> standalone.users().password(vendor).orElse(null),
                        InstantSource.system(),
                        System::nanoTime,
                        now -> logger.debug("The fleet has published {}", now.published())));
        Thread thread = new Thread(
                () -> {
                    try {
                        fleet.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        logger.warn("The simulated fleet has ended", e);
                    }
                },
                "fleet");
        thread.setDaemon(true);
        thread.start();
        return fleet;
    }

    private static void stop(@Nullable Fleet fleet) {
        if (fleet != null) {
            fleet.stop();
        }
    }

    /** Nobody can learn the passwords later: the file has their hashes. */
    private static void introduce(Standalone standalone) {
        List<ConsoleUsers.Made> made = standalone.consoleUsers().made();
        System.out.println();
        if (made.isEmpty()) {
            System.out.println("The console's users are those of the first start; './fengsui users passwd NAME --file "
                    + standalone.directory().consoleUsers() + "' sets a new password.");
            return;
        }
        System.out.println("Users of the console, made now. Their passwords are shown this once:");
        for (ConsoleUsers.Made user : made) {
            System.out.printf(
                    "  %-12s %-18s %s%n",
                    user.user().name(),
                    user.password(),
                    user.user().role().code()
                            + user.user().unit().map(unit -> " of " + unit).orElse(""));
        }
    }

    /** The other commands must be told what this one was told. */
    private void greet(boolean fleet) {
        String ports = portBase == null ? "" : " --port-base " + portBase;
        String directory = data == null ? "" : " --data " + data;
        System.out.println();
        System.out.println(
                fleet
                        ? "A simulated fleet publishes. Open the console, or follow a topic with './fengsui tail"
                                + " township.zhangpu.video-status" + ports + "'."
                        : "No fleet. './fengsui vendor password VENDOR" + directory
                                + "' gives a publisher its password.");
        System.out.println("Ctrl-C stops everything.");
    }
}
