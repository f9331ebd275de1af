package io.fengsui.standalone.cli;

import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.drill.Drill;
import io.fengsui.standalone.drill.LedgerReport;
import io.fengsui.standalone.process.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a scenario on a run of its own and prints the ledger. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        subcommands = {CrashesCommand.class, ExerciseCommand.class},
        description = {
            "Starts everything on free ports with empty data, plays a scenario, and accounts for every message.",
            "",
            "The exit code is 0 only if the ledger balances: published = acknowledged = routed + dead-lettered +"
                    + " unrouted + duplicates, nothing missing, doubled, misplaced, out of order or delivered again."
        })
final class DrillCommand implements Callable<Integer> {

    private static final InstantSource CLOCK = InstantSource.system();

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Name of a file in scenarios/ of the reference data, such as smoke, or a path.")
    private @Nullable String scenario;

    @Option(
            names = "--external",
            split = ",",
            paramLabel = "PART",
            description = "Run these as processes of their own: ${COMPLETION-CANDIDATES}.")
    private Set<Part> external = Set.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data here, in an empty directory; by default it goes when the ledger balances.")
    private @Nullable Path data;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the pipeline may take to come to rest (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of an app, docs/configuration.md.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--delete-one",
            hidden = true,
            description = "Delete a record before the audit, which must find it.")
    private boolean deleteOne;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (scenario == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Name a scenario, such as smoke, or 'crashes'");
        }
        Scenario plan = seeds.scenario(scenario);
        Drill.requireEnd(plan);
        try (RunDirectory directory = RunDirectory.of(data, "drill")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            Standalone standalone = standalone(directory.path());
            Shutdown shutdown = Shutdown.closing(standalone, directory);
            return shutdown.unlessBegun(() -> {
                try (standalone) {
                    boolean good = play(plan, standalone);
                    if (!good) {
                        directory.keep();
                    }
                    return good ? 0 : 1;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }

    private Standalone standalone(Path directory) {
        return new Standalone(
                new Standalone.Options(
                        directory, seeds.directory(), Home.locate().registry(), Ports.free(), external, settings),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                CLOCK,
                ProgressLines::print);
    }

    /** Whether the ledger balances, and the broker threw nothing away. */
    private boolean play(Scenario plan, Standalone standalone) throws InterruptedException {
        long started = System.nanoTime();
        standalone.start();
        Drill drill = new Drill(standalone, CLOCK, line -> System.out.println("  " + line));
        System.out.println("Playing " + plan.name() + ": " + plan.description());
        FleetReport sent = drill.publish(plan);
        if (deleteOne) {
            System.out.println("Deleting a record of " + drill.deleteOne(sent));
        }
        LedgerReport report = drill.account(List.of(sent), Duration.ofSeconds(timeoutSeconds));
        long dropped = standalone.broker().dropped();
        System.out.println();
        System.out.print(report.text());
        if (dropped > 0) {
            System.out.println("THE MQTT BROKER HAS THROWN AWAY " + dropped + " messages");
        }
        System.out.printf("Took %.1f s, start included%n", (System.nanoTime() - started) / 1e9);
        return report.balances() && dropped == 0;
    }
}
