package io.fengsui.ingest.mqtt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker delivered and that is not acknowledged yet. Exactly one of {@link #ack()} and {@link #fail}
 * is to be called, by any thread; more calls do nothing, and so do calls once the connection is gone.
 */
public final class InboundMessage {

    /** What becomes of a message on its own connection. */
    public interface Settlement {
        /**
         * It is safe elsewhere: the broker may forget it, as soon as all before it are done too.
         *
         * @param then run once it is acknowledged, and so are all before it; never if the connection ends before
         */
        void done(Runnable then);

        /** It cannot be kept now: the connection is dropped, and the broker delivers it again on the next. */
        void failed(String why);
    }

    private final String topic;
    private final byte[] payload;
    private final @Nullable String contentType;
    private final @Nullable String messageId;
    private final boolean ofBridge;
    private final boolean redelivered;
    private final Instant receivedAt;
    private final Settlement settlement;

    /**
     * @param payload not copied; nobody may change it
     * @param contentType MQTT 5 content type
     * @param messageId MQTT 5 user property message-id; kept stripped, and null if it is blank
     * @param ofBridge whether a bridge published it, as its user property says
     * @param redelivered MQTT DUP flag
     * @param receivedAt our clock on arrival, before any queue of ours
     */
    public InboundMessage(
            String topic,
            byte[] payload,
            @Nullable String contentType,
            @Nullable String messageId,
            boolean ofBridge,
            boolean redelivered,
            Instant receivedAt,
            Settlement settlement) {
        this.topic = topic;
        this.payload = payload;
        this.contentType = contentType;
        this.messageId = messageId == null || messageId.isBlank() ? null : messageId.strip();
        this.ofBridge = ofBridge;
        this.redelivered = redelivered;
        this.receivedAt = receivedAt;
        this.settlement = settlement;
    }

    /** The same, as one that comes again, settled in another way. */
    public InboundMessage again(Settlement by) {
        return new InboundMessage(topic, payload, contentType, messageId, ofBridge, true, receivedAt, by);
    }

    public void ack() {
        settlement.done(() -> {});
    }

    /** @param then run once this message and all before it are acknowledged; never if the connection ends before */
    public void ack(Runnable then) {
        settlement.done(then);
    }

    public void fail(String why) {
        settlement.failed(why);
    }

    public String topic() {
        return topic;
    }

    public byte[] payload() {
        return payload;
    }

    public @Nullable String contentType() {
        return contentType;
    }

    public @Nullable String messageId() {
        return messageId;
    }

    public boolean ofBridge() {
        return ofBridge;
    }

    public boolean redelivered() {
        return redelivered;
    }

    public Instant receivedAt() {
        return receivedAt;
    }
}
