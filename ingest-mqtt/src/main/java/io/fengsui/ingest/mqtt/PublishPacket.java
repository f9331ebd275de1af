package io.fengsui.ingest.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH of the broker (MQTT 5, 3.3), as far as a bridge wants to know it.
 *
 * @param packetId 0 at QoS 0, which is not acknowledged
 * @param duplicate DUP flag
 * @param messageId user property message-id, the first if there are several
 * @param ofBridge whether it has the user property of what bridges publish
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once and compared by nobody
record PublishPacket(
        String topic,
        int packetId,
        boolean duplicate,
        byte[] payload,
        @Nullable String contentType,
        @Nullable String messageId,
        boolean ofBridge) {}
