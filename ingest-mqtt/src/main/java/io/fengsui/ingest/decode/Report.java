package io.fengsui.ingest.decode;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a registered device as it came in; what decoders are given.
 *
 * @param feed feed of the topic
 * @param vendor vendor of the topic
 * @param deviceId device of the topic; the payload cannot change it
 * @param deviceType kind of the device in the reference data, for example camera or nvr
 * @param mqttTopic the whole topic
 * @param messageId the vendor's id from the MQTT 5 user property message-id; wins over one in the payload
 * @param redelivered MQTT DUP flag
 * @param receivedAt our clock on arrival
 * @param bridge client id of the connection
 * @param body payload and its hash
 */
public record Report(
        Feed<?> feed,
        String vendor,
        String deviceId,
        String deviceType,
        String mqttTopic,
        @Nullable String messageId,
        boolean redelivered,
        Instant receivedAt,
        String bridge,
        Body body) {

    /** A device's clock may be ahead of ours by this much. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /** Older than this is a wrong clock, not a stored report. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    public byte[] payload() {
        return body.bytes();
    }

    /** The same for a piece that the message was cut into: the hash in its event's id is of its own bytes. */
    public Report ofPiece(byte[] piece) {
        return with(new Body(piece));
    }

    /** The same with other bytes, such as these behind the beginning that came before. */
    public Report with(Body other) {
        return new Report(
                feed, vendor, deviceId, deviceType, mqttTopic, messageId, redelivered, receivedAt, bridge, other);
    }

    /**
     * The header of an event of this report.
     *
     * @throws DecodeException CLOCK_IN_FUTURE or CLOCK_ABSURD
     */
    public EventHeader header(Envelope envelope) {
        Instant eventTime = envelope.time() == null ? receivedAt : checked(envelope.time());
        String id = messageId != null ? messageId : envelope.messageId();
        boolean stable = id != null || envelope.time() != null;
        // Not by builders: theirs checks and default values would be the dearest part of a header.
        return new EventHeader(
                eventId(id, stable, envelope.part()),
                vendor,
                deviceId,
                eventTime,
                receivedAt,
                Duration.between(eventTime, receivedAt).compareTo(feed.lateAfter()) > 0,
                envelope.status(),
                envelope.exercise(),
                new EventSource(
                        mqttTopic, envelope.format().id(), bridge, stable, redelivered, envelope.unknownFields()),
                List.of());
    }

    private String eventId(@Nullable String id, boolean stable, @Nullable String part) {
        if (id != null) {
            return EventId.of(vendor, deviceId, part == null ? id : id + "#" + part);
        }
        String hashed = EventId.ofHash(vendor, deviceId, body.hash(mqttTopic, part));
        return stable ? hashed : hashed + "-" + Long.toHexString(receivedAt.toEpochMilli());
    }

    private Instant checked(Instant time) {
        if (time.isAfter(receivedAt.plus(MAX_AHEAD))) {
            throw new DecodeException(
                    Rejection.CLOCK_IN_FUTURE, "time", time + " is ahead of our clock, " + receivedAt);
        }
        if (time.isBefore(receivedAt.minus(MAX_AGE))) {
            throw new DecodeException(
                    Rejection.CLOCK_ABSURD, "time", time + " is more than 30 days before our clock, " + receivedAt);
        }
        return time;
    }
}
