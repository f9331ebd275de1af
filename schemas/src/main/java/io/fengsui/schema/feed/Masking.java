package io.fengsui.schema.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes personal data out of events: the fields that their schema marks with {@code "personal": true}. A text becomes
 * {@link #MASK}, so that readers see that there was one; anything else becomes null. One thread.
 */
public final class Masking {
    /** Stands for a text that readers do not get. */
    public static final String MASK = "***";

    private static final String PERSONAL = "personal";

    private final Map<Schema, int[]> positions = new HashMap<>();

    /** Masks an event in place. */
    public void mask(SpecificRecord event) {
        for (int position : positions.computeIfAbsent(event.getSchema(), Masking::positions)) {
            event.put(position, masked(event.get(position)));
        }
    }

    private static int[] positions(Schema schema) {
        return personalFields(schema).stream().mapToInt(Schema.Field::pos).toArray();
    }

    private static @Nullable String masked(@Nullable Object value) {
        return value instanceof CharSequence ? MASK : null;
    }

    /**
     * The fields with personal data, in their order.
     *
     * @throws IllegalArgumentException if one of them cannot be masked, or is inside another field
     */
    public static List<Schema.Field> personalFields(Schema schema) {
        List<Schema.Field> personal = new ArrayList<>();
        Set<Schema> seen = new HashSet<>();
        for (Schema.Field field : schema.getFields()) {
            refuseInside(field.schema(), seen);
            if (isPersonal(field)) {
                refuseUnmaskable(schema, field);
                personal.add(field);
            }
        }
        return List.copyOf(personal);
    }

    public static boolean isPersonal(Schema.Field field) {
        Object mark = field.getObjectProp(PERSONAL);
        if (mark != null && !(mark instanceof Boolean)) {
            throw new IllegalArgumentException(field.name() + ": \"personal\" is true or false, found " + mark);
        }
        return Boolean.TRUE.equals(mark);
    }

    private static void refuseUnmaskable(Schema schema, Schema.Field field) {
        if (field.schema().getType() != Schema.Type.STRING && !field.schema().isNullable()) {
            throw new IllegalArgumentException(schema.getName() + "." + field.name()
                    + ": a personal field is a text or may be null; else it cannot be masked");
        }
    }

    /** What is inside a field is masked with the whole of it, or not at all. */
    private static void refuseInside(Schema schema, Set<Schema> seen) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(type -> refuseInside(type, seen));
            case ARRAY -> refuseInside(schema.getElementType(), seen);
            case MAP -> refuseInside(schema.getValueType(), seen);
            case RECORD -> {
                if (seen.add(schema)) {
                    schema.getFields().forEach(field -> {
                        if (isPersonal(field)) {
                            throw new IllegalArgumentException(schema.getName() + "." + field.name()
                                    + ": personal is the field of the feed's own record that this is inside");
                        }
                        refuseInside(field.schema(), seen);
                    });
                }
            }
            default -> {}
        }
    }
}
