package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.standalone.ledger.HourEntry;
import io.fengsui.standalone.ledger.LedgerReading;
import io.fengsui.standalone.ledger.LedgerTable;
import io.fengsui.standalone.letters.Moment;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the ledger by feed and hour. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the ledger by feed and hour: accepted + in flight before = routed + dead letters + unrouted + duplicates +"
                    + " in flight after.",
            "",
            "Hours are those of the work, in the city's zone; an hour in which nothing happened has no line. Accepted is"
                    + " counted in the feeds' topics, the rest by the streams app in the transactions of its work."
                    + " Derived events are made of others and are none of those accepted. The exit code is 1 if an hour"
                    + " does not balance, and its name is printed. A sum over all feeds is last."
        })
final class LedgerCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "First hour: an age such as 6h, or ISO 8601 (without zone: Asia/Shanghai)"
                    + " (default: ${DEFAULT-VALUE}).")
    private String from = "24h";

    @Option(names = "--to", paramLabel = "TIME", description = "Hours that begin before; as --from (default: now).")
    private @Nullable String to;

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            converter = LetterOptions.FeedConverter.class,
            description = "This feed alone.")
    private @Nullable Feed<?> feed;

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description =
                    "Counts of ${COMPLETION-CANDIDATES} alone. What is in flight and whether it balances is known of both"
                            + " together: a record that cannot be read tells no realm.")
    private @Nullable Realm realm;

    @Option(
            names = "--streams-application-id",
            paramLabel = "ID",
            defaultValue = "fengsui-streams",
            description = "streams.application.id of the streams app (default: ${DEFAULT-VALUE}).")
    private String streamsApplicationId = "fengsui-streams";

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
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Instant now = InstantSource.system().instant();
        Instant first = TimeOption.parse(spec, "--from", from, now).truncatedTo(ChronoUnit.HOURS);
        Instant end = to == null ? now : TimeOption.parse(spec, "--to", to, now);
        if (!first.isBefore(end)) {
            throw usage("--from " + from + " is not before --to " + (to == null ? "now" : to));
        }
        List<LedgerReading.Page> pages;
        try (Admin admin = cluster.admin()) {
            pages = new LedgerReading(
                            admin,
                            cluster.clients(),
                            cluster.registry(),
                            streamsApplicationId,
                            id -> err.println("Reading " + id))
                    .read(first, now, feed, realm);
        }
        List<HourEntry> entries = pages.stream()
                .flatMap(page -> page.entries().stream())
                .filter(entry -> entry.hour().isBefore(end))
                .sorted(Comparator.comparing(HourEntry::feed).thenComparing(HourEntry::hour))
                .toList();
        LedgerTable table = new LedgerTable(language.get(), out::println);
        if (json) {
            table.json(entries);
        } else {
            table.print(entries);
        }
        pages.stream()
                .filter(page -> page.differsBefore() != 0)
                .forEach(page -> err.println(page.feed() + ": " + page.differsBefore() + " differ since before "
                        + Moment.shown(first) + "; an earlier --from tells in which hour"));
        List<String> differences = table.differences(entries);
        differences.forEach(json ? err::println : out::println);
        if (!differences.isEmpty()) {
            err.println(
                    "Is the streams app running? What it counted in its last quarter of a second before it ended it"
                            + " tells when it starts again. Else compare the dead letters and the unrouted events of that hour");
        } else if (realm == null && !json) {
            out.println(language.get().say("账目平衡", "The accounts balance"));
        }
        return differences.isEmpty() ? 0 : 1;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
