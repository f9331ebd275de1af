package io.fengsui.ingest.mqtt;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers small writes: a flush is put off for a fraction of a millisecond, so that one system call carries many
 * acknowledgements. What was written always goes out: after the delay by a thread of its own even when nothing follows,
 * at once when the buffer is full, and at close. Safe for use by many threads.
 *
 * <p>An error is kept to itself, and what is written later is thrown away: of a connection that has broken there may be more to
 * read, and who reads it hears of the end there. Paho would read no more after a failed write.
 */
final class GatheringOutputStream extends OutputStream {
    private static final Logger logger = LoggerFactory.getLogger(GatheringOutputStream.class);
    private static final int BUFFER_BYTES = 8192;

    private final OutputStream out;
    private final long delayNanos;
    private final Thread flusher;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int size;
    private boolean flushAsked;
    private boolean closed;
    private boolean broken;

    /** @param delay how long a flush may be put off */
    GatheringOutputStream(OutputStream out, Duration delay, String threadName) {
        this.out = out;
        this.delayNanos = delay.toNanos();
        this.flusher = new Thread(this::run, threadName);
        this.flusher.setDaemon(true);
        this.flusher.start();
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        check();
        if (length > BUFFER_BYTES - size) {
            drain();
        }
        if (length > BUFFER_BYTES) {
            send(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, size, length);
            size += length;
        }
    }

    /** Asks for a flush soon; returns at once. */
    @Override
    public synchronized void flush() throws IOException {
        check();
        if (size > 0 && !flushAsked) {
            flushAsked = true;
            notifyAll();
        }
    }

    /** Writes what is left, and closes the stream below. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
            drain();
        }
        out.close();
    }

    private void run() {
        while (awaitFlushAsked()) {
            LockSupport.parkNanos(delayNanos);
            synchronized (this) {
                flushAsked = false;
                drain();
            }
        }
    }

    private synchronized boolean awaitFlushAsked() {
        while (!flushAsked && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return !closed;
    }

    private void drain() {
        int length = size;
        size = 0;
        send(buffer, 0, length);
    }

    private void send(byte[] bytes, int offset, int length) {
        if (length == 0 || broken) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            logger.debug("Nothing more is written: {}", e.toString());
        }
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }
}
