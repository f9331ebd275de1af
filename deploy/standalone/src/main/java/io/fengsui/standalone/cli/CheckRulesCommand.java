package io.fengsui.standalone.cli;

import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.rules.RuleSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles rules and holds them to the reference data. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Compiles rule files against the feeds' schemas, and checks them with the reference data.",
            "",
            "Names all errors as file:line:column. Tells which parameters have no value for how many devices.",
            "A file given stands for the one of its feed. Asks no Kafka. The exit code is 1 if there is an error."
        })
final class CheckRulesCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files (default: all of the reference data).")
    private List<Path> files = List.of();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<RuleSource> sources = RuleSource.load(files.isEmpty() ? RuleSource.of(seeds.directory()) : files);
        Map<String, Path> instead = new LinkedHashMap<>();
        if (!files.isEmpty()) {
            sources.forEach(source -> instead.put(source.rules().feed().id(), source.file()));
        }
        SeedSet set = SeedSet.load(seeds.directory(), instead);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        set.warnings().forEach(spec.commandLine().getErr()::println);
        set.unset().forEach(out::println);
        for (RuleSource source : sources) {
            out.printf(
                    "%-48s %2d rules, %2d parameters, version %s%n",
                    source.file(),
                    source.rules().rules().size(),
                    source.rules().params().size(),
                    source.rules().version());
        }
        out.println("Good");
        out.flush();
        return 0;
    }
}
