package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feed;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.rules.RuleSource;
import io.fengsui.standalone.rules.Tryout;
import io.fengsui.standalone.rules.TryoutTable;
import io.fengsui.streams.reference.ReferenceTables;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries rules on events that were. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what changed rules would have raised and cleared on the events of a time, beside those in force.",
            "",
            "Reads the feed topics of a running system, committed records only, with the reference data as they are now;",
            "writes nothing. Both begin without open alerts, and the bridge counts as heard all the while. Parts of long",
            "Beidou reports are not joined, and a feed of which the rules are those in force is left out."
        })
final class TryRulesCommand implements Callable<Integer> {
    private static final Duration LOAD = Duration.ofSeconds(60);

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "FILE",
            description = "Rule files to try (default: those of the reference data that differ from what is in force).")
    private List<Path> files = List.of();

    @Option(
            names = "--last",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "Since when: an age such as 24h or 7d, or ISO 8601 (default: ${DEFAULT-VALUE}).")
    private String last = "";

    @Option(
            names = "--alerts",
            paramLabel = "N",
            defaultValue = "10",
            description = "Name at most N alerts a rule that only one of the two has (default: ${DEFAULT-VALUE}).")
    private int alerts;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Instant now = InstantSource.system().instant();
        Instant from = since(now);
        List<RuleSource> sources = RuleSource.load(files.isEmpty() ? RuleSource.of(seeds.directory()) : files);
        cluster.admin().close();
        SchemaRegistryClient registry = cluster.registry();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ReferenceView reference = new ReferenceView();
        RuleBook inForce = new RuleBook(feed -> {});
        try (ReferenceTables tables = new ReferenceTables(cluster.clients(), registry, reference, inForce)) {
            tables.start();
            tables.awaitLoaded(LOAD);
        }
        List<RuleSource> changed = sources.stream()
                .filter(source -> !same(inForce.of(source.rules().feed().id()), source.rules()))
                .toList();
        if (changed.isEmpty()) {
            out.println("The rules are those in force; nothing to try");
            out.flush();
            return 0;
        }
        out.println("Events from " + Moment.shown(from) + " to " + Moment.shown(now));
        Set<String> rules = new TreeSet<>();
        try (Tryout tryout = new Tryout(cluster.clients(), registry, reference, line -> err.println("  " + line))) {
            for (RuleSource source : changed) {
                Feed<?> feed = source.rules().feed();
                RuleSet present = inForce.of(feed.id());
                out.println(feed + ": " + source.file() + " version "
                        + source.rules().version() + ", in force "
                        + (present == null ? "none" : present.version()));
                source.rules().rules().stream().map(Rule::id).forEach(rules::add);
                tryout.play(feed, inForce, book(source), from, now);
            }
            new TryoutTable(tryout.before(), tryout.after(), alerts).print(rules, out::println);
            if (tryout.unreadable() > 0) {
                err.println(tryout.unreadable() + " records cannot be read and were passed over");
            }
        }
        out.flush();
        return 0;
    }

    private static boolean same(@Nullable RuleSet present, RuleSet tried) {
        return present != null && present.version().equals(tried.version());
    }

    private static RuleBook book(RuleSource source) {
        String feed = source.rules().feed().id();
        RuleBook book = new RuleBook(refused -> {
            throw new StartException(source.file() + " does not compile; 'fengsui rules check' says why");
        });
        book.accept(
                feed,
                new RuleFile(feed, source.file().toString(), source.rules().version(), source.yaml(), null));
        return book;
    }

    private Instant since(Instant now) {
        Instant from;
        try {
            from = Moment.parse(last, now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--last: " + e.getMessage());
        }
        if (!from.isBefore(now)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--last is " + last + "; it must lie in the past");
        }
        return from;
    }
}
