package io.fengsui.standalone.docs;

import java.util.Arrays;
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
record VendorField(String name, boolean required, String values, List<String> taken, List<String> refused) {

    VendorField {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    private static VendorField optional(String name, String values, List<String> taken, List<String> refused) {
        return new VendorField(name, false, values, taken, refused);
    }

    static VendorField number(String name, int min, int max) {
        return optional(
                name,
                "number, " + min + " to " + max,
                List.of(Integer.toString(min), Integer.toString(max), (max - 1) + ".5"),
                List.of((min - 1) + "", (max + 1) + "", "\"" + max + "\""));
    }

    static VendorField whole(String name, int min, int max) {
        return optional(
                name,
                "whole number, " + min + " to " + max,
                List.of(Integer.toString(min), Integer.toString(max)),
                List.of((min - 1) + "", (max + 1) + "", min + ".5"));
    }

    static VendorField flag(String name) {
        return optional(name, "true or false", List.of("true", "false"), List.of("1", "\"true\""));
    }

    static VendorField text(String name, int maxLength) {
        return optional(
                name,
                "text, at most " + maxLength + " characters",
                List.of("\"" + "x".repeat(maxLength) + "\""),
                List.of("\"" + "x".repeat(maxLength + 1) + "\"", "1"));
    }

    static <E extends Enum<E>> VendorField choice(String name, Class<E> type) {
        List<String> symbols = Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .filter(symbol -> !symbol.equals("UNKNOWN"))
                .toList();
        return optional(
                name,
                symbols.stream().map(Markdown::inCode).collect(Collectors.joining(", ")),
                symbols.stream().map(symbol -> "\"" + symbol + "\"").toList(),
                List.of("\"UNKNOWN\"", "\"" + symbols.get(0).toLowerCase(Locale.ROOT) + "\"", "1"));
    }

    /** A field of another shape. */
    static VendorField of(String name, String values, String taken, String refused) {
        return optional(name, values, List.of(taken), List.of(refused));
    }

    VendorField needed() {
        return new VendorField(name, true, values, taken, refused);
    }
}
