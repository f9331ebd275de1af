package io.fengsui.standalone.cli;

import io.fengsui.standalone.letters.RecordScan;
import io.fengsui.standalone.unrouted.Queue;
import io.fengsui.standalone.unrouted.QueueTable;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what events wait for. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what is missing, how many events wait for it, and what to do.",
            "",
            "With --events, the events themselves, the newest last; those with * are missed by nobody any more."
        })
final class ListUnroutedCommand implements Callable<Integer> {

    @Mixin
    private UnroutedOptions which = new UnroutedOptions();

    @Option(names = "--events", description = "Each event instead of what it waits for.")
    private boolean events;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "With --events, the newest N (default: ${DEFAULT-VALUE}); all are counted.")
    private int limit;

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
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (RecordScan scan = UnroutedCommand.scan(cluster, err)) {
            Queue queue = UnroutedCommand.queue(
                    scan, which.filter(InstantSource.system().instant(), false));
            QueueTable table = new QueueTable(language.get(), out::println);
            if (events) {
                table.events(queue, limit);
            } else {
                table.causes(queue);
            }
            if (scan.unreadable() > 0) {
                err.println(scan.unreadable() + " records cannot be read, and were passed over");
            }
        }
        out.flush();
        return 0;
    }
}
