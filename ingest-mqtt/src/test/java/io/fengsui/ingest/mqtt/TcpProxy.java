package io.fengsui.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between client and broker, to cut the line, or to hold back what goes over it. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean swallowing;
    private volatile boolean hasSwallowed;
    private boolean frozen;

    TcpProxy(int target) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start("proxy-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        sockets.forEach(TcpProxy::closeQuietly);
        sockets.clear();
    }

    /** Throws away what the broker says. */
    void swallow(boolean on) {
        swallowing = on;
    }

    boolean hasSwallowed() {
        return hasSwallowed;
    }

    /** Forwards nothing, and closes nothing, until it is thawed. */
    synchronized void freeze(boolean on) {
        frozen = on;
        notifyAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(broker);
                start("proxy-up", () -> copy(client, broker, false));
                start("proxy-down", () -> copy(broker, client, true));
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void copy(Socket from, Socket to, boolean down) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitThaw();
                if (down && swallowing) {
                    hasSwallowed = true;
                } else {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The other side is told by the close.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private synchronized void awaitThaw() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        freeze(false);
        cut();
    }
}
