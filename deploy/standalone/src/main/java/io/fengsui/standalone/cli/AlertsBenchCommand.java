package io.fengsui.standalone.cli;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.alerts.AlertsBench;
import io.fengsui.standalone.bench.alerts.AlertsStage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the alerting app. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how soon alerts are seen on the duty console and accepted by Alertmanager, and what a flood of them does.",
            "",
            "The alerting app runs in this JVM with its defaults; Kafka, the registry and Alertmanager (a stand-in where it is not"
                    + " installed) are processes on free ports with empty data. First signals at a steady rate; then pages, and"
                    + " news to many browsers, with thousands of alerts open; then a flood of telemetry with life safety behind"
                    + " it. Takes some five minutes on two cores; leave the machine alone meanwhile. The last line is for"
                    + " machines; the exit code is 0 if every goal was reached."
        })
final class AlertsBenchCommand implements Callable<Integer> {

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Signals a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Counted, at the steady rate (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Alerts that are open when pages are asked for (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(
            names = "--pages",
            paramLabel = "N",
            defaultValue = "250",
            description = "Times that each page is asked for, the first fifth not counted (default: ${DEFAULT-VALUE}).")
    private int pages;

    @Option(
            names = "--browsers",
            paramLabel = "N",
            defaultValue = "500",
            description = "Connections that hear of news by server-sent events (default: ${DEFAULT-VALUE}).")
    private int browsers;

    @Option(
            names = "--flood",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Signals of telemetry that queue at once (default: ${DEFAULT-VALUE}).")
    private int flood;

    @Option(
            names = "--short",
            description = "A tenth of it, in under a minute: to see that it works. Its figures say nothing.")
    private boolean brief;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the alerting app.")
    private Map<String, String> settings = new HashMap<>();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (IntStream.of(rate, warmUp, seconds, open, pages, browsers, flood)
                        .min()
                        .orElse(0)
                < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rate, --warm-up, --seconds, --open, --pages, --browsers and --flood: expected 1 or more");
        }
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            AlertsStage stage = new AlertsStage(
                    directory.path(), seeds.directory(), Home.locate().registry(), settings, InstantSource.system());
            Shutdown shutdown = Shutdown.closing(stage, directory);
            return shutdown.unlessBegun(() -> {
                try (stage) {
                    System.out.println("Starting Kafka, the registry, Alertmanager and the alerting app");
                    stage.start();
                    AlertsBench.Report report = new AlertsBench(
                                    stage, InstantSource.system(), line -> System.out.println("  " + line))
                            .run(plan());
                    System.out.println();
                    System.out.println(Machine.describe());
                    System.out.print(report.table());
                    return report.holds() ? 0 : 1;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }

    private AlertsBench.Plan plan() {
        return brief
                ? AlertsBench.Plan.brief()
                : new AlertsBench.Plan(
                        rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), open, pages, browsers, flood);
    }
}
