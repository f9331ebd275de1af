package io.fengsui.standalone.conformance.proxy;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.conformance.observe.Reader;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Listens for a vendor's client, connects each to the broker and passes every byte on, both ways. One thread does all, so
 * what is seen has one order.
 */
public final class MqttProxy implements AutoCloseable {
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel server;
    private int links;

    /**
     * Opens the port.
     *
     * @throws StartException if the address cannot be listened on
     */
    public MqttProxy(
            InetSocketAddress listen, InetSocketAddress broker, Reader reader, Watcher watcher, InstantSource clock) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(new Connection(++links, client, broker, reader, watcher, clock));
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw new StartException(
                    "--listen " + listen.getHostString() + ":" + listen.getPort() + ": cannot be listened on: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        server = bound.channel();
    }

    /** Where the client is to connect. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
