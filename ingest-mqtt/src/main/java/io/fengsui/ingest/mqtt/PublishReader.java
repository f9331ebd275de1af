package io.fengsui.ingest.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a PUBLISH packet apart (MQTT 5, 3.3). Properties that a bridge has no use for are passed over. A topic alias is refused,
 * since none was allowed, and so is QoS 2, since it was not subscribed to. For one thread.
 */
final class PublishReader {
    private static final byte[] MESSAGE_ID = "message-id".getBytes(US_ASCII);
    private static final byte[] OF_BRIDGE = Outbox.BRIDGE.getBytes(US_ASCII);

    private static final int DUP = 0x08;
    private static final int AT_MOST_ONCE = 0;
    private static final int EXACTLY_ONCE = 2;

    private byte[] packet = {};
    private int at;
    private int end;
    private @Nullable String contentType;
    private @Nullable String messageId;
    private boolean ofBridge;

    /**
     * Reads a packet that is whole.
     *
     * @param body where its variable header begins
     * @param length of the packet, its fixed header included
     * @throws IOException if it is malformed
     */
    PublishPacket read(byte[] bytes, int body, int length) throws IOException {
        packet = bytes;
        at = body;
        end = length;
        contentType = null;
        messageId = null;
        ofBridge = false;
        int qos = (packet[0] >> 1) & 3;
        if (qos >= EXACTLY_ONCE) {
            throw new IOException("a message comes at QoS " + qos + ", which was not asked for");
        }
        String topic = text();
        int packetId = qos == AT_MOST_ONCE ? 0 : number();
        properties();
        return new PublishPacket(
                topic,
                packetId,
                (packet[0] & DUP) != 0,
                Arrays.copyOfRange(packet, at, end),
                contentType,
                messageId,
                ofBridge);
    }

    private void properties() throws IOException {
        int length = variableNumber();
        int stop = at + length;
        if (stop > end) {
            throw cut();
        }
        while (at < stop) {
            property(packet[at++]);
        }
        if (at != stop) {
            throw cut();
        }
    }

    private void property(byte identifier) throws IOException {
        switch (identifier) {
            // Payload Format Indicator, Message Expiry Interval
            case 0x01 -> skip(1);
            case 0x02 -> skip(4);
            case 0x03 -> contentType = text();
            // Response Topic, Correlation Data
            case 0x08, 0x09 -> skip(number());
            // Subscription Identifier
            case 0x0B -> variableNumber();
            case 0x23 -> throw new IOException("a message comes with a topic alias, which was not allowed");
            case 0x26 -> userProperty();
            default ->
                throw new IOException("a message has a property that MQTT 5 does not know: "
                        + Integer.toHexString(identifier & 0xFF));
        }
    }

    private void userProperty() throws IOException {
        int length = number();
        int name = at;
        skip(length);
        if (messageId == null && is(MESSAGE_ID, name, length)) {
            messageId = text();
        } else {
            ofBridge |= is(OF_BRIDGE, name, length);
            skip(number());
        }
    }

    private boolean is(byte[] name, int from, int length) {
        return Arrays.equals(packet, from, from + length, name, 0, name.length);
    }

    private String text() throws IOException {
        int length = number();
        int from = at;
        skip(length);
        return new String(packet, from, length, UTF_8);
    }

    /** Two bytes. */
    private int number() throws IOException {
        int from = at;
        skip(2);
        return (packet[from] & 0xFF) << 8 | (packet[from + 1] & 0xFF);
    }

    /** One to four bytes, of seven bits each. */
    private int variableNumber() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int from = at;
            skip(1);
            value |= (packet[from] & 0x7F) << shift;
            if (packet[from] >= 0) {
                return value;
            }
        }
        throw new IOException("the length of a message's properties is malformed");
    }

    private void skip(int bytes) throws IOException {
        if (bytes > end - at) {
            throw cut();
        }
        at += bytes;
    }

    private static IOException cut() {
        return new IOException("a message is shorter than its fields say");
    }
}
