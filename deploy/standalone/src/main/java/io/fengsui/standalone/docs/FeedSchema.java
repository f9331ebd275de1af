package io.fengsui.standalone.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a feed as JSON Schema 2020-12, as strict as the decoder where JSON Schema can be. What a feed's own decoder asks
 * beyond its fields stands in {@code schema/<feed>.json} beside this class: {@code optional} names fields that it fills, the
 * rest is added as it is. A test holds all of it to the decoder by the test vectors.
 */
final class FeedSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No control, unassigned or private character but line breaks and tabs: the decoder's StrictText. */
    private static final String READABLE = "^[\\t\\n\\r\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Z}\\p{Cf}]*$";

    /** ISO 8601 with T or a blank, seconds, fraction and zone optional: the decoder's DeviceTime. */
    private static final String TIME = "^\\s*[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[T ]"
            + "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?"
            + "(?:Z|[+-](?:0[0-9]|1[0-8]):?[0-5][0-9](?::[0-5][0-9])?)?\\s*$";

    /** The last millisecond of the year 9999. */
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    private FeedSchema() {}

    static Page page(Feed<?> feed) {
        return new Page("contracts/" + file(feed), of(feed).toPrettyString() + "\n");
    }

    static String file(Feed<?> feed) {
        return feed.id() + ".schema.json";
    }

    static ObjectNode of(Feed<?> feed) {
        ObjectNode more = more(feed);
        Set<String> filled = new HashSet<>();
        more.path("optional").forEach(name -> filled.add(name.textValue()));
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:fengsui:feed:" + feed.id() + ":v1")
                .put("$comment", "Written by './fengsui docs'; edit the code instead.")
                .put("title", feed.nameZh() + " / " + feed.nameEn())
                .put("description", feed.schema().getDoc())
                .put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        envelope(properties, feed.timeless());
        if (!feed.timeless()) {
            required.add("time");
        }
        for (FeedField field : feed.fields()) {
            boolean needed = field.required() && !filled.contains(field.name());
            properties.set(field.name(), field(field, needed));
            if (needed) {
                required.add(field.name());
            }
        }
        schema.set("dependentSchemas", exerciseNamesStatus());
        more.remove("optional");
        schema.setAll(more);
        schema.set("$defs", definitions());
        return schema;
    }

    private static void envelope(ObjectNode properties, boolean timeless) {
        properties.set("messageId", text(JsonPayload.MESSAGE_ID_LENGTH, false));
        describe(properties, "messageId", "消息编号 / Message id", "Unique for the device. A repetition has the same.");
        properties.set("time", time(!timeless));
        describe(properties, "time", "设备时间 / Time", "Clock of the device; without zone it is Asia/Shanghai.");
        properties.set("status", choice(symbols(EventStatus.values()), false));
        describe(properties, "status", "状态 / Status", "ACTUAL if left out; the others never reach a live receiver.");
        properties.set("exercise", text(JsonPayload.EXERCISE_LENGTH, false));
        describe(properties, "exercise", "演练名称 / Exercise", "Name of the exercise; status must then say so.");
        properties.set("deviceId", text(JsonPayload.MESSAGE_ID_LENGTH, false));
        describe(properties, "deviceId", "设备编号 / Device", "Must equal that of the topic.");
    }

    private static void describe(ObjectNode properties, String name, String title, String description) {
        ((ObjectNode) properties.get(name)).put("title", title).put("description", description);
    }

    private static List<String> symbols(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN"))
                .toList();
    }

    private static ObjectNode field(FeedField field, boolean required) {
        ObjectNode schema =
                switch (field.kind()) {
                    case TEXT -> field.pattern() == null ? text(field.maxLength(), required) : pattern(field, required);
                    case WHOLE, NUMBER -> number(field, required);
                    case FLAG -> typed("boolean", required);
                    case CHOICE -> choice(field.symbols(), required);
                    case TIME -> time(required);
                    case POINT -> point(required);
                };
        return schema.put("title", field.zh() + " / " + field.en()).put("description", description(field));
    }

    private static String description(FeedField field) {
        StringBuilder words = new StringBuilder(field.doc());
        if (field.kind() == FeedField.Kind.CHOICE) {
            List<String> told = new ArrayList<>();
            field.symbols().forEach(symbol -> told.add(symbol + " " + field.zh(symbol) + " / " + field.en(symbol)));
            words.append(" ").append(String.join("; ", told)).append(".");
        }
        if (field.notBefore() != null) {
            words.append(" Not before ").append(field.notBefore()).append(".");
        }
        return words.toString().strip();
    }

    /** The decoder takes null for what is not sent. */
    private static ObjectNode typed(String type, boolean required) {
        ObjectNode schema = JSON.createObjectNode();
        if (required) {
            return schema.put("type", type);
        }
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static ObjectNode number(FeedField field, boolean required) {
        boolean whole = field.kind() == FeedField.Kind.WHOLE;
        ObjectNode schema = typed(whole ? "integer" : "number", required);
        limit(schema, "minimum", field.min());
        limit(schema, "maximum", field.max());
        return schema;
    }

    private static void limit(ObjectNode schema, String name, double value) {
        if (value == Math.rint(value)) {
            schema.put(name, (long) value);
        } else {
            schema.put(name, value);
        }
    }

    /** A text that is required may not be blank. */
    private static ObjectNode text(int maxLength, boolean required) {
        ObjectNode schema =
                typed("string", required).put("maxLength", maxLength).put("$ref", "#/$defs/readable");
        return required ? schema.put("pattern", "\\S") : schema;
    }

    private static ObjectNode pattern(FeedField field, boolean required) {
        String form = "(?:" + field.pattern() + ")" + (required ? "" : "?");
        ObjectNode schema = typed("string", required).put("pattern", "^\\s*" + form + "\\s*$");
        schema.putArray("examples").add(field.example());
        return schema;
    }

    private static ObjectNode choice(List<String> symbols, boolean required) {
        ObjectNode schema = typed("string", required);
        ArrayNode values = schema.putArray("enum");
        symbols.forEach(values::add);
        if (!required) {
            values.addNull();
        }
        return schema;
    }

    private static ObjectNode time(boolean required) {
        return reference("time", required);
    }

    private static ObjectNode point(boolean required) {
        return reference("point", required);
    }

    private static ObjectNode reference(String definition, boolean required) {
        ObjectNode schema = JSON.createObjectNode();
        if (required) {
            return schema.put("$ref", "#/$defs/" + definition);
        }
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().put("$ref", "#/$defs/" + definition);
        either.addObject().put("type", "null");
        return schema;
    }

    private static ObjectNode exerciseNamesStatus() {
        ObjectNode dependent = JSON.createObjectNode();
        ObjectNode rule = dependent.putObject("exercise");
        ObjectNode named = rule.putObject("if").putObject("properties").putObject("exercise");
        named.put("type", "string").put("pattern", "\\S");
        ObjectNode then = rule.putObject("then");
        then.putArray("required").add("status");
        then.putObject("properties")
                .putObject("status")
                .putArray("enum")
                .add("EXERCISE")
                .add("TEST");
        return dependent;
    }

    private static ObjectNode definitions() {
        ObjectNode definitions = JSON.createObjectNode();
        definitions.putObject("readable").put("pattern", READABLE);
        ArrayNode time = definitions.putObject("time").putArray("anyOf");
        time.addObject().put("type", "string").put("pattern", TIME);
        time.addObject().put("type", "integer").put("minimum", 0).put("maximum", LAST_MILLISECOND);
        ObjectNode point = definitions.putObject("point").put("type", "object");
        point.putArray("required").add("longitude").add("latitude").add("datum");
        ObjectNode parts = point.putObject("properties");
        parts.putObject("longitude").put("type", "number").put("minimum", -180).put("maximum", 180);
        parts.putObject("latitude").put("type", "number").put("minimum", -90).put("maximum", 90);
        parts.set("datum", choice(symbols(Datum.values()), true));
        return definitions;
    }

    private static ObjectNode more(Feed<?> feed) {
        try (@Nullable InputStream in = FeedSchema.class.getResourceAsStream("schema/" + feed.id() + ".json")) {
            JsonNode more = in == null ? JSON.createObjectNode() : JSON.readTree(in);
            return (ObjectNode) more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
