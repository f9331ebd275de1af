package io.fengsui.ingest.mqtt;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the acknowledgements of one connection in the order in which its messages arrived (MQTT 5, 4.6), whatever the
 * order in which they are done. Once ended, nothing is sent any more: packet ids of the next connection may be the same
 * and mean other messages. Safe for use by many threads.
 */
final class OrderedAcks {

    /** A place in the order. */
    final class Ticket {
        private final int packetId;
        private final Instant arrivedAt;
        private @Nullable Runnable then;

        private Ticket(int packetId, Instant arrivedAt) {
            this.packetId = packetId;
            this.arrivedAt = arrivedAt;
        }

        /**
         * Acknowledges the message now, or once all before it are done. A second call does nothing.
         *
         * @param then run when it is acknowledged
         */
        void done(Runnable then) {
            settle(this, then);
        }
    }

    private final IntConsumer sender;
    private final Queue<Ticket> waiting = new ArrayDeque<>();
    private boolean ended;

    /** @param sender sends the acknowledgement of a packet id; called one at a time, must not block */
    OrderedAcks(IntConsumer sender) {
        this.sender = sender;
    }

    /** Takes the next place. */
    synchronized Ticket arrived(int packetId, Instant at) {
        Ticket ticket = new Ticket(packetId, at);
        if (!ended) {
            waiting.add(ticket);
        }
        return ticket;
    }

    /** What is to be done then is done before {@link #end} returns, or not at all: it is of this connection. */
    private synchronized void settle(Ticket ticket, Runnable then) {
        ticket.then = then;
        for (Ticket head = waiting.peek(); head != null && head.then != null; head = waiting.peek()) {
            waiting.remove();
            sender.accept(head.packetId);
            head.then.run();
        }
        if (waiting.isEmpty()) {
            notifyAll();
        }
    }

    /** Drops all that is not acknowledged; the broker keeps it. */
    synchronized void end() {
        ended = true;
        waiting.clear();
        notifyAll();
    }

    synchronized int inFlight() {
        return waiting.size();
    }

    /** When the message arrived that has waited longest. */
    synchronized Optional<Instant> oldest() {
        return Optional.ofNullable(waiting.peek()).map(ticket -> ticket.arrivedAt);
    }

    /** Waits until nothing is in flight, or the timeout has passed. */
    synchronized boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (!waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
