package io.fengsui.schema.feed;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.serde.TrustedRecords;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source of messages. All there is to know of one stands in its Avro schema: the property {@code feed} of the record (id,
 * names, lane, lateness) and the properties of its fields ({@link FeedField}). Everything that lists feeds derives from these
 * values; see {@link Feeds}.
 *
 * @param id name in MQTT topics, Kafka topics, metric tags and settings: lower-case letters, digits and '-'
 * @param nameZh Chinese name for people
 * @param nameEn English name for people
 * @param type Avro record of the feed
 * @param lane connection that carries it
 * @param lateAfter an event older than this on arrival is marked late: routed, but it does not fire as new
 * @param timeless whether a message may leave its time out, and then is of now
 * @param fields what vendors send besides the envelope, in the order of the schema
 */
public record Feed<T extends SpecificRecord>(
        String id,
        String nameZh,
        String nameEn,
        Class<T> type,
        Schema schema,
        Lane lane,
        Duration lateAfter,
        boolean timeless,
        List<FeedField> fields) {

    /** Field of feeds whose events name the division they happened in: 9 digits of a town, or 12 of a village. */
    public static final String DIVISION_CODE = "divisionCode";

    /** Name of that division as its sender writes it. */
    public static final String DIVISION_NAME = "divisionName";

    private static final String PROPERTY = "feed";
    private static final String HEADER = "header";
    private static final String PLACE = "place";

    static {
        TrustedRecords.trust();
    }

    /**
     * Reads a feed's schema.
     *
     * @throws IllegalArgumentException if a property is missing or wrong; names schema, field and property
     */
    static <T extends SpecificRecord> Feed<T> of(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        if (!(schema.getObjectProp(PROPERTY) instanceof Map<?, ?> feed)) {
            throw new IllegalArgumentException(schema.getName() + " has no property 'feed'");
        }
        requireField(schema, HEADER);
        requireField(schema, PLACE);
        return new Feed<>(
                text(schema, feed, "id"),
                text(schema, feed, "zh"),
                text(schema, feed, "en"),
                type,
                schema,
                lane(schema, text(schema, feed, "lane")),
                Duration.parse(text(schema, feed, "lateAfter")),
                "optional".equals(feed.get("time")),
                schema.getFields().stream()
                        .filter(field -> !List.of(HEADER, PLACE).contains(field.name()))
                        .flatMap(field -> FeedField.of(schema, field).stream())
                        .toList());
    }

    /** The header that every record of a feed has. */
    public EventHeader header(SpecificRecord event) {
        return (EventHeader) event.get(event.getSchema().getField(HEADER).pos());
    }

    /** Whether its events name the division they happened in, instead of happening where their device is. */
    public boolean namesDivision() {
        return schema.getField(DIVISION_CODE) != null;
    }

    /** A field that vendors send. */
    public Optional<FeedField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** There is one instance of each. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Whether its events hold personal data, which no topic outside its own prefix has. */
    public boolean isProtected() {
        return !Masking.personalFields(schema).isEmpty();
    }

    @Override
    public String toString() {
        return id;
    }

    private static void requireField(Schema schema, String name) {
        if (schema.getField(name) == null) {
            throw new IllegalArgumentException(schema.getName() + " has no field '" + name + "'");
        }
    }

    private static String text(Schema schema, Map<?, ?> feed, String key) {
        if (feed.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(schema.getName() + ": the property 'feed' has no '" + key + "'");
    }

    private static Lane lane(Schema schema, String id) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(schema.getName() + ": there is no lane '" + id + "'"));
    }
}
