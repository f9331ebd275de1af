package io.fengsui.ingest.mqtt;

/** Sizes of the properties that a CONNACK may have (MQTT 5, 3.2.2.3). */
final class ConnackProperty {
    private static final int LENGTH_BYTES = 2;

    private ConnackProperty() {}

    /**
     * Bytes of a property, its identifier included.
     *
     * @return -1 if the identifier is not known or the property is cut
     */
    static int size(byte[] packet, int at, int end) {
        int size =
                switch (packet[at]) {
                    // Maximum QoS, Retain, Wildcard, Subscription Identifiers and Shared Subscription Available
                    case 0x24, 0x25, 0x28, 0x29, 0x2A -> 2;
                    // Server Keep Alive, Receive Maximum, Topic Alias Maximum
                    case 0x13, 0x21, 0x22 -> 3;
                    // Session Expiry Interval, Maximum Packet Size
                    case 0x11, 0x27 -> 5;
                    // Assigned Client Identifier, Authentication Method and Data, Response Information, Server
                    // Reference, Reason String
                    case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> 1 + text(packet, at + 1, end);
                    // User Property
                    case 0x26 -> {
                        int name = text(packet, at + 1, end);
                        yield 1 + name + text(packet, at + 1 + name, end);
                    }
                    default -> -1;
                };
        return size < 0 || at + size > end ? -1 : size;
    }

    private static int text(byte[] packet, int at, int end) {
        return at + LENGTH_BYTES > end ? end : LENGTH_BYTES + (((packet[at] & 0xFF) << 8) | (packet[at + 1] & 0xFF));
    }
}
