package io.fengsui.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.event.Datum;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object. Each read checks presence, type and range and refuses with the field's name; a JSON
 * null is a field that was not sent. What nobody asked for is counted as unknown.
 */
public final class JsonFields {
    /** Words for numbers that are none, as devices write them in strings. */
    private static final Set<String> NOT_FINITE =
            Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    /** Mobile numbers, and land lines with their area code: personal data that must not travel on. */
    private static final Pattern TELEPHONE = Pattern.compile("(?<!\\d)(?:1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8})(?!\\d)");

    /** Symbols of an Avro enum that are taken. */
    private static final ClassValue<List<String>> SYMBOLS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(symbol -> ((Enum<?>) symbol).name())
                    .filter(name -> !name.equals("UNKNOWN"))
                    .toList();
        }
    };

    private final String path;
    private final ObjectNode object;
    /** Few, and as a rule the parser's own texts: a list is quicker than a set. */
    private final List<String> asked = new ArrayList<>(24);

    private int unknownInside;
    private @Nullable Report report;
    private @Nullable Envelope envelope;

    JsonFields(String path, ObjectNode object) {
        this.path = path;
        this.object = object;
    }

    void envelope(
            Report of,
            @Nullable String messageId,
            @Nullable Instant time,
            EventStatus status,
            @Nullable String exercise) {
        report = of;
        envelope = new Envelope(PayloadFormat.JSON, messageId, time, status, exercise, null, 0);
    }

    /**
     * The event's header; ask for it last, for it counts the fields that were not asked for.
     *
     * @throws DecodeException if the device's clock is wrong
     */
    public EventHeader header() {
        if (report == null || envelope == null) {
            throw new IllegalStateException("only the outermost object has a header");
        }
        return report.header(new Envelope(
                envelope.format(),
                envelope.messageId(),
                envelope.time(),
                envelope.status(),
                envelope.exercise(),
                null,
                unknown()));
    }

    public boolean has(String name) {
        return !object.path(name).isMissingNode() && !object.path(name).isNull();
    }

    /** A text without control characters, or null if not sent. Blank counts as not sent. */
    public @Nullable String text(String name, int maxLength) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a text", node);
        }
        String text = node.textValue().strip();
        if (text.length() > maxLength) {
            throw new DecodeException(
                            Rejection.TOO_LONG,
                            path + name,
                            text.length() + " characters; at most " + maxLength + " are taken")
                    .expecting("at most " + maxLength + " characters");
        }
        if (!StrictText.isReadable(text)) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, path + name, "has characters that are no text, such as control characters");
        }
        return text.isEmpty() ? null : text;
    }

    public String requiredText(String name, int maxLength) {
        return required(name, text(name, maxLength));
    }

    public @Nullable Boolean bool(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false", node);
        }
        return node.booleanValue();
    }

    /** A finite number in its unit's range, both ends included, or null if not sent. */
    public @Nullable Double number(String name, double min, double max) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (node.isTextual() && NOT_FINITE.contains(node.textValue().strip().toLowerCase(Locale.ROOT))) {
            throw notFinite(name, node);
        }
        if (!node.isNumber()) {
            throw wrongType(name, "a number", node);
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw notFinite(name, node);
        }
        if (value < min || value > max) {
            throw outOfRange(name, node, plain(min), plain(max));
        }
        return value;
    }

    public double requiredNumber(String name, double min, double max) {
        return required(name, number(name, min, max));
    }

    /** A whole number in its range, both ends included, or null if not sent. */
    public @Nullable Integer integer(String name, int min, int max) {
        Double value = number(name, min, max);
        if (value == null) {
            return null;
        }
        if (value != Math.rint(value)) {
            throw new DecodeException(Rejection.WRONG_TYPE, path + name, "expected a whole number, found " + value);
        }
        return value.intValue();
    }

    /** A symbol of an Avro enum, or null if not sent. UNKNOWN is for old readers and is not taken. */
    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        return choice(name, type, Set.of());
    }

    /** @param besides symbols that are not taken either */
    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type, Set<E> besides) {
        List<String> taken = SYMBOLS.get(type);
        for (E symbol : besides) {
            taken = taken.stream().filter(other -> !other.equals(symbol.name())).toList();
        }
        String symbol = symbol(name, taken);
        return symbol == null ? null : Enum.valueOf(type, symbol);
    }

    private @Nullable String symbol(String name, List<String> symbols) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a text", node);
        }
        String text = node.textValue();
        if (!symbols.contains(text)) {
            throw noChoice(name, text, String.join(", ", symbols));
        }
        return text;
    }

    public <E extends Enum<E>> E requiredChoice(String name, Class<E> type) {
        return required(name, choice(name, type));
    }

    /** ISO 8601, or whole milliseconds since the epoch; without zone it is Asia/Shanghai. */
    public @Nullable Instant time(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return DeviceTime.ofEpochMillis(path + name, node.longValue());
        }
        if (node.isTextual()) {
            return DeviceTime.parse(path + name, node.textValue());
        }
        throw new DecodeException(
                Rejection.BAD_TIME,
                path + name,
                "expected ISO 8601 or milliseconds since the epoch, found " + shown(node));
    }

    public Instant requiredTime(String name) {
        return required(name, time(name));
    }

    /** A coordinate: longitude, latitude and datum, all three, or null if not sent. */
    public @Nullable GeoPoint point(String name) {
        JsonFields point = object(name);
        if (point == null) {
            return null;
        }
        GeoPoint read = GeoPoint.newBuilder()
                .setLongitude(point.requiredNumber("longitude", -180, 180))
                .setLatitude(point.requiredNumber("latitude", -90, 90))
                .setDatum(point.requiredChoice("datum", Datum.class))
                .build();
        unknownInside += point.unknown();
        return read;
    }

    /** A field as its feed's schema declares it; null if not sent. */
    @Nullable
    Object read(FeedField field) {
        String name = field.name();
        return switch (field.kind()) {
            case TEXT -> text(field);
            case WHOLE -> integer(name, (int) field.min(), (int) field.max());
            case NUMBER -> number(name, field.min(), field.max());
            case FLAG -> bool(name);
            case CHOICE -> choice(field);
            case TIME -> time(name);
            case POINT -> point(name);
        };
    }

    /** An object inside, or null if not sent. */
    public @Nullable JsonFields object(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode inner)) {
            throw wrongType(name, "an object", node);
        }
        return new JsonFields(path + name + ".", inner);
    }

    private int unknown() {
        int count = unknownInside;
        for (var names = object.fieldNames(); names.hasNext(); ) {
            if (!asked.contains(names.next())) {
                count++;
            }
        }
        return count;
    }

    private @Nullable JsonNode node(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private @Nullable Object choice(FeedField field) {
        String symbol = symbol(field.name(), field.symbols());
        return symbol == null ? null : SpecificData.get().createEnum(symbol, field.schema());
    }

    private @Nullable String text(FeedField field) {
        String text = text(field.name(), field.maxLength());
        if (text == null) {
            return null;
        }
        if (field.pattern() != null && !field.pattern().matcher(text).matches()) {
            throw new DecodeException(Rejection.WRONG_TYPE, path + field.name(), "is of another form")
                    .expecting("a text that matches " + field.pattern() + ", such as " + field.example());
        }
        return field.telephonesMasked() ? TELEPHONE.matcher(text).replaceAll("***") : text;
    }

    <V> V required(String name, @Nullable V value) {
        if (value == null) {
            throw new DecodeException(Rejection.MISSING_FIELD, path + name, "is missing, null or blank");
        }
        return value;
    }

    private DecodeException noChoice(String name, String found, String choices) {
        return new DecodeException(
                        Rejection.UNKNOWN_VALUE, path + name, "'" + abbreviated(found) + "' is none of " + choices)
                .expecting("one of " + choices);
    }

    private DecodeException wrongType(String name, String expected, JsonNode found) {
        return new DecodeException(
                        Rejection.WRONG_TYPE, path + name, "expected " + expected + ", found " + shown(found))
                .expecting(expected);
    }

    private DecodeException notFinite(String name, JsonNode found) {
        return new DecodeException(Rejection.NOT_FINITE, path + name, shown(found) + " is no finite number");
    }

    private DecodeException outOfRange(String name, JsonNode found, String min, String max) {
        return new DecodeException(
                        Rejection.OUT_OF_RANGE, path + name, shown(found) + " is not within " + min + " to " + max)
                .expecting(min + " to " + max);
    }

    private static String shown(JsonNode node) {
        return abbreviated(node.toString());
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
