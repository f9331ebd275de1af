package io.fengsui.standalone.docs;

import io.fengsui.ingest.decode.Decoders;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Masking;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.seeds.SeedSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/feeds.md: what vendors send, and why a message is refused. */
final class FeedsPage {
    private FeedsPage() {}

    static Page page(SeedSet seeds) {
        Markdown page = new Markdown("Feeds")
                .paragraph(
                        "A message goes to `fengsui/v1/<vendor>/<feed>/<deviceId>`, QoS 1, not retained, at most 64 KiB."
                                + " `<vendor>` is the MQTT user name. An MQTT client id that is the user name, or begins with it"
                                + " and `-`, is that user's alone; nobody may use another's. The message's id is the MQTT 5 user property `message-id`, else the JSON"
                                + " field `messageId`; with it a repetition is recognised, so a new message needs a new one. The format follows from the MQTT 5"
                                + " content type, else from the look of the payload.")
                .paragraph("`fengsui vendor sample` prints a valid payload, `fengsui vendor check` judges a connection"
                        + " ([conformance.md](conformance.md)). [contracts/](contracts/README.md) says the same for machines: JSON"
                        + " Schema and AsyncAPI.")
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
                                        "text or number, required but in `gateway`",
                                        "Clock of the device: ISO 8601 (without zone: Asia/Shanghai), or milliseconds since"
                                                + " the epoch."),
                                List.of(
                                        "`status`",
                                        "`ACTUAL`, `EXERCISE` or `TEST`",
                                        "Default `ACTUAL`. The others never reach a live receiver."),
                                List.of(
                                        "`exercise`",
                                        "text, optional",
                                        "Name of the exercise; `status` must then say so."),
                                List.of("`deviceId`", "text, optional", "Must equal that of the topic.")));
        for (Feed<?> feed : Feeds.all()) {
            feed(page, feed, seeds);
        }
        rejections(page);
        return page.page("feeds.md");
    }

    private static void feed(Markdown page, Feed<?> feed, SeedSet seeds) {
        VendorMessage message = VendorMessage.of(feed);
        String formats = Decoders.standard().formats(feed).stream()
                .sorted()
                .map(format -> format.id() + " ("
                        + format.contentTypes().stream().map(Markdown::inCode).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining("; "));
        page.section(feed.id() + " " + feed.nameZh())
                .paragraph(feed.schema().getDoc())
                .paragraph("Formats: " + formats + ". Lane: " + feed.lane().id() + ". Late after "
                        + feed.lateAfter().toMinutes() + " min: routed, but raises nothing. Readers: "
                        + readers(feed, seeds)
                        + ".")
                .table(
                        List.of("JSON field", "", "values", "meaning"),
                        message.fields().stream()
                                .map(f -> List.of(
                                        Markdown.inCode(f.name()),
                                        f.required() ? "required" : "optional",
                                        f.values(),
                                        meaning(feed, f))))
                .paragraph(message.words());
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

    private static String meaning(Feed<?> feed, VendorField field) {
        boolean personal = Masking.isPersonal(feed.schema().getField(field.name()));
        return field.field().doc()
                + (personal ? " Personal, masked for readers: `" + Masking.MASK + "`, or null." : "");
    }

    private static void rejections(Markdown page) {
        page.section("Why a message is refused")
                .paragraph(
                        "A refused message is acknowledged, kept in `feed.dead-letter` (of a feed with personal data:"
                                + " `feed.<feed>.dead-letter`) with its bytes, and told to the"
                                + " vendor on `fengsui/v1/<vendor>/rejected/<deviceId>` as"
                                + " `{reason, field, detail, remedy, messageId, mqttTopic, receivedAt}`. Of a feed with personal data"
                                + " the detail quotes nothing of the message. Once the cause is mended on the city's side,"
                                + " operations send it in again (`fengsui dead-letters replay`); the vendor hears nothing of"
                                + " that, and a message sent again under the same `messageId` is dropped as a repetition.")
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
