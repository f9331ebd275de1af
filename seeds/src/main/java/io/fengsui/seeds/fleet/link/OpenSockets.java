package io.fengsui.seeds.fleet.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Sockets of one MQTT connection: without Nagle's delay, and at hand to be dropped, which is how a gateway dies.
 */
final class OpenSockets extends SocketFactory {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Closes without a word of MQTT, so that the broker publishes the last will. */
    void drop() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("A socket cannot be closed", e);
            }
        }
        sockets.clear();
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new UnsupportedOperationException("The client connects a socket itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw new UnsupportedOperationException("The client connects a socket itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new UnsupportedOperationException("The client connects a socket itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw new UnsupportedOperationException("The client connects a socket itself");
    }
}
