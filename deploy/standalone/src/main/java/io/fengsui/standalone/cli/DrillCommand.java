package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a scenario on a run of its own and prints the ledger. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything on free ports with empty data, plays a scenario, and accounts for every message.",
            "",
            "The exit code is 0 only if the ledger balances: published = acknowledged = routed + dead-lettered +"
                    + " unrouted + duplicates, nothing missing, doubled or misplaced."
        })
final class DrillCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SCENARIO",
            description = "Name of a file in scenarios/ of the reference data, such as smoke, or a path.")
    private String scenario = "";

    @Option(
            names = "--external",
            split = ",",
            paramLabel = "PART",
            description = "Run these as processes of their own: ${COMPLETION-CANDIDATES}.")
    private Set<Part> external = Set.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data here; by default it goes when the ledger balances.")
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

    @Override
    public Integer call() throws InterruptedException, IOException {
        Scenario plan = seeds.scenario(scenario);
        Path directory = data == null ? Files.createTempDirectory("fengsui-drill-") : data;
        Logs.writeTo(directory.resolve("fengsui.log"));
        InstantSource clock = InstantSource.system();
        Standalone standalone = new Standalone(
                new Standalone.Options(
                        directory, seeds.directory(), Home.locate().registry(), Ports.free(), external, settings),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock,
                ProgressLines::print);
        Shutdown.closing(standalone);
        long started = System.nanoTime();
        LedgerReport report;
        try (standalone) {
            standalone.start();
            Drill drill = new Drill(standalone, clock, line -> System.out.println("  " + line));
            System.out.println("Playing " + plan.name() + ": " + plan.description());
            FleetReport sent = drill.publish(plan);
            if (deleteOne) {
                System.out.println("Deleting a record of " + drill.deleteOne(sent));
            }
            report = drill.account(List.of(sent), Duration.ofSeconds(timeoutSeconds));
        } catch (StartException e) {
            throw new StartException(e.getMessage() + "\nData and log are kept in " + directory, e);
        }
        System.out.println();
        System.out.print(report.text());
        System.out.printf("Took %.1f s, start included%n", (System.nanoTime() - started) / 1e9);
        finish(directory, report.balances());
        return report.balances() ? 0 : 1;
    }

    private void finish(Path directory, boolean balances) throws IOException {
        if (data != null || !balances) {
            System.out.println("Data and log are kept in " + directory);
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
