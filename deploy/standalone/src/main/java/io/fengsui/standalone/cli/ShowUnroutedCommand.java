package io.fengsui.standalone.cli;

import io.fengsui.ops.Unrouted;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.letters.RecordScan;
import io.fengsui.standalone.unrouted.Queue;
import io.fengsui.standalone.unrouted.QueueCard;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one event of the queue. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all about one event: who misses it and why, what to do, who has got it, and who sent it on.",
            "",
            "What the event says is in its feed's topic, and in the readers' topics that have it; it is not shown here."
        })
final class ShowUnroutedCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EVENT", description = "Its id, as 'fengsui unrouted list --events' shows it.")
    private String eventId = "";

    @Mixin
    private UnroutedOptions which = new UnroutedOptions();

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
        try (RecordScan scan = UnroutedCommand.scan(cluster, err)) {
            Queue queue = UnroutedCommand.queue(
                    scan, which.filter(InstantSource.system().instant(), false));
            Unrouted entry = queue.entries().stream()
                    .filter(known -> known.getEventId().equals(eventId))
                    .findFirst()
                    .orElseThrow(
                            () -> new StartException("No event " + eventId + " in the queue; 'fengsui unrouted list"
                                    + " --events' shows ids, --feed is needed for a feed with personal data, and --drill for"
                                    + " exercises"));
            new QueueCard(language.get(), out::println).print(entry, queue.log());
        }
        out.flush();
        return 0;
    }
}
