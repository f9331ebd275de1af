package io.fengsui.standalone.cli;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.bench.LatencyBench;
import io.fengsui.standalone.bridge.BridgeBench;
import io.fengsui.standalone.bridge.BridgeStage;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the whole pipeline. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the whole pipeline on this machine.",
        subcommands = {AbsenceBenchCommand.class, AlertsBenchCommand.class, StreamsBenchCommand.class, SoakCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {

    @Command(
            name = "latency",
            mixinStandardHelpOptions = true,
            description = {
                "Publishes at a steady rate and tells how long events take to township topics and to the console.",
                "",
                "Starts everything on free ports with empty data, publisher and readers in the same JVM. Leave the machine"
                        + " alone meanwhile."
            })
    int latency(
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Events a second (default: ${DEFAULT-VALUE}).")
                    int rate,
            @Option(
                            names = "--warm-up",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "Not counted (default: ${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(
                            names = "--seconds",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "Counted (default: ${DEFAULT-VALUE}).")
                    int seconds,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of an app.")
                    Map<String, String> settings,
            @Mixin SeedOptions seeds)
            throws Exception {
        InstantSource clock = InstantSource.system();
        Map<String, String> changed = settings == null ? Map.of() : new LinkedHashMap<>(settings);
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            Standalone standalone = new Standalone(
                    new Standalone.Options(
                            directory.path(),
                            seeds.directory(),
                            Home.locate().registry(),
                            Ports.free(),
                            Set.of(),
                            changed),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    clock,
                    ProgressLines::print);
            Shutdown shutdown = Shutdown.closing(standalone, directory);
            return shutdown.unlessBegun(() -> {
                try (standalone) {
                    standalone.start();
                    String table = new LatencyBench(standalone, clock, line -> System.out.println("  " + line))
                            .run(rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
                    System.out.println();
                    System.out.println(Machine.describe());
                    System.out.print(table);
                    return 0;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }

    @Command(
            name = "bridge",
            mixinStandardHelpOptions = true,
            description = {
                "Drains a queue of QoS 1 messages from Mosquitto into Kafka, side by side with Apache Camel and with"
                        + " mosquitto_sub | kcat.",
                "",
                "Needs mosquitto, mosquitto_pub, mosquitto_sub and kcat. Everything runs on free ports with empty data. Leave the"
                        + " machine alone meanwhile. Prints a line a system, medians over the rounds, and last the ratios."
            })
    int bridge(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Rounds (default: ${DEFAULT-VALUE}).")
                    int rounds,
            @Option(
                            names = "--messages",
                            paramLabel = "N",
                            defaultValue = "300000",
                            description = "Messages that are timed, a system and round (default: ${DEFAULT-VALUE}).")
                    int messages,
            @Option(
                            names = "--slow-messages",
                            paramLabel = "N",
                            defaultValue = "30000",
                            description =
                                    "The same for camel-sync, which takes a tenth of the messages in the time of the"
                                            + " others (default: ${DEFAULT-VALUE}).")
                    int slowMessages,
            @Option(
                            names = "--warm-up",
                            paramLabel = "N",
                            defaultValue = "400000",
                            description =
                                    "Messages before those, not timed, while the JVMs compile (default: ${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(
                            names = "--system",
                            paramLabel = "ID",
                            description = "Only this one of fengsui, camel-async, camel-sync, c-pipe; may be repeated.")
                    List<String> systems,
            @Mixin SeedOptions seeds)
            throws Exception {
        BridgeBench.Plan plan =
                new BridgeBench.Plan(systems == null ? List.of() : systems, rounds, messages, slowMessages, warmUp);
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            BridgeStage stage = new BridgeStage(
                    directory.path(),
                    seeds.directory(),
                    Home.locate().registry(),
                    List.of("max_inflight_messages 1000"));
            Shutdown shutdown = Shutdown.closing(stage, directory);
            return shutdown.unlessBegun(() -> {
                try (stage) {
                    stage.start();
                    String table = new BridgeBench(
                                    stage,
                                    Home.locate().peers(),
                                    InstantSource.system(),
                                    line -> System.out.println("  " + line))
                            .run(plan);
                    System.out.println();
                    System.out.println(Machine.describe());
                    System.out.print(table);
                    return 0;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }

    @Command(
            name = "allocation",
            mixinStandardHelpOptions = true,
            description = {
                "Measures what a message costs inside the bridge and the streams app, without network: time, and bytes allocated,"
                        + " by JMH with its GC profiler.",
                "",
                "The bridge's whole way for each format, and parts of both by themselves. Takes some minutes; leave the machine"
                        + " alone meanwhile."
            })
    int allocation(
            @Parameters(
                            paramLabel = "PATTERN",
                            arity = "0..*",
                            description = "Only benchmarks whose names match, such as message or avro.")
                    List<String> patterns)
            throws IOException, InterruptedException {
        Path benchmarks = Home.locate().peers();
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.java(),
                "-cp",
                benchmarks.resolve("classes") + File.pathSeparator + benchmarks.resolve("inside") + "/*",
                "io.fengsui.benchmarks.Allocation"));
        command.addAll(patterns == null ? List.of() : patterns);
        System.out.println(Machine.describe());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
