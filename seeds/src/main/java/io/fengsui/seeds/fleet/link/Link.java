package io.fengsui.seeds.fleet.link;

import io.fengsui.platform.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vendor's or gateway's way to the broker, over however many connections. At most the broker's receive maximum is in
 * flight; a message whose acknowledgement was lost with a connection is sent again on the next. For one thread, besides
 * the acknowledgements.
 */
public final class Link implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Link.class);
    private static final long LOOK_AGAIN_MS = 50;
    private static final long RECONNECT_MS = 500;

    private final LinkSettings settings;
    private final Supplier<@Nullable Outgoing> will;
    private final Acknowledgements acknowledgements;
    private final LongSupplier nanoTime;
    private final Map<Long, Outgoing> inFlight = new ConcurrentSkipListMap<>();
    private final AtomicLong sendings = new AtomicLong();
    private @Nullable Connection connection;
    private @Nullable Outgoing armed;
    private volatile boolean stopped;

    /**
     * @param will makes the last will of each new connection, or null for none
     * @param nanoTime a clock that only runs forward, nanoseconds
     */
    public Link(
            LinkSettings settings,
            Supplier<@Nullable Outgoing> will,
            Acknowledgements acknowledgements,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.will = will;
        this.acknowledgements = acknowledgements;
        this.nanoTime = nanoTime;
    }

    /** @throws StartException if the broker does not let us in; the message says who tried where */
    public void connect() {
        try {
            open();
        } catch (MqttException e) {
            throw new StartException(
                    "The fleet cannot connect " + settings + ": " + reason(e)
                            + "; is the broker up, and does it know the vendor's password?",
                    e);
        }
    }

    private Connection open() throws MqttException {
        Outgoing next = will.get();
        try {
            Connection opened = new Connection(settings, next);
            armed = next;
            connection = opened;
            return opened;
        } catch (MqttException e) {
            // The broker may have let us in, and only its answer was lost.
            mayHaveFired(next);
            throw e;
        }
    }

    /** Publishes; waits while the window is full, and for the broker to be back if it is gone. False if stopped meanwhile. */
    public boolean send(Outgoing message) throws InterruptedException {
        Connection open = awaitRoom();
        if (open == null) {
            return false;
        }
        publish(open, sendings.incrementAndGet(), message);
        return true;
    }

    private void publish(Connection open, long sending, Outgoing message) {
        inFlight.put(sending, message);
        try {
            open.publish(message, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    open.window().release();
                    if (inFlight.remove(sending) != null) {
                        int[] codes = token.getReasonCodes();
                        acknowledgements.acknowledged(message, codes == null || codes.length == 0 ? 0 : codes[0]);
                    }
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    // The connection is gone; what is in flight goes out on the next one.
                }
            });
        } catch (MqttException e) {
            logger.debug("{} could not publish", settings, e);
            open.drop();
        }
    }

    /** A connection with a permit of its window taken, or null if stopped. */
    private @Nullable Connection awaitRoom() throws InterruptedException {
        while (!stopped) {
            Connection open = connection;
            if (open == null || open.isLost()) {
                restore();
            } else if (open.window().tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                return open;
            }
        }
        return null;
    }

    /** Connects anew, as long as it takes, and sends again what was not acknowledged. */
    private void restore() throws InterruptedException {
        if (connection != null) {
            connection = null;
            mayHaveFired(armed);
        }
        try {
            Connection open = open();
            for (Map.Entry<Long, Outgoing> message : List.copyOf(inFlight.entrySet())) {
                while (!open.window().tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                    if (open.isLost() || stopped) {
                        return;
                    }
                }
                acknowledgements.resent(message.getValue());
                publish(open, message.getKey(), message.getValue());
            }
        } catch (MqttException e) {
            logger.warn("The fleet tries to connect {} again: {}", settings, reason(e));
            TimeUnit.MILLISECONDS.sleep(RECONNECT_MS);
        }
    }

    /** Waits until everything is acknowledged, connecting anew unless stopped; false after the timeout. */
    public boolean awaitAcknowledged(Duration timeout) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        while (!inFlight.isEmpty()) {
            Connection open = connection;
            boolean lost = open == null || open.isLost();
            if ((lost && stopped) || nanoTime.getAsLong() >= deadline) {
                return false;
            }
            if (lost) {
                restore();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return true;
    }

    /**
     * Breaks the connection as a gateway dies; the last will that the broker now publishes, or null if it has none or the
     * connection was lost before.
     */
    public @Nullable Outgoing drop() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return null;
        }
        if (open.isLost()) {
            mayHaveFired(armed);
            return null;
        }
        open.drop();
        return armed;
    }

    private void mayHaveFired(@Nullable Outgoing lastWill) {
        if (lastWill != null) {
            acknowledgements.willMayHaveFired(lastWill);
        }
    }

    /** Number of messages that are not acknowledged yet. */
    public int unacknowledged() {
        return inFlight.size();
    }

    /** Lets a waiting {@link #send} go; may be called by any thread. */
    public void stop() {
        stopped = true;
    }

    /** Ends with a DISCONNECT, so that no last will is published, unless the connection was lost before. */
    @Override
    public void close() {
        stopped = true;
        Connection open = connection;
        connection = null;
        if (open != null && !open.disconnect()) {
            mayHaveFired(armed);
        }
    }

    private static String reason(MqttException e) {
        String message = e.getMessage();
        return e.getCause() == null
                ? String.valueOf(message)
                : message + " (" + e.getCause().getMessage() + ")";
    }
}
