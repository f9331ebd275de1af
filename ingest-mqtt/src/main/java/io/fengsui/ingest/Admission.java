package io.fengsui.ingest;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message must be before anybody decodes it: of a known topic, size and id, and of a device that may send it. The same
 * for a message that comes and for a dead letter that is looked at again.
 */
public final class Admission {
    /** Largest payload by contract. */
    private static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    private static final int MAX_MESSAGE_ID = 128;

    private final DeviceRegistry devices;

    Admission(DeviceRegistry devices) {
        this.devices = devices;
    }

    /** Who sent a message that is admitted. */
    record Sender(TopicAddress address, Feed<?> feed, Device device) {

        /** What decoders are given; the parameters are those of {@link Report}. */
        Report report(
                String mqttTopic,
                @Nullable String messageId,
                boolean redelivered,
                Instant receivedAt,
                String bridge,
                byte[] payload) {
            return new Report(
                    feed,
                    address.vendor(),
                    address.deviceId(),
                    device.getType(),
                    mqttTopic,
                    messageId,
                    redelivered,
                    receivedAt,
                    bridge,
                    new Body(payload));
        }
    }

    /**
     * The sender of a message.
     *
     * @param shape what the topic says, empty if it has another shape
     * @throws DecodeException if the message is refused
     */
    Sender sender(
            String mqttTopic,
            Optional<TopicAddress> shape,
            byte[] payload,
            @Nullable String messageId,
            Instant receivedAt) {
        TopicAddress address = shape.orElseThrow(() -> new DecodeException(
                Rejection.BAD_TOPIC, "'" + mqttTopic + "' is of another shape, or for the bridge alone"));
        Feed<?> feed = address.feed()
                .orElseThrow(
                        () -> new DecodeException(Rejection.UNKNOWN_FEED, "'" + address.feedId() + "' is no feed"));
        checkSize(payload.length);
        checkMessageId(messageId);
        return new Sender(address, feed, devices.registered(address, receivedAt));
    }

    /** @throws DecodeException EMPTY or OVERSIZED */
    public static void checkSize(int size) {
        if (size == 0) {
            throw new DecodeException(Rejection.EMPTY, "the payload has no bytes");
        }
        if (size > MAX_PAYLOAD_BYTES) {
            throw new DecodeException(
                    Rejection.OVERSIZED, size + " bytes; at most " + MAX_PAYLOAD_BYTES + " are taken");
        }
    }

    /** @throws DecodeException TOO_LONG or WRONG_TYPE */
    public static void checkMessageId(@Nullable String messageId) {
        if (messageId != null && messageId.length() > MAX_MESSAGE_ID) {
            throw new DecodeException(
                    Rejection.TOO_LONG,
                    "messageId",
                    messageId.length() + " characters; at most " + MAX_MESSAGE_ID + " are taken");
        }
        if (messageId != null && !StrictText.isReadable(messageId)) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, "messageId", "has characters that are no text, such as control characters");
        }
    }
}
