package io.fengsui.streams.rehearsal;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.feed.Feed;
import io.fengsui.streams.rule.RuleDocument;
import io.fengsui.streams.rule.RuleSection;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Makes events of the values that a test gives by field. What it leaves out was not sent. */
final class EventValues {
    private static final Instant SOME_TIME = Instant.EPOCH;

    private final RuleDocument document;
    private final Feed<?> feed;

    EventValues(RuleDocument document, Feed<?> feed) {
        this.document = document;
        this.feed = feed;
    }

    /** Its times are set when it is sent. */
    SpecificRecord read(RuleSection values, String deviceId, String eventId) {
        SpecificRecord event = (SpecificRecord) SpecificData.newInstance(feed.type(), feed.schema());
        for (Schema.Field field : feed.schema().getFields()) {
            event.put(field.pos(), field.hasDefaultValue() ? SpecificData.get().getDefaultValue(field) : filler(field));
        }
        for (String name : values.keys()) {
            Schema.Field field = feed.schema().getField(name);
            Node node = values.get(name);
            if (node == null) {
                continue;
            }
            if (field == null || name.equals("header")) {
                document.problem(
                        node, "event: there is no field '" + name + "' in " + feed + "; docs/feeds.md lists them");
            } else {
                event.put(field.pos(), value(name, valueSchema(field.schema()), node));
            }
        }
        event.put(feed.schema().getField("header").pos(), header(deviceId, eventId));
        return event;
    }

    private EventHeader header(String deviceId, String eventId) {
        return EventHeader.newBuilder()
                .setEventId(eventId)
                .setVendor(TestCity.VENDOR)
                .setDeviceId(deviceId)
                .setEventTime(SOME_TIME)
                .setReceivedAt(SOME_TIME)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("fengsui/v1/" + TestCity.VENDOR + "/" + feed.id() + "/" + deviceId)
                        .setFormat("json")
                        .setBridge("test")
                        .build())
                .build();
    }

    /** For a field that every event has. */
    private static @Nullable Object filler(Schema.Field field) {
        Schema schema = field.schema();
        return switch (schema.getType()) {
            case STRING -> field.name().equals(Feed.DIVISION_CODE) ? TestCity.DIVISION : "test";
            case ENUM -> SpecificData.get().createEnum(schema.getEnumDefault(), schema);
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> schema.getLogicalType() == null ? Long.valueOf(0) : SOME_TIME;
            case DOUBLE -> 0.0;
            default -> null;
        };
    }

    private @Nullable Object value(String name, Schema schema, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return unreadable(node, name, "a single value", "a list or mapping");
        }
        String text = scalar.getValue();
        try {
            return switch (schema.getType()) {
                case STRING -> text;
                case ENUM ->
                    schema.hasEnumSymbol(text)
                            ? SpecificData.get().createEnum(text, schema)
                            : unreadable(node, name, "one of " + String.join(", ", schema.getEnumSymbols()), text);
                case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? Boolean.valueOf(text)
                            : unreadable(node, name, "true or false", text);
                case INT -> Integer.valueOf(text);
                case LONG -> schema.getLogicalType() == null ? Long.valueOf(text) : Instant.parse(text);
                case DOUBLE -> Double.valueOf(text);
                default -> unreadable(node, name, "a field that rules can look at", "one of records or bytes");
            };
        } catch (NumberFormatException e) {
            return unreadable(node, name, "a number", text);
        } catch (DateTimeException e) {
            return unreadable(node, name, "a time such as 2026-11-23T00:00:00Z", text);
        }
    }

    private @Nullable Object unreadable(Node node, String name, String expected, String found) {
        document.problem(node, name + ": expected " + expected + ", found '" + found + "'");
        return null;
    }

    private static Schema valueSchema(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(schema)
                : schema;
    }
}
