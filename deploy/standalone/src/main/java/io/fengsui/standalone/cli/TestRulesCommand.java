package io.fengsui.standalone.cli;

import io.fengsui.standalone.rules.RuleSource;
import io.fengsui.standalone.rules.RuleTestRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests of rules. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the tests of rule files: series of events and times, and the signals that they must make.",
            "",
            "The tests of rules/<feed>.yaml are in rules/tests/<feed>.yaml. They run in virtual time, without Kafka and",
            "without the city's reference data. Every branch of every rule must be reached by a test.",
            "The exit code is 1 if a test fails or a branch is untested."
        })
final class TestRulesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Rule files, or files of their tests (default: all of the reference data).")
    private List<Path> files = List.of();

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only tests with this in their name.")
    private String filter = "";

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<RuleSource> sources = RuleSource.load(files.isEmpty() ? RuleSource.of(seeds.directory()) : files);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean passed = new RuleTestRun(filter, System::nanoTime, out::println).run(sources);
        out.flush();
        return passed ? 0 : 1;
    }
}
