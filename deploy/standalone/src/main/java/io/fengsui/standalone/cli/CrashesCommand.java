package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.drill.crash.CrashDrill;
import io.fengsui.standalone.drill.crash.CrashReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills the streams app again and again and compares all that it wrote. */
@Command(
        name = "crashes",
        mixinStandardHelpOptions = true,
        description = {
            "Kills streams apps (kill -9) in the middle of transactions, and compares all that readers were given with what an"
                    + " undisturbed app makes of the same records.",
            "",
            "Kafka, the registry and two streams apps that stand by for each other run as processes of their own on free ports"
                    + " with empty data. 50 kills take some ten minutes. The exit code is 0 only if nothing was lost,"
                    + " doubled or out of order, no alert missed and none invented, and the accounts are the same."
        })
final class CrashesCommand implements Callable<Integer> {
    private static final InstantSource CLOCK = InstantSource.system();

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "50",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Who is killed and after which pauses, and what devices say (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep data and logs here, in an empty directory; by default they go when all is well.")
    private @Nullable Path data;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Override
    public Integer call() throws Exception {
        if (kills < 1) {
            throw new StartException("--kills is " + kills + "; it begins at 1");
        }
        try (RunDirectory directory = RunDirectory.of(data, "crashes")) {
            Logs.writeTo(directory.path().resolve("fengsui.log"));
            CrashDrill drill = new CrashDrill(
                    directory.path(),
                    SeedSet.load(seeds.directory()),
                    Home.locate().registry(),
                    seed,
                    CLOCK,
                    line -> System.out.println("  " + line));
            Shutdown shutdown = Shutdown.closing(drill, directory);
            return shutdown.unlessBegun(() -> {
                try (drill) {
                    CrashReport report = drill.run(kills);
                    System.out.println();
                    System.out.print(report.text());
                    if (!report.good()) {
                        directory.keep();
                    }
                    return report.good() ? 0 : 1;
                } catch (RuntimeException e) {
                    directory.keep();
                    throw e;
                }
            });
        }
    }
}
