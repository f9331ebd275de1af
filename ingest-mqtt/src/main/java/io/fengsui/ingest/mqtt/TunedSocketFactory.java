package io.fengsui.ingest.mqtt;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the one socket of one connection: input buffered; TCP_NODELAY, because acknowledgements are tiny and Nagle's algorithm
 * would hold each back for 40 ms; flushes gathered, so that one system call carries many acknowledgements (RATIONALE.md has
 * the figures). What comes in passes through a {@link FrameInputStream}, which takes the messages out; acknowledgements are
 * written between two packets of Paho's. TLS is spoken below all this: to Paho, which has its own ways with TLS sockets, it is
 * a plain one.
 */
final class TunedSocketFactory extends SocketFactory {
    private static final int INPUT_BUFFER_BYTES = 64 * 1024;
    private static final byte PUBACK = 0x40;

    private final Duration flushDelay;
    private final String threadName;
    private final int maxPacketBytes;
    private final FrameInputStream.Listener listener;
    private final Optional<Tls> tls;
    private volatile @Nullable Socket socket;

    TunedSocketFactory(
            Duration flushDelay,
            String threadName,
            int maxPacketBytes,
            FrameInputStream.Listener listener,
            Optional<Tls> tls) {
        this.flushDelay = flushDelay;
        this.threadName = threadName;
        this.maxPacketBytes = maxPacketBytes;
        this.listener = listener;
        this.tls = tls;
    }

    /** Closes the socket under the client's feet: for a client that hangs. */
    void abort() {
        Socket made = socket;
        if (made instanceof TunedSocket tuned) {
            tuned.abort();
        }
    }

    /**
     * Acknowledges a message, soon.
     *
     * @throws IOException if there is no connection to do so
     */
    void acknowledge(int packetId) throws IOException {
        Socket made = socket;
        GatheringOutputStream out = made instanceof TunedSocket tuned ? tuned.gathered() : null;
        if (out == null) {
            throw new IOException("there is no connection");
        }
        out.write(new byte[] {PUBACK, 2, (byte) (packetId >> 8), (byte) packetId});
        out.flush();
    }

    /**
     * Hands on what was written when it is flushed, and in one piece. Paho flushes behind each packet, so that nothing of ours
     * comes into the middle of one.
     */
    private static final class WholePackets extends ByteArrayOutputStream {
        private final OutputStream below;

        WholePackets(OutputStream below) {
            this.below = below;
        }

        @Override
        public synchronized void flush() throws IOException {
            int length = count;
            reset();
            below.write(buf, 0, length);
            below.flush();
        }

        @Override
        public void close() throws IOException {
            below.close();
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket made = new TunedSocket();
        made.setTcpNoDelay(true);
        made.setKeepAlive(true);
        socket = made;
        return made;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("Paho connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("Paho connects by itself");
    }

    private final class TunedSocket extends Socket {
        private @Nullable Socket secured;
        private @Nullable InputStream input;
        private @Nullable OutputStream output;
        private volatile @Nullable GatheringOutputStream gathered;

        @Nullable
        GatheringOutputStream gathered() {
            return gathered;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            super.connect(endpoint, timeoutMillis);
            if (tls.isPresent() && endpoint instanceof InetSocketAddress broker) {
                Socket made = tls.get().over(this, broker, timeoutMillis);
                synchronized (this) {
                    secured = made;
                }
            }
        }

        /** Bare while TLS is being made over this socket. */
        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (tls.isPresent() && secured == null) {
                return super.getInputStream();
            }
            if (input == null) {
                InputStream bytes = secured == null ? super.getInputStream() : secured.getInputStream();
                input = new FrameInputStream(
                        new BufferedInputStream(bytes, INPUT_BUFFER_BYTES), maxPacketBytes, listener);
            }
            return input;
        }

        /** Bare while TLS is being made over this socket. */
        @Override
        public synchronized OutputStream getOutputStream() throws IOException {
            if (tls.isPresent() && secured == null) {
                return super.getOutputStream();
            }
            if (output == null) {
                OutputStream bytes = secured == null ? super.getOutputStream() : secured.getOutputStream();
                GatheringOutputStream made = new GatheringOutputStream(bytes, flushDelay, threadName);
                gathered = made;
                output = new WholePackets(made);
            }
            return output;
        }

        /** Sends what was gathered first. Holds no lock meanwhile, so that {@link #abort} can end a write that hangs. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public void close() throws IOException {
            OutputStream made = gathered;
            try {
                if (made != null && !isClosed()) {
                    made.close();
                }
            } finally {
                super.close();
            }
        }

        /** The socket first, which ends a write that hangs; then what gathers for it, which has a thread. */
        private void abort() {
            closeQuietly(super::close);
            OutputStream made = gathered;
            if (made != null) {
                closeQuietly(made);
            }
        }

        private static void closeQuietly(Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
