package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.FeedField.Kind;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The ways in which messages of a feed are spoilt: what vendors get wrong, one by one. */
final class Malformations {
    /** Just over the limit of 64 KiB, so that the connection's own limits do not come into play. */
    private static final int OVERSIZED_BYTES = 64 * 1024 + 64;

    private static final int DEPTH = 200;
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Duration AGES = Duration.ofDays(4_000);

    private final Feed<?> feed;
    private final SeedSet seeds;
    private final List<Malformation> all = new ArrayList<>();

    private Malformations(Feed<?> feed, SeedSet seeds) {
        this.feed = feed;
        this.seeds = seeds;
    }

    static List<Malformation> of(Feed<?> feed, SeedSet seeds) {
        Malformations malformations = new Malformations(feed, seeds);
        malformations.nativeForms();
        malformations.bytes();
        malformations.fields();
        malformations.numbers();
        malformations.times();
        malformations.devices();
        return List.copyOf(malformations.all);
    }

    private void add(Rejection reason, UnaryOperator<Draft> spoil) {
        all.add(new Malformation(reason, spoil));
    }

    private void bytes() {
        add(Rejection.NOT_JSON, d -> {
            byte[] bytes = d.payload().bytes();
            return d.with(json(Arrays.copyOf(bytes, bytes.length - 1)));
        });
        add(Rejection.EMPTY, d -> d.with(json(new byte[0])));
        add(Rejection.OVERSIZED, d -> d.with("padding", "x".repeat(OVERSIZED_BYTES)));
        add(Rejection.NOT_UTF8, d -> {
            String text = new String(d.payload().bytes(), StandardCharsets.UTF_8);
            byte[] bytes = text.replaceFirst("\\{", "{\"note\":\"~\",").getBytes(StandardCharsets.UTF_8);
            bytes["{\"note\":\"".length()] = (byte) 0xFF;
            return d.with(json(bytes));
        });
        add(Rejection.TOO_DEEP, d -> {
            String nested = "{\"note\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";
            return d.with(json(nested.getBytes(StandardCharsets.UTF_8)));
        });
        add(
                Rejection.UNSUPPORTED_FORMAT,
                d -> d.with(new Payload("image/png", d.payload().bytes())));
    }

    private void fields() {
        String required = feed.timeless()
                ? first(FeedField::required).map(FeedField::name).orElseThrow()
                : "time";
        add(Rejection.MISSING_FIELD, d -> d.with(required, null));
        first(field -> field.kind() == Kind.CHOICE).ifPresent(field -> {
            add(Rejection.UNKNOWN_VALUE, d -> d.with(field.name(), "SIDEWAYS"));
            add(Rejection.WRONG_TYPE, d -> d.with(field.name(), 17));
        });
        first(field -> field.kind() == Kind.FLAG || field.kind() == Kind.WHOLE)
                .ifPresent(field -> add(Rejection.WRONG_TYPE, d -> d.with(field.name(), "many")));
        first(field -> field.kind() == Kind.TEXT && field.pattern() == null && !field.required())
                .ifPresent(
                        field -> add(Rejection.TOO_LONG, d -> d.with(field.name(), "长".repeat(field.maxLength() + 1))));
        first(field -> field.kind() == Kind.TEXT && field.pattern() != null && field.required())
                .ifPresent(field -> add(Rejection.WRONG_TYPE, d -> d.with(field.name(), "?")));
        for (FeedField field : feed.fields()) {
            String earlier = field.notBefore();
            if (earlier != null) {
                add(Rejection.CONTRADICTION, d -> d.with(earlier, d.now().toEpochMilli())
                        .with(field.name(), d.now().toEpochMilli() - 1));
            }
        }
    }

    private void numbers() {
        first(field -> field.kind() == Kind.NUMBER || field.kind() == Kind.WHOLE)
                .ifPresent(field -> {
                    add(Rejection.OUT_OF_RANGE, d -> d.with(field.name(), (long) field.min() - 1));
                    add(Rejection.OUT_OF_RANGE, d -> d.with(field.name(), (long) field.max() + 1));
                    add(Rejection.NOT_FINITE, d -> bare(d, field.name(), "NaN"));
                    add(Rejection.NOT_FINITE, d -> bare(d, field.name(), "-Infinity"));
                });
    }

    private Optional<FeedField> first(Predicate<FeedField> wanted) {
        return feed.fields().stream().filter(wanted).findFirst();
    }

    /** The field with a value that no JSON writer would write. */
    private static Draft bare(Draft draft, String field, String value) {
        Draft marked = draft.with(field, "@");
        String text = new String(marked.payload().bytes(), StandardCharsets.UTF_8);
        return draft.with(json(text.replace("\"@\"", value).getBytes(StandardCharsets.UTF_8)));
    }

    private void times() {
        add(Rejection.BAD_TIME, d -> d.with("time", "昨天下午"));
        add(Rejection.CLOCK_IN_FUTURE, d -> d.with("time", d.now().plus(AHEAD).toEpochMilli()));
        add(Rejection.CLOCK_ABSURD, d -> d.with("time", d.now().minus(AGES).toEpochMilli()));
    }

    private void devices() {
        add(Rejection.DEVICE_MISMATCH, d -> d.with("deviceId", "another-device"));
        if (seeds.devices().values().stream()
                        .filter(d -> d.getFeed().equals(feed.id()))
                        .map(Device::getVendor)
                        .distinct()
                        .count()
                > 1) {
            add(
                    Rejection.WRONG_VENDOR,
                    d -> d.onTopicOf(any(other -> other.getFeed().equals(feed.id())
                            && !other.getVendor().equals(d.sender().getVendor()))));
        }
        add(
                Rejection.WRONG_FEED,
                d -> d.onTopicOf(any(other -> !other.getFeed().equals(feed.id())
                        && other.getVendor().equals(d.sender().getVendor()))));
    }

    private String any(Predicate<Device> wanted) {
        return seeds.devices().values().stream()
                .filter(wanted)
                .findFirst()
                .map(Device::getDeviceId)
                .orElseThrow(() -> new IllegalStateException("The reference data has too few devices for " + feed));
    }

    private void nativeForms() {
        if (feed.equals(Feeds.VIDEO_STATUS)) {
            add(Rejection.NOT_XML, d -> {
                Payload good = Payload.keepalive(d.sender(), 1);
                byte[] cut = Arrays.copyOf(good.bytes(), good.bytes().length - "</Notify>\n".length());
                return d.with(new Payload(good.contentType(), cut));
            });
            add(Rejection.UNSUPPORTED_MESSAGE, d -> d.with(Payload.foreignCommand(d.sender(), 1)));
        } else if (feed.equals(Feeds.BEIDOU_REPORT)) {
            add(Rejection.BAD_CHECKSUM, d -> {
                Payload good = Payload.shortMessage(d.sender(), "样例");
                byte[] bytes = good.bytes().clone();
                bytes[bytes.length / 2] ^= 1;
                return d.with(new Payload(good.contentType(), bytes));
            });
            add(Rejection.UNSUPPORTED_MESSAGE, d -> d.with(Payload.sentence("CCTXA,0312345,1,2,A43132")));
            add(Rejection.NOT_A_SENTENCE, d -> {
                byte[] bytes = "$BDTXR,1\r\n".getBytes(StandardCharsets.US_ASCII);
                return d.with(new Payload(Payload.sentence("").contentType(), bytes));
            });
        }
    }

    private static Payload json(byte[] bytes) {
        return new Payload(Payload.JSON, bytes);
    }
}
