package io.fengsui.ingest.decode;

import io.fengsui.event.EventStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says about itself.
 *
 * @param format its format
 * @param messageId the vendor's id, if it has one
 * @param time device clock, if it has one
 * @param status real or exercise
 * @param exercise name of the exercise
 * @param part tells events of one message apart, null if it is one event
 * @param unknownFields number of fields that were passed over
 */
public record Envelope(
        PayloadFormat format,
        @Nullable String messageId,
        @Nullable Instant time,
        EventStatus status,
        @Nullable String exercise,
        @Nullable String part,
        int unknownFields) {

    /** Of a format that carries neither id, time nor status, as devices speak it: real, now. */
    public static Envelope bare(PayloadFormat format, int unknownFields) {
        return timed(format, null, unknownFields);
    }

    /** The same of a format that may carry a time. */
    public static Envelope timed(PayloadFormat format, @Nullable Instant time, int unknownFields) {
        return new Envelope(format, null, time, EventStatus.ACTUAL, null, null, unknownFields);
    }

    /** The same for one of several events. */
    public Envelope ofPart(String name) {
        return new Envelope(format, messageId, time, status, exercise, name, unknownFields);
    }
}
