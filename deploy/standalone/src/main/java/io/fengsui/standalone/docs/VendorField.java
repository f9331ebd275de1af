package io.fengsui.standalone.docs;

import io.fengsui.schema.feed.FeedField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A field of a feed's JSON as vendors send it.
 *
 * @param values what it may be, for people
 * @param taken JSON values at the edge of what is taken
 * @param refused JSON values just beyond
 */
record VendorField(FeedField field, String values, List<String> taken, List<String> refused) {

    VendorField {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    static VendorField of(FeedField field) {
        return switch (field.kind()) {
            case NUMBER -> number(field);
            case WHOLE -> whole(field);
            case FLAG -> new VendorField(field, "true or false", List.of("true", "false"), List.of("1", "\"true\""));
            case TEXT -> field.pattern() == null ? text(field) : pattern(field);
            case CHOICE -> choice(field);
            case TIME ->
                new VendorField(
                        field,
                        "time as in `time`"
                                + (field.notBefore() == null ? "" : ", not before `" + field.notBefore() + "`"),
                        List.of("\"2026-11-23T08:00:00+08:00\"", "1763856000000"),
                        List.of("\"yesterday\"", "true"));
            case POINT ->
                new VendorField(
                        field,
                        "object: `longitude` and `latitude` in degrees, `datum` `WGS84`, `GCJ02` or `BD09`; all three"
                                + " required",
                        List.of("""
                                {"longitude": 120.95, "latitude": 31.38, "datum": "BD09"}"""),
                        List.of("""
                                {"longitude": 120.95, "latitude": 31.38}"""));
        };
    }

    String name() {
        return field.name();
    }

    boolean required() {
        return field.required();
    }

    private static VendorField number(FeedField field) {
        double min = field.min();
        double max = field.max();
        return new VendorField(
                field,
                "number, " + plain(min) + " to " + plain(max),
                List.of(plain(min), plain(max), plain((min + max) / 2)),
                List.of(plain(min - 1), plain(max + 1), "\"" + plain(max) + "\""));
    }

    private static VendorField whole(FeedField field) {
        double min = field.min();
        double max = field.max();
        return new VendorField(
                field,
                "whole number, " + plain(min) + " to " + plain(max),
                List.of(plain(min), plain(max)),
                List.of(plain(min - 1), plain(max + 1), plain(min) + ".5"));
    }

    private static VendorField text(FeedField field) {
        String longest = "x".repeat(field.maxLength());
        return new VendorField(
                field,
                "text, at most " + field.maxLength() + " characters",
                List.of("\"" + longest + "\""),
                List.of("\"" + longest + "x\"", "1"));
    }

    private static VendorField pattern(FeedField field) {
        return new VendorField(
                field,
                "text of the form `" + field.pattern() + "`, such as `" + field.example() + "`",
                List.of("\"" + field.example() + "\""),
                List.of("\"" + field.example() + "?\"", "1"));
    }

    private static VendorField choice(FeedField field) {
        List<String> symbols = field.symbols();
        return new VendorField(
                field,
                symbols.stream().map(Markdown::inCode).collect(Collectors.joining(", ")),
                symbols.stream().map(symbol -> "\"" + symbol + "\"").toList(),
                List.of("\"UNKNOWN\"", "\"" + symbols.get(0).toLowerCase(Locale.ROOT) + "\"", "1"));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
