package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.throughput.StreamsBench;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the topology of the streams app. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description = {
            "Works off a full feed through the streams app's topology, side by side with a bare one that copies it.",
            "",
            "The bare one reads, decodes, encodes and writes with the same serdes and properties and does nothing else. Kafka and"
                    + " the registry run as processes on free ports with empty data. Leave the machine alone meanwhile."
                    + " Prints a line a system and number of threads, medians over the rounds, and last the ratios."
        })
final class StreamsBenchCommand implements Callable<Integer> {

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Numbers of stream threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Devices that send in turn (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--rules",
            paramLabel = "N",
            defaultValue = "30",
            description = "Rules that look at each record: the feed's shipped ones, and more like them"
                    + " (default: ${DEFAULT-VALUE}).")
    private int rules;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Records of each run that are not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Records of each run that are (default: ${DEFAULT-VALUE}).")
    private int records;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (threads.isEmpty() || Collections.min(threads) < 1 || Math.min(Math.min(rounds, devices), records) < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads, --rounds, --devices and --records: expected 1 or more");
        }
        StreamsBench.Plan plan = new StreamsBench.Plan(threads, rounds, devices, rules, warmUp, records);
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            StreamsStage stage = new StreamsStage(
                    directory.path(),
                    seeds.directory(),
                    Home.locate().registry(),
                    Feeds.DUST_SENSOR,
                    Collections.max(threads));
            Shutdown shutdown = Shutdown.closing(stage, directory);
            return shutdown.unlessBegun(() -> {
                try (stage) {
                    System.out.println("Starting Kafka and the registry");
                    stage.start();
                    String table = new StreamsBench(
                                    stage, InstantSource.system(), line -> System.out.println("  " + line))
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
}
