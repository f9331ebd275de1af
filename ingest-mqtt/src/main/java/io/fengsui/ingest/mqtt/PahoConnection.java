package io.fengsui.ingest.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from connect to its end: an epoch. Client, queue, worker and acknowledgements are made for it and end
 * with it, so nothing of an old connection can touch a new one.
 *
 * <p>Paho connects, subscribes, pings and publishes. Messages and their acknowledgements do not pass through it: {@link
 * FrameInputStream} takes them out of what comes in, and they are acknowledged straight on the socket.
 *
 * <p>Threads: Paho's receiver only puts into the {@link Inbox}, whose worker hands each message to the receiver of the source;
 * acknowledgements may come from any thread; {@link #end} is called by the source's thread.
 */
final class PahoConnection {
    private static final Logger logger = LoggerFactory.getLogger(PahoConnection.class);

    private static final int QOS = 1;
    private static final int NO_RETAINED_MESSAGES = 2;
    private static final int FIRST_ERROR_CODE = 0x80;
    private static final int SESSION_TAKEN_OVER = 0x8E;
    private static final Duration GOODBYE = Duration.ofMillis(1500);

    private final Slot slot;
    private final MqttSettings settings;
    private final InstantSource clock;
    private final MqttAsyncClient client;
    private final TunedSocketFactory sockets;
    private final Inbox inbox;
    private final Hearing hearing;
    private final Runnable messageLost;

    private final Outbox outbox;
    private final OrderedAcks acks = new OrderedAcks(this::sendAck);
    private final AtomicReference<@Nullable String> endedBy = new AtomicReference<>();
    private final CountDownLatch attention = new CountDownLatch(1);
    private volatile boolean draining;
    private volatile boolean sessionPresent;
    private volatile Duration keepAlive;

    /** @param messageLost told of each message at QoS 0 that is thrown away */
    PahoConnection(
            Slot slot,
            MqttSettings settings,
            InstantSource clock,
            Consumer<InboundMessage> receiver,
            Runnable messageLost)
            throws MqttException {
        this.slot = slot;
        this.settings = settings;
        this.clock = clock;
        this.messageLost = messageLost;
        this.keepAlive = settings.keepAlive();
        this.hearing = new Hearing(clock);
        this.sockets = new TunedSocketFactory(
                settings.flushDelay(),
                "ingest-" + slot.name() + "-flush",
                settings.maximumPacketBytes(),
                new Packets(),
                settings.tls());
        this.inbox = new Inbox(
                "ingest-" + slot.name() + "-worker",
                settings.receiveMaximum(),
                settings.connectTimeout(),
                receiver,
                this::couldNotHandle);
        this.client = new MqttAsyncClient(
                settings.plainUri(),
                slot.clientId(),
                new MemoryPersistence(),
                new EagerPings(settings.keepAlive()),
                null);
        this.outbox = new Outbox(client);
    }

    /** Connects and resumes the session; messages of a resumed session flow at once. */
    void connect() throws MqttException {
        client.setCallback(new Callback());
        inbox.start();
        IMqttToken token = client.connect(options());
        token.waitForCompletion(settings.connectTimeout().toMillis());
        sessionPresent = token.getSessionPresent();
        Integer asked = token.getResponseProperties().getServerKeepAlive();
        keepAlive = asked == null ? settings.keepAlive() : Duration.ofSeconds(asked);
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setMaximumPacketSize((long) settings.maximumPacketBytes());
        options.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
        options.setConnectionTimeout(
                Math.toIntExact(Math.max(1, settings.connectTimeout().toSeconds())));
        options.setAutomaticReconnect(false);
        settings.user().ifPresent(user -> {
            options.setUserName(user.name());
            options.setPassword(user.password().getBytes(StandardCharsets.UTF_8));
        });
        options.setSocketFactory(sockets);
        return options;
    }

    /** Whether the broker still had the session, with its messages and subscriptions. */
    boolean sessionPresent() {
        return sessionPresent;
    }

    /** Subscribes and waits until the broker has granted every filter. Retained messages are not asked for. */
    void subscribe() throws MqttException {
        MqttSubscription[] subscriptions =
                slot.filters().stream().map(PahoConnection::subscription).toArray(MqttSubscription[]::new);
        IMqttToken token = client.subscribe(subscriptions);
        token.waitForCompletion(settings.connectTimeout().toMillis());
        int[] codes = token.getReasonCodes();
        for (int i = 0; i < subscriptions.length; i++) {
            int code = codes != null && i < codes.length ? codes[i] : FIRST_ERROR_CODE;
            if (code != QOS) {
                throw new SubscriptionRefusedException(slot.filters().get(i), code);
            }
        }
    }

    private static MqttSubscription subscription(String filter) {
        MqttSubscription subscription = new MqttSubscription(filter, QOS);
        subscription.setNoLocal(true);
        subscription.setRetainHandling(NO_RETAINED_MESSAGES);
        return subscription;
    }

    /** Waits until the connection has ended, {@link #wake} is called or the time is over. */
    void awaitEnd(Duration time) throws InterruptedException {
        if (!attention.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            inspect();
        }
    }

    /** Ends {@link #awaitEnd} early. */
    void wake() {
        attention.countDown();
    }

    /** Ends a connection that is gone or stalled without a word. */
    private void inspect() {
        if (!client.isConnected()) {
            drop("the connection is gone");
        } else if (!inbox.isAlive()) {
            drop("the worker is gone");
        } else if (isMute()) {
            drop("nothing was heard of the broker since " + hearing.heardAt());
        } else if (stalled()) {
            abandon("a message has been in flight for more than "
                    + settings.stallTimeout().toSeconds() + " s");
        }
    }

    /** Whether the broker has said nothing, not even to a ping, for so long that it must have been pinged. */
    boolean isMute() {
        return hearing.isMute(keepAlive);
    }

    private boolean stalled() {
        Instant limit = clock.instant().minus(settings.stallTimeout());
        return acks.oldest().map(oldest -> oldest.isBefore(limit)).orElse(false);
    }

    /** Ends the connection and handles nothing more: what comes behind does not take it now. By any thread. */
    void abandon(String why) {
        inbox.abandon();
        drop(why);
    }

    private void couldNotHandle(RuntimeException e) {
        logger.error("{}: a message could not be handled; the connection is dropped", slot.clientId(), e);
        drop("a message could not be handled: " + e);
    }

    /**
     * Ends the connection; what was not acknowledged comes again on the next. What was read is handled all the same, unless it
     * was abandoned: a broker that has lost its data, or the session, has nothing to send again. By any thread.
     */
    void drop(String why) {
        if (endedBy.compareAndSet(null, why)) {
            acks.end();
            wake();
        }
    }

    boolean hasEnded() {
        return endedBy.get() != null;
    }

    Optional<String> endedBy() {
        return Optional.ofNullable(endedBy.get());
    }

    int inFlight() {
        return acks.inFlight();
    }

    /** Takes no more messages and waits until those that were taken are acknowledged. */
    void drain() throws InterruptedException {
        draining = true;
        if (!acks.awaitEmpty(settings.drainTimeout().toMillis())) {
            logger.warn("{}: {} messages are left unacknowledged; the broker keeps them", slot.clientId(), inFlight());
        }
    }

    /**
     * Ends the connection, not the session, and waits until its worker is at rest.
     *
     * @return false if it is still not after the stall timeout: then no other may begin, for messages would come on two
     *     threads at a time
     */
    boolean end() throws InterruptedException {
        drop("closed");
        try {
            if (client.isConnected()) {
                // Without a quiesce time: Paho would throw away the acknowledgements that wait to be sent.
                client.disconnect(0).waitForCompletion(GOODBYE.toMillis());
            }
        } catch (MqttException e) {
            logger.debug("{}: no orderly goodbye", slot.clientId(), e);
        }
        release();
        outbox.end();
        boolean atRest = inbox.finish(settings.stallTimeout());
        if (!atRest) {
            logger.error("{}: a message is stuck in its handling; nothing more is read", slot.clientId());
        }
        return atRest;
    }

    private void release() {
        sockets.abort();
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException | RuntimeException e) {
            logger.debug("{}: already disconnected", slot.clientId(), e);
        }
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            logger.debug("{}: not closed in order", slot.clientId(), e);
        }
    }

    CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType) {
        return outbox.publish(topic, payload, contentType);
    }

    private void sendAck(int packetId) {
        try {
            sockets.acknowledge(packetId);
        } catch (IOException e) {
            drop("an acknowledgement could not be sent: " + e.getMessage());
        }
    }

    private void arrived(PublishPacket message) {
        if (draining) {
            return;
        }
        boolean acknowledged = message.packetId() > 0;
        if (!acknowledged && !inbox.hasRoomToSpare()) {
            logger.warn(
                    "{}: a QoS 0 message on {} is lost: more came than can be handled",
                    slot.clientId(),
                    message.topic());
            messageLost.run();
            return;
        }
        Instant now = clock.instant();
        boolean taken = inbox.put(new InboundMessage(
                message.topic(),
                message.payload(),
                message.contentType(),
                message.messageId(),
                message.ofBridge(),
                message.duplicate(),
                now,
                new OnConnection(acknowledged ? acks.arrived(message.packetId(), now) : null)));
        if (!taken) {
            drop("the broker sent more than the receive maximum of " + settings.receiveMaximum()
                    + ", and it is not handled in time");
        }
    }

    private final class Packets implements FrameInputStream.Listener {
        @Override
        public void packetRead() {
            hearing.heard();
        }

        @Override
        public void publishRead(PublishPacket publish) {
            arrived(publish);
        }
    }

    private final class OnConnection implements InboundMessage.Settlement {
        private final OrderedAcks.@Nullable Ticket ticket;

        OnConnection(OrderedAcks.@Nullable Ticket ticket) {
            this.ticket = ticket;
        }

        @Override
        public void done(Runnable then) {
            if (ticket != null) {
                ticket.done(then);
            }
        }

        @Override
        public void failed(String why) {
            abandon(why);
        }
    }

    private final class Callback extends QuietCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            drop(
                    response.getReturnCode() == SESSION_TAKEN_OVER
                            ? "another client took the session over: a bridge that was given the slot, or a stranger with its client id"
                            : "the connection was lost: " + reason(response));
        }

        private String reason(MqttDisconnectResponse response) {
            MqttException exception = response.getException();
            if (exception != null) {
                return exception.getCause() == null ? exception.toString() : String.valueOf(exception.getCause());
            }
            return "reason code " + response.getReturnCode()
                    + (response.getReasonString() == null ? "" : ", " + response.getReasonString());
        }
    }
}
