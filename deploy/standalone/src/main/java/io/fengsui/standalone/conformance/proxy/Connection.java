package io.fengsui.standalone.conformance.proxy;

import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import io.fengsui.standalone.conformance.observe.Reader;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client, and its way on to the broker. Everything runs on the channel's one thread. */
final class Connection extends ChannelInboundHandlerAdapter implements Watcher.Link {
    private static final Logger logger = LoggerFactory.getLogger(Connection.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final int number;
    private final Channel client;
    private final InetSocketAddress address;
    private final Watcher watcher;
    private final InstantSource clock;
    private final PacketReader reader;
    private final Packets ofClient = new Packets();
    private final Packets ofBroker = new Packets();
    private final Deque<ByteBuf> untold = new ArrayDeque<>();
    private @Nullable Channel broker;
    private boolean cutting;
    private boolean closed;

    Connection(
            int number, Channel client, InetSocketAddress broker, Reader reader, Watcher watcher, InstantSource clock) {
        this.number = number;
        this.client = client;
        this.address = broker;
        this.watcher = watcher;
        this.clock = clock;
        this.reader = new PacketReader(number, reader);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(client.getClass())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new BrokerSide())
                .connect(address)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        broker = connected.channel();
                        client.config().setAutoRead(true);
                    } else {
                        logger.warn(
                                "No MQTT broker at {}: {}",
                                address,
                                connected.cause().getMessage());
                        close(Side.BROKER);
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closed) {
            bytes.release();
            return;
        }
        ofClient.read(bytes, packet -> {
            if (packet instanceof MqttConnectMessage connect
                    && connect.decoderResult().isSuccess()) {
                ofBroker.version(MqttVersion.fromProtocolNameAndLevel(
                        connect.variableHeader().name(),
                        (byte) connect.variableHeader().version()));
            }
            saw(packet, Side.CLIENT);
        });
        var sent = Objects.requireNonNull(broker).writeAndFlush(bytes);
        if (cutting) {
            sent.addListener(done -> close(Side.KIT));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close(Side.CLIENT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        logger.debug("The client's connection {} failed", number, cause);
        close(Side.CLIENT);
    }

    /** A slow reader holds its sender back, as if they were connected. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (broker != null) {
            broker.config().setAutoRead(client.isWritable());
        }
    }

    @Override
    public void cut() {
        cutting = true;
    }

    @Override
    public void tell(String topic, byte[] payload) {
        untold.add(ofBroker.write(MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.AT_MOST_ONCE)
                .retained(false)
                .payload(Unpooled.wrappedBuffer(payload))
                .build()));
        client.eventLoop().execute(this::tellNow);
    }

    private void tellNow() {
        while (!closed && ofBroker.atBoundary() && !untold.isEmpty()) {
            var unused = client.writeAndFlush(untold.remove(), client.voidPromise());
        }
    }

    private void saw(MqttMessage packet, Side from) {
        Instant now = clock.instant();
        try {
            (from == Side.CLIENT ? reader.ofClient(packet, now) : reader.ofBroker(packet, now))
                    .ifPresent(observation -> watcher.saw(observation, this));
        } catch (RuntimeException e) {
            // What cannot be watched is passed on all the same. The packet is not quoted.
            logger.warn("A packet on connection {} could not be watched: {}", number, e.getClass());
        }
    }

    private void close(Side by) {
        if (closed) {
            return;
        }
        closed = true;
        watcher.saw(new Observation.Closed(clock.instant(), number, by), this);
        // What was received goes out before the end does.
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (broker != null) {
            broker.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        untold.forEach(ByteBuf::release);
        untold.clear();
        ofClient.close();
        ofBroker.close();
    }

    /** The connection to the broker. */
    private final class BrokerSide extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (closed) {
                bytes.release();
                return;
            }
            ofBroker.read(bytes, packet -> saw(packet, Side.BROKER));
            var unused = client.writeAndFlush(bytes, client.voidPromise());
            tellNow();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            close(Side.BROKER);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            logger.debug("The broker's connection {} failed", number, cause);
            close(Side.BROKER);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            client.config().setAutoRead(context.channel().isWritable());
        }
    }
}
