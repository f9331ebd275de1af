package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.absence.AbsenceBench;
import io.fengsui.standalone.bench.streams.StreamsStage;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the absence clocks. */
@Command(
        name = "absence",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what it costs to watch devices for silence, and how surely it is found.",
            "",
            "Kafka and the registry run as processes on free ports with empty data; the telemetry lane of the streams app runs in"
                    + " this JVM with one thread: RocksDB, changelog, exactly once. For each number of devices it restores"
                    + " their states and works off their heartbeats; with the largest it silences one in a hundred, and"
                    + " then does the same work by a scan of all devices each second. Takes about ten minutes and 3 GB of"
                    + " heap at a million. Leave the machine alone meanwhile. The last line is for machines; the exit"
                    + " code is 0 if nothing was missed and nothing was false."
        })
final class AbsenceBenchCommand implements Callable<Integer> {
    private static final int ONE_TASK = 1;

    /** Serial numbers have seven digits. */
    private static final int MOST_DEVICES = 10_000_000;

    @Option(
            names = "--devices",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000,100000,1000000",
            description = "Numbers of devices, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> devices = List.of();

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Heartbeats before anything is measured, for each number; each device beats at least once"
                    + " (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--heartbeats",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Heartbeats that are measured, for each number; each device beats at least once"
                    + " (default: ${DEFAULT-VALUE}).")
    private int heartbeats;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "16000",
            description =
                    "Heartbeats a second while silence is to be found, at most (default: ${DEFAULT-VALUE}). A lower rate"
                            + " takes longer: the timeout is one heartbeat and a half.")
    private int rate;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        requireSense();
        AbsenceBench.Plan plan = new AbsenceBench.Plan(devices, warmUp, heartbeats, rate);
        try (RunDirectory directory = RunDirectory.of(null, "bench")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            StreamsStage stage = new StreamsStage(
                    directory.path(), seeds.directory(), Home.locate().registry(), Feeds.VIDEO_STATUS, ONE_TASK);
            Shutdown shutdown = Shutdown.closing(stage, directory);
            return shutdown.unlessBegun(() -> {
                try (stage) {
                    System.out.println("Starting Kafka and the registry");
                    stage.start();
                    AbsenceBench.Report report = new AbsenceBench(
                                    stage, InstantSource.system(), line -> System.out.println("  " + line))
                            .run(plan);
                    System.out.println();
                    System.out.println(Machine.describe());
                    System.out.print(report.table());
                    return report.missed() == 0 && report.falsely() == 0 ? 0 : 1;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }

    private void requireSense() {
        for (int i = 0; i < devices.size(); i++) {
            int count = devices.get(i);
            if (count < 1 || count > MOST_DEVICES || (i > 0 && count <= devices.get(i - 1))) {
                throw new ParameterException(
                        spec.commandLine(), "--devices: expected ascending numbers of 1.." + MOST_DEVICES);
            }
        }
        if (warmUp < 1 || heartbeats < 1 || rate < 1) {
            throw new ParameterException(spec.commandLine(), "--warm-up, --heartbeats and --rate: expected 1 or more");
        }
    }
}
