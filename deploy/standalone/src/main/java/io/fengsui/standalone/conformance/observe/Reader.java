package io.fengsui.standalone.conformance.observe;

import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Admission;
import io.fengsui.ingest.DeviceRegistry;
import io.fengsui.ingest.TopicAddress;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.EventId;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Masking;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as the bridge does: the same registry, decoders and reasons. Where the bridge stops at the first fault, it
 * goes on and finds a topic's, a device's and a payload's fault at once.
 */
public final class Reader {
    private static final String KIT = "fengsui-kit";

    private final DeviceRegistry devices;
    private final Decoders decoders;

    public Reader(DeviceRegistry devices, Decoders decoders) {
        this.devices = devices;
        this.decoders = decoders;
    }

    /**
     * Reads a message.
     *
     * @param contentType of MQTT 5; null: none
     * @param messageIdProperty MQTT 5 user property {@code message-id}; null: none
     */
    public Reading read(
            String topic,
            @Nullable String contentType,
            @Nullable String messageIdProperty,
            byte[] payload,
            Instant receivedAt) {
        Body body = new Body(payload);
        @Nullable TopicAddress address = TopicAddress.of(topic).orElse(null);
        @Nullable Feed<?> feed = address == null ? null : address.feed().orElse(null);
        boolean secret = devices.keeper(topic).isPresent();
        @Nullable DecodeException deviceFault = null;
        @Nullable Device device = null;
        if (address != null && feed != null) {
            try {
                device = devices.registered(address, receivedAt);
            } catch (DecodeException e) {
                deviceFault = e;
            }
        }
        Content content = address == null || feed == null
                ? Content.NONE
                : content(feed, address, device, topic, contentType, messageIdProperty, body, receivedAt);
        return new Reading(
                secret && device == null ? Masking.MASK : topic,
                body.hash(topic, null),
                address == null ? "" : address.vendor(),
                feed,
                address == null ? "" : address.deviceId(),
                device == null ? null : device.getHeartbeatSeconds(),
                secret && content.messageId() != null ? Masking.MASK : content.messageId(),
                content.eventId(),
                content.eventTime(),
                told(topicFault(address, feed), secret),
                told(deviceFault, secret),
                told(content.fault(), secret));
    }

    /** What a payload says. */
    private record Content(
            @Nullable String messageId,
            @Nullable String eventId,
            @Nullable Instant eventTime,
            @Nullable DecodeException fault) {
        static final Content NONE = new Content(null, null, null, null);
    }

    private <T extends SpecificRecord> Content content(
            Feed<T> feed,
            TopicAddress address,
            @Nullable Device device,
            String topic,
            @Nullable String contentType,
            @Nullable String messageIdProperty,
            Body body,
            Instant receivedAt) {
        Report report = new Report(
                feed,
                address.vendor(),
                address.deviceId(),
                device == null ? "" : device.getType(),
                topic,
                messageIdProperty,
                false,
                receivedAt,
                KIT,
                body);
        try {
            Admission.checkSize(body.size());
            Admission.checkMessageId(messageIdProperty);
            List<T> events = decoders.decode(feed, contentType, report);
            EventHeader header = feed.header(events.get(0));
            boolean stable = header.getSource().getStableId();
            return new Content(
                    Optional.ofNullable(messageIdProperty)
                            .or(() -> idInside(header, report))
                            .orElse(null),
                    stable ? header.getEventId() : null,
                    header.getEventTime().equals(receivedAt) ? null : header.getEventTime(),
                    null);
        } catch (DecodeException e) {
            String messageId = messageIdProperty != null ? messageIdProperty : e.messageId();
            String eventId = messageId == null ? null : EventId.of(address.vendor(), address.deviceId(), messageId);
            return new Content(messageId, eventId, null, e);
        }
    }

    /** The vendor's id out of the payload: what is not made of a hash. */
    private static Optional<String> idInside(EventHeader header, Report report) {
        String prefix = EventId.of(report.vendor(), report.deviceId(), "");
        String id = header.getEventId().substring(prefix.length());
        return id.matches("h-[0-9a-f]{32}.*") ? Optional.empty() : Optional.of(id);
    }

    private static @Nullable DecodeException topicFault(@Nullable TopicAddress address, @Nullable Feed<?> feed) {
        if (address == null) {
            return new DecodeException(
                    Rejection.BAD_TOPIC, "it is of another shape than fengsui/v1/<vendor>/<feed>/<deviceId>");
        }
        return feed == null
                ? new DecodeException(Rejection.UNKNOWN_FEED, "'" + address.feedId() + "' is no feed")
                : null;
    }

    private static @Nullable DecodeException told(@Nullable DecodeException fault, boolean secret) {
        return fault == null || !secret ? fault : fault.unquoted();
    }
}
