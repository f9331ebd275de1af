package io.fengsui.standalone.cli;

import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.standalone.letters.Address;
import io.fengsui.standalone.letters.LetterFilter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters a command is about. */
final class LetterOptions {

    /** Reads addresses; a wrong one is wrong usage. */
    static final class AddressConverter implements ITypeConverter<Address> {
        @Override
        public Address convert(String text) {
            try {
                return Address.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads feeds; a wrong one is wrong usage. */
    static final class FeedConverter implements ITypeConverter<Feed<?>> {
        @Override
        public Feed<?> convert(String id) {
            return Feeds.byId(id)
                    .orElseThrow(() -> new TypeConversionException("'" + id + "' is no feed; there is "
                            + Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "))));
        }
    }

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "CODE",
            description = "Of these reasons, such as UNKNOWN_DEVICE; docs/feeds.md lists them.")
    private List<Rejection> reasons = List.of();

    @Option(names = "--vendor", paramLabel = "VENDOR", description = "Of this vendor.")
    private @Nullable String vendor;

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            converter = FeedConverter.class,
            description = "Of this feed. One with personal data is listed only if it is named here.")
    private @Nullable Feed<?> feed;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Of this device.")
    private @Nullable String device;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Arrived then or later: an age such as 2h or 7d, or ISO 8601 (without zone: Asia/Shanghai).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Arrived before; as --since.")
    private @Nullable String until;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Refused by INGEST (the bridge) or STREAMS (behind it).")
    private @Nullable DeadLetterStage stage;

    @Option(names = "--open", description = "Only those that no replay has settled.")
    private boolean open;

    @Option(names = "--replayed", description = "Only those that a replay has settled.")
    private boolean replayed;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Whether any filter was given. */
    boolean given() {
        return open
                || replayed
                || !reasons.isEmpty()
                || Stream.of(vendor, feed, device, since, until, stage).anyMatch(Objects::nonNull);
    }

    /**
     * The filter.
     *
     * @param otherwise of letters that are open or not, if neither was asked for; null for both
     * @throws ParameterException if a time cannot be read, or both --open and --replayed were given
     */
    LetterFilter filter(Instant now, @Nullable Boolean otherwise) {
        if (open && replayed) {
            throw usage("--open and --replayed exclude each other");
        }
        Boolean wanted = open ? Boolean.FALSE : replayed ? Boolean.TRUE : otherwise;
        return new LetterFilter(
                Set.copyOf(reasons),
                feed,
                vendor,
                device,
                time("--since", since, now),
                time("--until", until, now),
                stage,
                wanted);
    }

    ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private @Nullable Instant time(String option, @Nullable String text, Instant now) {
        return text == null ? null : TimeOption.parse(spec, option, text, now);
    }
}
