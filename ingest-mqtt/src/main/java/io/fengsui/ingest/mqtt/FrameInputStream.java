package io.fengsui.ingest.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads MQTT packets whole, gives each PUBLISH to a listener, hands the others on, and mends what Paho 1.2.5 gets wrong:
 *
 * <ul>
 *   <li>It loses the DUP flag of what it receives, and takes three threads and as much time as all else to bring a message: it
 *       sees no PUBLISH (RATIONALE.md).
 *   <li>It applies the broker's Maximum Packet Size to what the broker sends: the property is taken out of the CONNACK, else
 *       one message at the limit would break each new connection.
 *   <li>Its topic aliases survive a connection and then mean nothing: the broker's leave to use them is taken out too.
 *   <li>A read timeout inside a packet's header makes it lose its place: here a timeout only comes between packets, and
 *       what was read is kept.
 * </ul>
 *
 * <p>For one thread.
 */
final class FrameInputStream extends InputStream {

    /** Is told of each packet before it is handed on. */
    interface Listener {
        void packetRead();

        /** After {@link #packetRead}, of a PUBLISH, which is not handed on. May wait: nothing is read meanwhile. */
        void publishRead(PublishPacket publish);
    }

    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    private static final int MAXIMUM_PACKET_SIZE = 0x27;
    private static final int MAX_LENGTH_BYTES = 4;
    private static final int INITIAL_BYTES = 8 * 1024;

    private final InputStream in;
    private final int maxPacketBytes;
    private final Listener listener;
    private final PublishReader publishes = new PublishReader();
    private byte[] packet = new byte[INITIAL_BYTES];

    /** Bytes of the packet that were read from below. */
    private int filled;

    /** Bytes of a packet that is whole, of which those before position were handed on; both 0 while it is not. */
    private int limit;

    private int position;

    /** @param in should be buffered: headers are read byte by byte */
    FrameInputStream(InputStream in, int maxPacketBytes, Listener listener) {
        this.in = in;
        this.maxPacketBytes = maxPacketBytes;
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        return hasPacket() ? packet[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasPacket()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(packet, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return limit - position + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** False at the end of the stream, if that is between packets. */
    private boolean hasPacket() throws IOException {
        while (position == limit) {
            if (!readPacket()) {
                return false;
            }
        }
        return true;
    }

    /** Reads the next packet, of which nothing is left to hand on if it was for the listener. */
    private boolean readPacket() throws IOException {
        limit = 0;
        position = 0;
        int body;
        while ((body = bodyLength()) < 0) {
            int next = in.read();
            if (next < 0) {
                if (filled == 0) {
                    return false;
                }
                throw new EOFException("the stream ends inside a packet");
            }
            packet[filled++] = (byte) next;
        }
        fill(headerLength() + body);
        int length = filled;
        filled = 0;
        limit = inspect(length);
        return true;
    }

    private void fill(int total) throws IOException {
        if (total > maxPacketBytes) {
            throw new IOException("a packet of " + total + " bytes; at most " + maxPacketBytes + " were asked for");
        }
        if (total > packet.length) {
            packet = Arrays.copyOf(packet, Math.max(total, packet.length * 2));
        }
        while (filled < total) {
            int count = in.read(packet, filled, total - filled);
            if (count < 0) {
                throw new EOFException("the stream ends inside a packet");
            }
            filled += count;
        }
    }

    /** Length of what follows the fixed header, or -1 while the header is not whole. */
    private int bodyLength() throws IOException {
        int length = 0;
        for (int i = 1; i < filled; i++) {
            length |= (packet[i] & 0x7F) << (7 * (i - 1));
            if (packet[i] >= 0) {
                return length;
            }
            if (i == MAX_LENGTH_BYTES) {
                throw new IOException("a packet's length is malformed");
            }
        }
        return -1;
    }

    private int headerLength() {
        int i = 1;
        while (packet[i] < 0) {
            i++;
        }
        return i + 1;
    }

    /** @return bytes to hand on: of a CONNACK perhaps fewer than came, of a PUBLISH none */
    private int inspect(int length) throws IOException {
        int type = (packet[0] & 0xF0) >> 4;
        listener.packetRead();
        if (type == PUBLISH) {
            listener.publishRead(publishes.read(packet, headerLength(), length));
            return 0;
        }
        return type == CONNACK ? withoutLimits(length) : length;
    }

    /** A CONNACK is: header, flags, reason, length of properties, properties. All lengths here are below 128, or it is left as it is. */
    private int withoutLimits(int length) {
        int properties = 5;
        if (length < properties || packet[1] < 0 || packet[4] < 0) {
            return length;
        }
        int at = properties;
        int left = length;
        while (at < left) {
            int size = ConnackProperty.size(packet, at, left);
            if (size < 0) {
                return left;
            }
            if (packet[at] == MAXIMUM_PACKET_SIZE || packet[at] == TOPIC_ALIAS_MAXIMUM) {
                System.arraycopy(packet, at + size, packet, at, left - at - size);
                packet[1] -= (byte) size;
                packet[4] -= (byte) size;
                left -= size;
            } else {
                at += size;
            }
        }
        return left;
    }
}
