package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feed;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.trace.Trace;
import io.fengsui.standalone.trace.TraceCard;
import io.fengsui.standalone.trace.Tracer;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the whole way of an event. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Prints an event's whole way: MQTT topic, bridge, feed topic, readers or the queue it went to, what rules said of"
                    + " it, the alerts, and who did what about them when.",
            "",
            "It is looked for in the partition of its device, from --since on; then only as far as what came of it can lie."
                    + " Nothing of what the event says is shown. The exit code is 1 if it is not found."
        })
final class TraceCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "EVENT",
            description = "header.eventId: vendor/device/message, such as dust-one/dc-006-1/17.")
    private String eventId = "";

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            converter = LetterOptions.FeedConverter.class,
            description = "Look in this feed (default: that of the device, or all if it is not registered).")
    private @Nullable Feed<?> feed;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "It came in then or later: an age such as 2h or 7d, or ISO 8601 (without zone: Asia/Shanghai)"
                    + " (default: ${DEFAULT-VALUE}).")
    private String since = "24h";

    @Option(
            names = "--within",
            paramLabel = "MINUTES",
            defaultValue = "10",
            description = "How long after its arrival to look for what came of it (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--streams-application-id",
            paramLabel = "ID",
            defaultValue = "fengsui-streams",
            description = "streams.application.id of the streams app (default: ${DEFAULT-VALUE}).")
    private String streamsApplicationId = "fengsui-streams";

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
        Instant from =
                TimeOption.parse(spec, "--since", since, InstantSource.system().instant());
        if (minutes < 1) {
            throw new ParameterException(spec.commandLine(), "--within is " + minutes + "; it begins at 1");
        }
        try (Admin admin = cluster.admin();
                Tracer tracer =
                        new Tracer(admin, cluster.clients(), cluster.registry(), streamsApplicationId, err::println)) {
            Trace trace = tracer.trace(eventId, feed, from, Duration.ofMinutes(minutes));
            if (trace.found()) {
                new TraceCard(language.get(), out::println).print(trace);
                return 0;
            }
            err.println("No event " + eventId + " since " + Moment.shown(from) + "; " + tracer.records()
                    + " records were read in");
            tracer.searched().forEach(place -> err.println("  " + place));
            err.println("An earlier --since looks further back; feeds' topics keep a week, dead letters 30 days");
            return 1;
        }
    }
}
