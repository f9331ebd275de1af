package io.fengsui.standalone.exercise;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Masking;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes an event of an exercise of one that was real: personal data masked, a new id, numbers of calls and orders that nobody
 * finds among the true ones, all times moved by as much. Pure; one thread.
 */
public final class Disguise {
    /** What sources of true events never say. */
    static final String SOURCE = "exercise-replay";

    private static final int LONGEST_NUMBER = 64;

    private final Masking masking = new Masking();
    private final String exercise;
    private final String run;

    /** @param run another text in each exercise: letters, digits and '-' */
    public Disguise(String exercise, String run) {
        this.exercise = exercise;
        this.run = run;
    }

    /**
     * The event as it is played now.
     *
     * @param number of the event in this exercise
     */
    public <T extends SpecificRecord> T of(Feed<T> feed, T original, int number, Instant now) {
        T event = SpecificData.getForSchema(original.getSchema()).deepCopy(original.getSchema(), original);
        masking.mask(event);
        EventHeader header = feed.header(event);
        Duration moved = Duration.between(header.getReceivedAt(), now.truncatedTo(ChronoUnit.MILLIS));
        for (Schema.Field field : event.getSchema().getFields()) {
            Object value = event.get(field.pos());
            if (value instanceof Instant time && isTime(field.schema())) {
                event.put(field.pos(), time.plus(moved));
            } else if (value instanceof CharSequence text && isNumber(field.name())) {
                event.put(field.pos(), number(text.toString()));
            }
        }
        EventHeader ours = EventHeader.newBuilder(header)
                .setEventId(header.getVendor() + "/" + header.getDeviceId() + "/" + run + "-" + number)
                .setEventTime(header.getEventTime().plus(moved))
                .setReceivedAt(header.getReceivedAt().plus(moved))
                .setStatus(EventStatus.EXERCISE)
                .setExercise(exercise)
                .setFlags(List.of())
                .setSource(EventSource.newBuilder(header.getSource())
                        .setBridge(SOURCE)
                        .setStableId(true)
                        .setRedelivered(false)
                        .build())
                .build();
        event.put(event.getSchema().getField("header").pos(), ours);
        return event;
    }

    /** Number of a call, order or report as it is in this exercise. */
    public String number(String original) {
        String number = run + "-" + original;
        return number.length() <= LONGEST_NUMBER ? number : number.substring(0, LONGEST_NUMBER);
    }

    private static boolean isNumber(String field) {
        return field.endsWith("No") || field.equals("reportId");
    }

    private static boolean isTime(Schema schema) {
        return schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream().anyMatch(Disguise::isTime)
                : schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }
}
