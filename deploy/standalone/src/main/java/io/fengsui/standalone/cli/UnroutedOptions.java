package io.fengsui.standalone.cli;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.standalone.unrouted.QueueFilter;
import io.fengsui.streams.route.UnroutedReason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which events of the queue a command is about. */
final class UnroutedOptions {

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "CODE",
            description = "Of these reasons: ${COMPLETION-CANDIDATES}.")
    private List<UnroutedReason> reasons = List.of();

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            converter = LetterOptions.FeedConverter.class,
            description = "Of this feed. One with personal data is meant only if it is named here.")
    private @Nullable Feed<?> feed;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Of this device.")
    private @Nullable String device;

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            description = "What is missing: part of a division code, a device, a site or a topic.")
    private @Nullable String subject;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Unrouted then or later: an age such as 2h or 7d, or ISO 8601 (without zone: Asia/Shanghai).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Unrouted before; as --since.")
    private @Nullable String until;

    @Option(names = "--open", description = "Only those that somebody still misses.")
    private boolean open;

    @Option(names = "--drill", description = "Of exercises, not of real events.")
    private boolean drill;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Whether any filter was given that says which events. */
    boolean given() {
        return open
                || !reasons.isEmpty()
                || Stream.of(feed, device, subject, since, until).anyMatch(Objects::nonNull);
    }

    /** Whether a filter was given that has no meaning for events that are not in the queue. */
    boolean ofTheQueueAlone() {
        return open || !reasons.isEmpty() || Stream.of(device, subject, until).anyMatch(Objects::nonNull);
    }

    @Nullable
    Feed<?> feed() {
        return feed;
    }

    Realm realm() {
        return drill ? Realm.DRILL : Realm.LIVE;
    }

    @Nullable
    Instant since(Instant now) {
        return time("--since", since, now);
    }

    /** @param openAlone whether only those that somebody misses are meant, whatever was asked for */
    QueueFilter filter(Instant now, boolean openAlone) {
        return new QueueFilter(
                realm(),
                Set.copyOf(reasons),
                feed,
                device,
                subject,
                since(now),
                time("--until", until, now),
                (open || openAlone) ? Boolean.FALSE : null);
    }

    ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private @Nullable Instant time(String option, @Nullable String text, Instant now) {
        return text == null ? null : TimeOption.parse(spec, option, text, now);
    }
}
