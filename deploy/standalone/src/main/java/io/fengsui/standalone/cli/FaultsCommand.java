package io.fengsui.standalone.cli;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.bridge.BridgeStage;
import io.fengsui.standalone.bridge.fault.FaultResult;
import io.fengsui.standalone.bridge.fault.FaultTrial;
import io.fengsui.standalone.bridge.fault.Pace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes things go wrong and accounts for every message. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Makes things go wrong while vendors publish, and accounts for every message that was acknowledged.",
            "",
            "Mosquitto, Kafka, the registry, a bridge with a heap of 256 MiB and a streams app run as processes of their own on"
                    + " free ports with empty data. All faults take about a quarter of an hour. The exit code is 0 only if"
                    + " nothing was lost, doubled or out of order.",
            "",
            "Needs mosquitto, mosquitto_sub and prlimit."
        })
final class FaultsCommand implements Callable<Integer> {

    /** Names of the faults, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return FaultTrial.names().iterator();
        }
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FAULT",
            completionCandidates = Names.class,
            description = "Only these of ${COMPLETION-CANDIDATES}.")
    private List<String> only = List.of();

    @Option(names = "--brief", description = "Seconds instead of minutes: to see that it runs, not for the record.")
    private boolean brief;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep data and logs here, in an empty directory; by default they go when all is well.")
    private @Nullable Path data;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws Exception {
        List<String> unknown =
                only.stream().filter(name -> !FaultTrial.names().contains(name)).toList();
        if (!unknown.isEmpty()) {
            System.err.println("No such faults: " + unknown + "; there are " + FaultTrial.names());
            return 2;
        }
        try (RunDirectory directory = RunDirectory.of(data, "faults")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            BridgeStage stage = new BridgeStage(
                    directory.path(), seeds.directory(), Home.locate().registry(), List.of("autosave_interval 2"));
            Shutdown shutdown = Shutdown.closing(stage, directory);
            return shutdown.unlessBegun(() -> {
                try (stage) {
                    System.out.println("Starting Mosquitto, Kafka and the registry");
                    stage.start();
                    List<FaultResult> results = new FaultTrial(
                                    stage,
                                    brief ? Pace.brief() : Pace.full(),
                                    InstantSource.system(),
                                    line -> System.out.println("  " + line))
                            .run(only);
                    System.out.println();
                    System.out.print(FaultResult.table(results));
                    boolean good = results.stream().allMatch(FaultResult::good);
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
}
