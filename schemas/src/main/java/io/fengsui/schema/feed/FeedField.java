package io.fengsui.schema.feed;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field that vendors send, as the feed's Avro schema declares it. Decoder, documents, simulated faults and console derive
 * from it. Properties of a field in the schema:
 *
 * <table><caption>Properties</caption>
 * <tr><td>{@code zh}, {@code en}</td><td>name for people; {@code en} only where it differs from the field's own</td></tr>
 * <tr><td>{@code min}, {@code max}</td><td>range of a number, both ends included, in the unit of its name; required</td></tr>
 * <tr><td>{@code maxLength}</td><td>characters of a text; required</td></tr>
 * <tr><td>{@code pattern}, {@code example}</td><td>regular expression that the whole text matches, and a text that does</td></tr>
 * <tr><td>{@code optional}</td><td>vendors may leave it out although readers always get one: a decoder of its own fills it</td></tr>
 * <tr><td>{@code native}</td><td>only formats other than JSON carry it</td></tr>
 * <tr><td>{@code notBefore}</td><td>name of the time that this time cannot be before</td></tr>
 * <tr><td>{@code telephonesMasked}</td><td>telephone numbers in the text are masked on arrival</td></tr>
 * </table>
 *
 * An enum's properties {@code zh} and {@code en} give words for its symbols; its {@code nativeSymbols} are those that JSON does
 * not carry.
 *
 * @param required whether a message without it is refused
 * @param min of a number
 * @param max of a number
 * @param maxLength of a text, characters; else 0
 * @param pattern that a text matches as a whole; null: any
 * @param example a text that matches the pattern; blank without one
 * @param symbols of a choice, without UNKNOWN, which is for old readers; else empty
 * @param notBefore name of another time; null: may be any time
 * @param doc what it means, for vendors and readers
 */
public record FeedField(
        String name,
        Kind kind,
        boolean required,
        double min,
        double max,
        int maxLength,
        @Nullable Pattern pattern,
        String example,
        List<String> symbols,
        @Nullable String notBefore,
        boolean telephonesMasked,
        String doc,
        Schema schema,
        String zh,
        String en) {

    /** Shape of a value in JSON. */
    public enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        CHOICE,
        TIME,
        POINT
    }

    private static final String UNKNOWN = "UNKNOWN";

    /** Words for a symbol of a choice, as people read them. */
    public String zh(String symbol) {
        return word(symbol, "zh").orElse(symbol);
    }

    /** The same in English. */
    public String en(String symbol) {
        return word(symbol, "en")
                .orElseGet(() -> symbol.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private Optional<String> word(String symbol, String language) {
        return schema.getObjectProp(language) instanceof Map<?, ?> words && words.get(symbol) instanceof String word
                ? Optional.of(word)
                : Optional.empty();
    }

    /** Empty for what vendors do not send. */
    static Optional<FeedField> of(Schema record, Schema.Field field) {
        Schema schema = value(field.schema());
        Kind kind = kind(schema);
        if (kind == null || flag(field, "native")) {
            return Optional.empty();
        }
        boolean number = kind == Kind.NUMBER || kind == Kind.WHOLE;
        return Optional.of(new FeedField(
                field.name(),
                kind,
                !field.schema().isNullable() && !field.hasDefaultValue() && !flag(field, "optional"),
                number ? number(record, field, "min") : 0,
                number ? number(record, field, "max") : 0,
                kind == Kind.TEXT ? (int) number(record, field, "maxLength") : 0,
                field.getProp("pattern") == null ? null : Pattern.compile(field.getProp("pattern")),
                field.getProp("pattern") == null ? "" : required(record, field, "example"),
                kind == Kind.CHOICE
                        ? schema.getEnumSymbols().stream()
                                .filter(symbol -> !symbol.equals(UNKNOWN)
                                        && !nativeSymbols(schema).contains(symbol))
                                .toList()
                        : List.of(),
                field.getProp("notBefore"),
                flag(field, "telephonesMasked"),
                Objects.requireNonNullElse(field.doc(), ""),
                schema,
                required(record, field, "zh"),
                Objects.requireNonNullElseGet(field.getProp("en"), () -> UnitName.words(field.name()))));
    }

    /** Schema of the value, be it nullable or not. */
    private static Schema value(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(s -> s.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static @Nullable Kind kind(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> Kind.TEXT;
            case INT -> schema.getLogicalType() == null ? Kind.WHOLE : null;
            case FLOAT, DOUBLE -> Kind.NUMBER;
            case BOOLEAN -> Kind.FLAG;
            case ENUM -> Kind.CHOICE;
            case LONG -> schema.getLogicalType() == null ? Kind.WHOLE : Kind.TIME;
            case RECORD -> Kind.POINT;
            default -> null;
        };
    }

    private static Collection<?> nativeSymbols(Schema schema) {
        return schema.getObjectProp("nativeSymbols") instanceof Collection<?> symbols ? symbols : List.of();
    }

    private static boolean flag(Schema.Field field, String property) {
        return Boolean.TRUE.equals(field.getObjectProp(property));
    }

    private static double number(Schema record, Schema.Field field, String property) {
        if (field.getObjectProp(property) instanceof Number number) {
            return number.doubleValue();
        }
        throw missing(record, field, property);
    }

    private static String required(Schema record, Schema.Field field, String property) {
        String text = field.getProp(property);
        if (text == null) {
            throw missing(record, field, property);
        }
        return text;
    }

    private static IllegalArgumentException missing(Schema record, Schema.Field field, String property) {
        return new IllegalArgumentException(
                record.getName() + "." + field.name() + " has no property '" + property + "'");
    }
}
