package io.fengsui.standalone.conformance.observe;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.feed.Feed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge would say of a message, each part by itself. Quotes nothing of a message that may hold personal data.
 *
 * @param topic of the message, for people, or its file: {@code ***} where it may hold personal data
 * @param fingerprint tells the message from others: a hash of topic and payload
 * @param vendor vendor level of the topic; blank if the topic has another shape
 * @param feed feed of the topic; null if it names none
 * @param deviceId device level of the topic; blank if the topic has another shape
 * @param heartbeatSeconds how often the device's messages are due; null: silence is normal
 * @param messageId the vendor's id, for people; null: none
 * @param eventId what a repetition is recognised by; null: nothing
 * @param eventTime the device's clock; null: not told, or refused
 * @param topicFault why the topic is refused
 * @param deviceFault why the device is refused
 * @param payloadFault why the payload is refused
 */
public record Reading(
        String topic,
        String fingerprint,
        String vendor,
        @Nullable Feed<?> feed,
        String deviceId,
        @Nullable Integer heartbeatSeconds,
        @Nullable String messageId,
        @Nullable String eventId,
        @Nullable Instant eventTime,
        @Nullable DecodeException topicFault,
        @Nullable DecodeException deviceFault,
        @Nullable DecodeException payloadFault) {

    /** The same of a payload that came from a file, which people know it by. */
    public Reading from(String file) {
        return new Reading(
                file,
                fingerprint,
                vendor,
                feed,
                deviceId,
                heartbeatSeconds,
                messageId,
                eventId,
                eventTime,
                topicFault,
                deviceFault,
                payloadFault);
    }

    /** Whether the bridge refuses the message. */
    public boolean refused() {
        return topicFault != null || deviceFault != null || payloadFault != null;
    }
}
