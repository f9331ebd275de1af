package io.fengsui.ingest.kafka;

import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.EventId;
import io.fengsui.ingest.kafka.RecordSink.Completion;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps refused messages with their reason and original bytes. */
public final class DeadLetters {

    /**
     * A message that is refused, as far as it was understood.
     *
     * @param mqttTopic topic as published
     * @param feed feed id, if the topic names a known one
     * @param vendor vendor, if the topic has the right shape
     * @param deviceId device, if the topic has the right shape
     * @param messageId the MQTT 5 user property
     * @param bridge client id of the connection
     */
    public record Refused(
            String mqttTopic,
            @Nullable String feed,
            @Nullable String vendor,
            @Nullable String deviceId,
            @Nullable String contentType,
            @Nullable String messageId,
            Body body,
            Instant receivedAt,
            String bridge,
            DecodeException why) {

        /** The vendor's id, wherever it stood. */
        public @Nullable String anyMessageId() {
            return messageId != null ? messageId : why.messageId();
        }
    }

    /** Kept of a payload that is too large for Kafka even as a dead letter. */
    private static final int CUT_TO_BYTES = 64 * 1024;

    /** MQTT lets topics and properties grow to 64 KiB each; nothing of ours is so long. */
    private static final int MAX_TEXT = 1024;

    private final RecordSink sink;

    public DeadLetters(RecordSink sink) {
        this.sink = sink;
    }

    /**
     * Writes the dead letter. One that Kafka refuses for its size is cut and says so; the completion hears of the last
     * try only.
     */
    public void keep(Topic<DeadLetter> topic, Refused refused, Completion completion) {
        byte[] payload = refused.body().bytes();
        String detail = refused.why().detail();
        send(topic, refused, ByteBuffer.wrap(payload), detail, (outcome, why) -> {
            if (outcome == Outcome.REFUSED && payload.length > CUT_TO_BYTES) {
                String told = "The first " + CUT_TO_BYTES + " of " + payload.length + " bytes, SHA-256 "
                        + refused.body().sha256() + ". " + detail;
                send(topic, refused, ByteBuffer.wrap(payload, 0, CUT_TO_BYTES), DecodeException.cut(told), completion);
            } else {
                completion.completed(outcome, why);
            }
        });
    }

    private void send(
            Topic<DeadLetter> topic, Refused refused, ByteBuffer payload, String detail, Completion completion) {
        String deviceId = refused.deviceId();
        String key = deviceId != null ? deviceId : cut(refused.mqttTopic());
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(refused.why().reason().name())
                .setDetail(detail)
                .setField(refused.why().field())
                .setFeed(refused.feed())
                .setVendor(refused.vendor())
                .setDeviceId(deviceId)
                .setMessageId(cutOrNull(refused.anyMessageId()))
                .setEventId(eventId(refused))
                .setStatus(status(refused))
                .setStage(DeadLetterStage.INGEST)
                .setMqttTopic(cut(refused.mqttTopic()))
                .setContentType(cutOrNull(refused.contentType()))
                .setPayload(payload)
                .setReceivedAt(refused.receivedAt())
                .setProcess(refused.bridge())
                .build();
        sink.send(topic, key, letter, completion);
    }

    private static @Nullable String eventId(Refused refused) {
        String vendor = refused.vendor();
        String deviceId = refused.deviceId();
        if (vendor == null || deviceId == null) {
            return null;
        }
        String messageId = refused.anyMessageId();
        return messageId != null
                ? EventId.of(vendor, deviceId, cut(messageId))
                : EventId.ofHash(vendor, deviceId, refused.body().hash(refused.mqttTopic(), null));
    }

    private static EventStatus status(Refused refused) {
        return refused.why().status();
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
