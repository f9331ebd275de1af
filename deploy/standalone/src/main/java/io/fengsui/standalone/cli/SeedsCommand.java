package io.fengsui.standalone.cli;

import io.fengsui.reference.RuleFile;
import io.fengsui.reference.RuleTestResult;
import io.fengsui.seeds.RuleTestResults;
import io.fengsui.seeds.SampleSeeds;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.TableChange;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks and publishes the reference data. */
@Command(
        name = "seeds",
        mixinStandardHelpOptions = true,
        description = "Checks the city's reference data and rules, and publishes them.",
        synopsisSubcommandLabel = "COMMAND")
final class SeedsCommand {

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks every file and rule; names all errors with file, line and column.",
                "",
                "Tells which parameters have no value for how many devices: rules say nothing there.",
                "Asks no Kafka. The exit code is 1 if there is an error; warnings do not count."
            })
    int check(@Mixin SeedOptions seeds) {
        SeedSet set = seeds.load();
        set.warnings().forEach(System.err::println);
        set.unset().forEach(System.out::println);
        System.out.println(summary(set));
        return 0;
    }

    @Command(
            name = "load",
            mixinStandardHelpOptions = true,
            description = {
                "Checks the reference data and publishes what has changed to the ref.* topics.",
                "",
                "All or nothing; running processes take it up at once, rules included. More than a fifth of a table is",
                "removed only with --remove-many, since a half-written file looks just like that."
            })
    int load(
            @Mixin ClusterOptions cluster,
            @Mixin SeedOptions seeds,
            @Option(names = "--dry-run", description = "Only say what would change.") boolean dryRun,
            @Option(names = "--remove-many", description = "Removing more than a fifth of a table is meant.")
                    boolean removeMany)
            throws InterruptedException {
        SeedSet set = RuleTestResults.added(seeds.load(), seeds.directory());
        set.warnings().forEach(System.err::println);
        set.rules().values().forEach(SeedsCommand::warnOfTests);
        cluster.admin().close();
        SeedLoader loader = new SeedLoader(cluster.clients(), cluster.registry());
        List<TableChange> changes = dryRun ? loader.compare(set) : loader.load(set, removeMany);
        for (TableChange change : changes) {
            System.out.printf(
                    "%-14s %5d added %5d changed %5d removed %5d unchanged%n",
                    change.topic(),
                    change.added().size(),
                    change.changed().size(),
                    change.removed().size(),
                    change.unchanged());
        }
        System.out.println(dryRun ? "Nothing was written" : "Done");
        return 0;
    }

    /** The console shows the same beside the rules. */
    private static void warnOfTests(RuleFile file) {
        RuleTestResult tests = file.getTests();
        if (tests == null) {
            System.err.println(file.getFile() + ": there are no tests of these rules");
        } else if (tests.getProblem() != null || !tests.getFailed().isEmpty()) {
            System.err.println(tests.getFile() + ": " + tests.getFailed().size() + " of " + tests.getRan()
                    + " tests fail, and the rules are published all the same; 'fengsui rules test' says why");
        }
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Writes the sample sites and devices anew (sites.csv, devices.csv) from a seed number.")
    int generate(
            @Mixin SeedOptions seeds,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "" + SampleSeeds.SEED,
                            description = "The same number gives the same files (default: ${DEFAULT-VALUE}).")
                    long seed) {
        SampleSeeds.write(seeds.directory(), seed);
        System.out.println("Wrote sites.csv and devices.csv in " + seeds.directory());
        return 0;
    }

    private static String summary(SeedSet set) {
        return "Good: " + set.units().size() + " units, " + set.sites().size() + " sites, "
                + set.devices().size() + " devices, " + set.vendors().size() + " vendors, "
                + set.routes().size() + " routes, " + set.parameters().size() + " parameters, factor codes of "
                + set.factors().size() + " vendors, rules of "
                + String.join(", ", set.rules().keySet());
    }
}
