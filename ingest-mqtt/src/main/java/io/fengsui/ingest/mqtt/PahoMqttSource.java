package io.fengsui.ingest.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one slot with Eclipse Paho. Its own thread connects, subscribes, watches and connects again; each attempt is a
 * {@link PahoConnection} of its own. Nothing here relies on Paho's automatic reconnect, which can die without a word.
 */
public final class PahoMqttSource implements MqttSource {
    private static final Logger logger = LoggerFactory.getLogger(PahoMqttSource.class);
    private static final Duration WATCH = Duration.ofSeconds(1);

    /** A connection that lived this long makes the next pause short again. */
    private static final Duration GOOD_LIFE = Duration.ofSeconds(10);

    private final Slot slot;
    private final MqttSettings settings;
    private final Gate gate;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong messagesLost = new AtomicLong();
    private volatile State state;
    private volatile @Nullable PahoConnection connection;
    private volatile @Nullable Consumer<InboundMessage> receiver;
    private volatile boolean abandoned;
    private volatile boolean stuck;

    /**
     * Opens nothing yet.
     *
     * @param gate asked before each connect, and told of it
     * @param random spreads the pauses between attempts
     */
    public PahoMqttSource(Slot slot, MqttSettings settings, Gate gate, InstantSource clock, RandomGenerator random) {
        this.slot = slot;
        this.settings = settings;
        this.gate = gate;
        this.clock = clock;
        this.backoff = new Backoff(settings.backoffFirst(), settings.backoffLimit(), random);
        this.state = new State(Phase.STOPPED, "not started", clock.instant());
        this.thread = new Thread(this::run, "ingest-" + slot.name() + "-mqtt");
    }

    @Override
    public void start(Consumer<InboundMessage> to) {
        receiver = to;
        thread.start();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public boolean isFlowing() {
        PahoConnection current = connection;
        return state.phase() == Phase.SUBSCRIBED && current != null && !current.isMute();
    }

    @Override
    public boolean alive() {
        return thread.isAlive() && !stuck;
    }

    @Override
    public int inFlight() {
        PahoConnection current = connection;
        return current == null ? 0 : current.inFlight();
    }

    @Override
    public long connectionsLost() {
        return lost.get();
    }

    @Override
    public long messagesLost() {
        return messagesLost.get();
    }

    @Override
    public CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType) {
        PahoConnection current = connection;
        return current == null
                ? CompletableFuture.completedFuture(false)
                : current.publish(topic, payload, contentType);
    }

    @Override
    public void drop(String why) {
        PahoConnection current = connection;
        if (current != null) {
            current.abandon(why);
        }
    }

    private void run() {
        try {
            while (!isClosing() && !stuck) {
                attempt();
                if (!isClosing() && !stuck) {
                    boolean over = closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
                    logger.trace("{}: paused, closing {}", slot.clientId(), over);
                }
            }
            become(Phase.STOPPED, stuck ? "a message is stuck in its handling; restart" : "closed");
        } catch (InterruptedException e) {
            become(Phase.STOPPED, "interrupted");
        }
    }

    /** One connection from gate to end. Whatever goes wrong ends the attempt, never the thread. */
    private void attempt() throws InterruptedException {
        try {
            String closed = gate.closedBecause();
            if (closed.equals(Gate.OPEN)) {
                become(Phase.CONNECTING, "connecting to " + settings.uri());
                live();
            } else {
                become(Phase.HELD_BACK, closed);
            }
        } catch (MqttException | RuntimeException e) {
            become(Phase.CONNECTING, "cannot connect to " + settings.uri() + ": " + cause(e));
            logger.warn("{}: {}", slot.clientId(), state.detail());
            logger.debug("{}: in full", slot.clientId(), e);
        }
    }

    private void live() throws MqttException, InterruptedException {
        Consumer<InboundMessage> to = receiver;
        if (to == null) {
            throw new IllegalStateException("not started");
        }
        PahoConnection current = new PahoConnection(slot, settings, clock, to, messagesLost::incrementAndGet);
        boolean established = false;
        connection = current;
        try {
            current.connect();
            gate.connected(current.sessionPresent());
            // A session that is present need not have its subscriptions: whoever made it may have ended before SUBACK,
            // or
            // had other filters. To subscribe to an equal filter replaces it and loses nothing.
            current.subscribe();
            gate.subscribed();
            established = true;
            Instant since = clock.instant();
            become(Phase.SUBSCRIBED, current.sessionPresent() ? "session resumed" : "new session");
            logger.info("{}: {} at {}", slot.clientId(), state.detail(), settings.uri());
            watch(current);
            if (Duration.between(since, clock.instant()).compareTo(GOOD_LIFE) > 0) {
                backoff.reset();
            }
        } finally {
            if (isClosing() && established && !abandoned) {
                current.drain();
            }
            become(Phase.CONNECTING, current.endedBy().orElse("closing"));
            stuck = !current.end();
            if (established && !isClosing()) {
                lost.incrementAndGet();
                logger.warn("{}: {}", slot.clientId(), state.detail());
                gate.lost();
            }
        }
    }

    private void watch(PahoConnection current) throws InterruptedException {
        while (!current.hasEnded() && !isClosing()) {
            current.awaitEnd(WATCH);
        }
    }

    private void become(Phase phase, String detail) {
        if (state.phase() != phase || !state.detail().equals(detail)) {
            state = new State(phase, detail, clock.instant());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private static String cause(Exception e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause.getMessage() + ")";
    }

    @Override
    public void abandon() {
        abandoned = true;
        closing.countDown();
        PahoConnection current = connection;
        if (current != null) {
            current.drop("abandoned");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        PahoConnection current = connection;
        if (current != null) {
            current.wake();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
