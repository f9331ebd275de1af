package io.fengsui.ingest.mqtt;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One persistent session at the broker, whose messages are handed over one by one.
 *
 * <p>Promises: at least once, in the broker's order, on one thread at a time. A message is acknowledged only after it and
 * all before it on the connection are done, in that order. When the connection is lost or dropped, everything that was
 * not acknowledged comes again, in order, before anything new. No more than the receive maximum is held in memory.
 */
public interface MqttSource extends AutoCloseable {

    /** Where a source stands. */
    enum Phase {
        /** Not started, or closed. */
        STOPPED,
        /** Waits for leave to read: what comes behind it is not ready. */
        HELD_BACK,
        CONNECTING,
        /** The broker has the session and its subscriptions, and messages flow. */
        SUBSCRIBED
    }

    /**
     * A source's state.
     *
     * @param detail for people: why it is there
     */
    record State(Phase phase, String detail, Instant since) {}

    /** Whether messages may be read now; and who gives leave is told what comes of it. All on the source's thread. */
    interface Gate {
        /** Asked before each connect; may take seconds. A reason for people if not. */
        String closedBecause() throws InterruptedException;

        /**
         * The broker has accepted the connection; nothing is subscribed yet.
         *
         * @param sessionPresent whether it had a session of this client
         */
        default void connected(boolean sessionPresent) {}

        /** The broker has granted every filter; if this throws, the connection is given up. May take seconds. */
        default void subscribed() throws InterruptedException {}

        /** A connection that was subscribed has ended unasked. May take seconds. */
        default void lost() throws InterruptedException {}

        /** Answer of a gate that is open. */
        String OPEN = "";
    }

    /**
     * Starts to connect, and connects again whenever it must, until closed. Returns at once.
     *
     * @param receiver takes each message; may block for seconds, which stops the flow. If it throws, the connection is
     *     dropped and the message comes again.
     */
    void start(Consumer<InboundMessage> receiver);

    State state();

    /** Whether it is subscribed and the broker was heard lately: a message that is published now would come. */
    boolean isFlowing();

    /** False if nothing will ever be read again: only a restart helps. */
    boolean alive();

    /** Messages delivered and not yet acknowledged. */
    int inFlight();

    /** Connections that the broker accepted and that ended, whoever ended them. */
    long connectionsLost();

    /** Messages at QoS 0, which nothing holds back, that were thrown away because too many came. */
    long messagesLost();

    /**
     * Publishes at QoS 1, marked as a bridge's own ({@link InboundMessage#ofBridge}), on this connection or not at all; what
     * the broker does not take at once waits, up to a bound. Never blocks.
     *
     * @return done with true once the broker has passed it to a subscriber; false if it was given up, refused, or nobody
     *     has subscribed. Done by any thread, which must not be held up.
     */
    CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType);

    /** Drops the connection if there is one, as a message that failed does, and connects again. By any thread. */
    void drop(String why);

    /** Ends the connection at once, and returns before it has: what is in flight comes again, to whoever connects next. */
    void abandon();

    /** Stops reading, waits for what is in flight, acknowledges it, and disconnects without ending the session. */
    @Override
    void close();
}
