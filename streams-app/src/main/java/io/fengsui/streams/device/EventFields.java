package io.fengsui.streams.device;

import io.fengsui.event.GeoPoint;
import io.fengsui.schema.feed.Feed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The fields of a feed that mean the same in every feed, found in its schema. Immutable. */
final class EventFields {
    /** Property of a field that only rises until it is set back. */
    private static final String COUNTER = "counter";

    private final Map<String, Integer> counters = new LinkedHashMap<>();
    private final List<Integer> points = new ArrayList<>();
    private final Schema.@Nullable Field divisionCode;
    private final Schema.@Nullable Field divisionName;

    EventFields(Schema schema) {
        for (Schema.Field field : schema.getFields()) {
            if (Boolean.TRUE.equals(field.getObjectProp(COUNTER))) {
                counters.put(field.name(), field.pos());
            }
            if (isPoint(field.schema())) {
                points.add(field.pos());
            }
        }
        divisionCode = schema.getField(Feed.DIVISION_CODE);
        divisionName = schema.getField(Feed.DIVISION_NAME);
    }

    /** Statistical code of the division where it happened, or null if the event names none. */
    @Nullable
    String divisionCode(SpecificRecord event) {
        return text(divisionCode, event);
    }

    @Nullable
    String divisionName(SpecificRecord event) {
        return text(divisionName, event);
    }

    /** Every coordinate that was sent. */
    List<GeoPoint> points(SpecificRecord event) {
        List<GeoPoint> sent = new ArrayList<>(points.size());
        for (int position : points) {
            if (event.get(position) instanceof GeoPoint point) {
                sent.add(point);
            }
        }
        return sent;
    }

    /** Every counter that was sent, by name. */
    Map<String, Double> counters(SpecificRecord event) {
        Map<String, Double> sent = new LinkedHashMap<>();
        counters.forEach((name, position) -> {
            if (event.get(position) instanceof Number value) {
                sent.put(name, value.doubleValue());
            }
        });
        return sent;
    }

    private static @Nullable String text(Schema.@Nullable Field field, SpecificRecord event) {
        Object value = field == null ? null : event.get(field.pos());
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? null : text;
    }

    private static boolean isPoint(Schema schema) {
        Collection<Schema> types = schema.isUnion() ? schema.getTypes() : List.of(schema);
        return types.stream().anyMatch(type -> type.equals(GeoPoint.getClassSchema()));
    }
}
