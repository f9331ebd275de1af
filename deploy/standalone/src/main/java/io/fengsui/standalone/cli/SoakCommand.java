package io.fengsui.standalone.cli;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.bench.SoakBench;
import io.fengsui.standalone.bench.WideCity;
import io.fengsui.standalone.process.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything at a steady rate for minutes. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes at a steady rate for minutes from many devices, and tells latencies, what is used over time, and whether the"
                    + " ledger balances.",
            "",
            "Starts everything on free ports with empty data, publisher and reader in the same JVM. To find the highest rate that"
                    + " holds, run it with --minutes 5 and a higher --rate until the last line says held=false. Leave the"
                    + " machine alone meanwhile. The exit code is 0 if the rate held and the ledger balances."
        })
final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Registered devices; those beyond the shipped ones are cameras and dust collectors"
                    + " (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Events a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "90",
            description = "Not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            defaultValue = "10",
            description = "Counted; may have a fraction (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of an app.")
    private Map<String, String> settings = new HashMap<>();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws Exception {
        InstantSource clock = InstantSource.system();
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            Path city = directory.path().resolve("city");
            WideCity.write(seeds.directory(), devices, city);
            Standalone standalone = new Standalone(
                    new Standalone.Options(
                            directory.path().resolve("data"),
                            city,
                            Home.locate().registry(),
                            Ports.free(),
                            Set.of(),
                            settings),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    clock,
                    ProgressLines::print);
            Shutdown shutdown = Shutdown.closing(standalone, directory);
            return shutdown.unlessBegun(() -> {
                try (standalone) {
                    standalone.start();
                    SoakBench.Report report = new SoakBench(standalone, clock, line -> System.out.println("  " + line))
                            .run(rate, Duration.ofSeconds(warmUp), Duration.ofMillis((long) (minutes * 60_000)));
                    System.out.println();
                    System.out.println(Machine.describe());
                    System.out.print(report.text());
                    return report.balanced() && report.held() ? 0 : 1;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }
}
