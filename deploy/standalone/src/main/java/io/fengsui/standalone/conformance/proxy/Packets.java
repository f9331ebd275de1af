package io.fengsui.standalone.conformance.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/** The packets in one direction of a connection. */
final class Packets implements AutoCloseable {
    /** Larger than the largest packet the bridge takes, 1 MiB. */
    private static final int MAX_PACKET_BYTES = 2 * 1024 * 1024;

    private static final int MAX_CLIENT_ID = 65_535;

    /** Where Netty's codec keeps the version of a channel; it learns it from CONNECT, which only one direction has. */
    private static final AttributeKey<MqttVersion> VERSION = AttributeKey.valueOf("NETTY_CODEC_MQTT_VERSION");

    private static final int LENGTH_BITS = 7;

    private final EmbeddedChannel codec =
            new EmbeddedChannel(new MqttDecoder(MAX_PACKET_BYTES, MAX_CLIENT_ID), MqttEncoder.INSTANCE);

    /** Bytes that have passed and belong to no packet that is complete. */
    private long open;

    void version(MqttVersion version) {
        codec.attr(VERSION).set(version);
    }

    /** Reads bytes, which stay the caller's. What is handed on is released afterwards. */
    void read(ByteBuf bytes, Consumer<MqttMessage> each) {
        open += bytes.readableBytes();
        codec.writeInbound(Unpooled.copiedBuffer(bytes));
        for (Object packet = codec.readInbound(); packet != null; packet = codec.readInbound()) {
            try {
                if (packet instanceof MqttMessage message) {
                    if (message.fixedHeader() != null) {
                        open -= size(message.fixedHeader().remainingLength());
                    }
                    each.accept(message);
                }
            } finally {
                ReferenceCountUtil.release(packet);
            }
        }
    }

    /** Whether nothing of an unfinished packet has passed, so that another may be put in. */
    boolean atBoundary() {
        return open == 0;
    }

    /** A packet as bytes, in the version of the connection. */
    ByteBuf write(MqttMessage packet) {
        codec.writeOutbound(packet);
        return codec.readOutbound();
    }

    @Override
    public void close() {
        codec.finishAndReleaseAll();
    }

    /** Of a packet: one byte, its length in groups of seven bits, and as much as that says. */
    private static long size(int remaining) {
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(remaining));
        return 1L + (bits + LENGTH_BITS - 1) / LENGTH_BITS + remaining;
    }
}
