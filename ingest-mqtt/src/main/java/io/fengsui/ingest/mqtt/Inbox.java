package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection has read, and the one thread that hands it to the receiver. What was read is handled even if the
 * connection has ended, unless it was abandoned: a broker that has lost its data, or the session, has nothing to send again.
 */
final class Inbox {
    private static final Logger logger = LoggerFactory.getLogger(Inbox.class);

    /** The last element of an inbox. */
    private static final Optional<InboundMessage> END = Optional.empty();

    private final BlockingQueue<Optional<InboundMessage>> queue;
    private final int receiveMaximum;
    private final Duration patience;
    private final Consumer<InboundMessage> receiver;
    private final Consumer<RuntimeException> failed;
    private final Thread worker;
    private volatile boolean abandoned;

    /**
     * @param receiveMaximum most unacknowledged messages at a time; there is room for as many besides, at QoS 0
     * @param patience how long to wait for room
     * @param failed told when the receiver throws; nothing more is handled
     */
    Inbox(
            String threadName,
            int receiveMaximum,
            Duration patience,
            Consumer<InboundMessage> receiver,
            Consumer<RuntimeException> failed) {
        this.queue = new ArrayBlockingQueue<>(receiveMaximum * 2);
        this.receiveMaximum = receiveMaximum;
        this.patience = patience;
        this.receiver = receiver;
        this.failed = failed;
        this.worker = new Thread(this::work, threadName);
    }

    void start() {
        worker.start();
    }

    /** Room for a message that the receive maximum does not hold back. */
    boolean hasRoomToSpare() {
        return queue.remainingCapacity() > receiveMaximum;
    }

    /** Takes a message, if need be once there is room; false if there is none in time, or the thread was interrupted. */
    boolean put(InboundMessage message) {
        try {
            return abandoned
                    || queue.offer(Optional.of(message))
                    || queue.offer(Optional.of(message), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Handles nothing more: what comes behind does not take it now. */
    void abandon() {
        abandoned = true;
    }

    boolean isAlive() {
        return worker.isAlive();
    }

    /**
     * Takes no more, and waits until the rest is handled.
     *
     * @return false if a message is stuck in its handling
     */
    boolean finish(Duration timeout) throws InterruptedException {
        if (abandoned) {
            queue.clear();
        }
        boolean told = queue.offer(END, timeout.toMillis(), TimeUnit.MILLISECONDS);
        logger.trace("{} is told of the end: {}", worker.getName(), told);
        worker.join(timeout.toMillis());
        return !worker.isAlive();
    }

    private void work() {
        try {
            for (Optional<InboundMessage> next = queue.take(); next.isPresent() && !abandoned; next = queue.take()) {
                receiver.accept(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            abandoned = true;
            failed.accept(e);
        }
    }
}
