package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.letters.LetterFilter;
import io.fengsui.standalone.letters.LetterJson;
import io.fengsui.standalone.letters.LetterScan;
import io.fengsui.standalone.letters.LetterTable;
import io.fengsui.standalone.letters.ReplayHistory;
import io.fengsui.standalone.letters.Selection;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists dead letters, the newest last, and how many there are of each reason.",
            "",
            "Letters of a feed with personal data are listed only with --feed, and without what they say."
        })
final class ListLettersCommand implements Callable<Integer> {

    @Mixin
    private LetterOptions which = new LetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "The newest N (default: ${DEFAULT-VALUE}); all are counted.")
    private int limit;

    @Option(names = "--json", description = "One JSON object a line instead of the table; times in UTC.")
    private boolean json;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            throw which.usage("--limit is " + limit + "; it begins at 1");
        }
        LetterFilter filter = which.filter(InstantSource.system().instant(), null);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Selection found = Selection.newest(limit);
        ReplayHistory history;
        long unreadable;
        try (LetterScan scan = DeadLettersCommand.scan(cluster, err)) {
            history = scan.history();
            scan.each(filter.topic(), filter.since(), letter -> {
                if (filter.matches(letter, history)) {
                    found.add(letter);
                }
            });
            unreadable = scan.unreadable();
        }
        if (json) {
            LetterJson line = new LetterJson();
            found.letters().forEach(letter -> out.println(line.of(letter, history)));
        } else {
            LetterTable table = new LetterTable(language.get(), history);
            table.print(found.letters(), out::println);
            table.printCounts(found.byReason(), out::println);
        }
        out.flush();
        tell(err, filter, found, unreadable);
        return 0;
    }

    private static void tell(PrintWriter err, LetterFilter filter, Selection found, long unreadable) {
        if (found.total() > found.letters().size()) {
            err.println("The newest " + found.letters().size() + " of " + found.total()
                    + " are listed; --limit says how many");
        }
        if (unreadable > 0) {
            err.println(unreadable + " records cannot be read as dead letters; 'fengsui tail "
                    + filter.topic().name() + " --from-beginning' shows them");
        }
        if (filter.feed() == null) {
            err.println("Those of "
                    + Feeds.all().stream()
                            .filter(Feed::isProtected)
                            .map(Feed::id)
                            .collect(Collectors.joining(", "))
                    + " are listed with --feed only");
        }
    }
}
