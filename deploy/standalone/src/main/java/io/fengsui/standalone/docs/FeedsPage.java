package io.fengsui.standalone.docs;

import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.seeds.SeedSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** docs/feeds.md: what vendors send, and why a message is refused. */
final class FeedsPage {
    private static final Set<String> OURS = Set.of("header", "place");

    private FeedsPage() {}

    static Page page(SeedSet seeds) {
        Markdown page = new Markdown("Feeds")
                .paragraph(
                        "A message goes to `fengsui/v1/<vendor>/<feed>/<deviceId>`, QoS 1, not retained, at most 64 KiB."
                                + " `<vendor>` is the MQTT user name. Its id is the MQTT 5 user property `message-id`, else the JSON"
                                + " field `messageId`; with it a repetition is recognised. The format follows from the MQTT 5"
                                + " content type, else from the look of the payload.")
                .section("Common JSON fields")
                .table(
                        List.of("field", "type", "meaning"),
                        Stream.of(
                                List.of(
                                        "`messageId`",
                                        "text, optional",
                                        "Unique for the device. A repetition has the same."),
                                List.of(
                                        "`time`",
                                        "text or number, required",
                                        "Clock of the device: ISO 8601 (without zone: Asia/Shanghai), or milliseconds since"
                                                + " the epoch."),
                                List.of(
                                        "`status`",
                                        "`ACTUAL`, `EXERCISE` or `TEST`",
                                        "Default `ACTUAL`. The others never reach a live receiver."),
                                List.of("`exercise`", "text, optional", "Name of the exercise."),
                                List.of("`deviceId`", "text, optional", "Must equal that of the topic.")));
        for (Feed<?> feed : Feeds.all()) {
            feed(page, feed, seeds);
        }
        rejections(page);
        return page.page("feeds.md");
    }

    private static void feed(Markdown page, Feed<?> feed, SeedSet seeds) {
        String formats = Decoders.standard().formats(feed).stream()
                .map(PayloadFormat::id)
                .sorted()
                .collect(Collectors.joining(", "));
        page.section(feed.id() + " " + feed.nameZh())
                .paragraph(feed.schema().getDoc())
                .paragraph("Formats: " + formats + ". Lane: " + feed.lane().id() + ". Late after "
                        + feed.lateAfter().toMinutes() + " min: routed, but raises nothing. Readers: "
                        + readers(feed, seeds)
                        + ".")
                .table(
                        List.of("JSON field", "type", "meaning"),
                        feed.schema().getFields().stream()
                                .filter(f -> !OURS.contains(f.name()))
                                .map(f -> List.of(Markdown.inCode(f.name()), type(f.schema()), doc(f))));
    }

    private static String readers(Feed<?> feed, SeedSet seeds) {
        return seeds.routes().values().stream()
                .filter(r -> r.getFeed().equals(feed.id()))
                .map(r -> (r.getSiteKind().equals(SeedSet.ANY) ? "" : "site kind " + r.getSiteKind() + ": ")
                        + Stream.concat(
                                        r.getToUnits() ? Stream.of("its township") : Stream.empty(),
                                        r.getDepartmentIds().stream().map(d -> "city " + d))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                                .filter(s -> s.getType() != Schema.Type.NULL)
                                .map(FeedsPage::type)
                                .collect(Collectors.joining(" or "))
                        + ", optional";
            case ENUM ->
                schema.getEnumSymbols().stream()
                        .filter(s -> !s.equals("UNKNOWN"))
                        .map(Markdown::inCode)
                        .collect(Collectors.joining(", "));
            case RECORD ->
                schema.getFields().stream()
                        .map(f -> f.name() + ": " + type(f.schema()))
                        .collect(Collectors.joining("; ", "object (", ")"));
            case STRING -> "text";
            case DOUBLE, FLOAT -> "number";
            case INT, LONG -> "whole number";
            case BOOLEAN -> "true or false";
            default -> schema.getType().getName();
        };
    }

    private static String doc(Schema.Field field) {
        return Objects.requireNonNullElse(field.doc(), "");
    }

    private static void rejections(Markdown page) {
        page.section("Why a message is refused")
                .paragraph(
                        "A refused message is acknowledged, kept in `feed.dead-letter` with its bytes, and told to the"
                                + " vendor on `fengsui/v1/<vendor>/rejected/<deviceId>` as"
                                + " `{reason, field, detail, remedy, messageId, mqttTopic, receivedAt}`.")
                .table(
                        List.of("reason", "原因", "meaning", "remedy", "who mends it"),
                        Arrays.stream(Rejection.values())
                                .map(r -> List.of(
                                        Markdown.inCode(r.name()),
                                        r.zh(),
                                        r.en(),
                                        r.remedy(),
                                        r.owner().name().toLowerCase(Locale.ROOT))));
    }
}
