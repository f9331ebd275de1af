package io.fengsui.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection publishes, marked as a bridge's own, and what became of it. The broker takes only so many at a time
 * (its Receive Maximum); the rest waits here, up to a bound. Never blocks. Safe for use by many threads.
 */
final class Outbox {
    /** User property of what a bridge publishes; its value is the client id. */
    static final String BRIDGE = "fengsui-bridge";

    private static final Logger logger = LoggerFactory.getLogger(Outbox.class);
    private static final int QOS = 1;
    private static final int NOBODY_SUBSCRIBED = 0x10;
    private static final int FIRST_ERROR_CODE = 0x80;

    /** The smallest Receive Maximum known of a broker is 10 (HiveMQ CE); one less, because Paho frees a place late. */
    private static final int UNDER_WAY = 9;

    /** Some hundred bytes each. */
    private static final int WAITING = 1_000;

    private record Parcel(String topic, MqttMessage message, CompletableFuture<Boolean> outcome) {}

    private final MqttAsyncClient client;
    private final Queue<Parcel> waiting = new ArrayDeque<>();
    private final Set<Parcel> underWay = new HashSet<>();
    private boolean ended;

    Outbox(MqttAsyncClient client) {
        this.client = client;
    }

    /**
     * Publishes at once, or when the broker has room again.
     *
     * @return done with false if too many wait, the connection ends, or the broker gave it to nobody
     */
    CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(contentType);
        properties.setUserProperties(List.of(new UserProperty(BRIDGE, client.getClientId())));
        Parcel parcel = new Parcel(topic, new MqttMessage(payload, QOS, false, properties), new CompletableFuture<>());
        if (taken(parcel)) {
            sendWaiting();
        } else {
            parcel.outcome().complete(false);
        }
        return parcel.outcome();
    }

    private synchronized boolean taken(Parcel parcel) {
        return !ended && waiting.size() < WAITING && waiting.add(parcel);
    }

    private void sendWaiting() {
        for (Parcel next = next(); next != null; next = next()) {
            try {
                client.publish(next.topic(), next.message(), null, new Puback(next));
            } catch (MqttException | RuntimeException e) {
                logger.debug("{}: not published on {}", client.getClientId(), next.topic(), e);
                settle(next, false);
            }
        }
    }

    private synchronized @Nullable Parcel next() {
        Parcel next = underWay.size() < UNDER_WAY ? waiting.poll() : null;
        if (next != null) {
            underWay.add(next);
        }
        return next;
    }

    private void settle(Parcel parcel, boolean sent) {
        synchronized (this) {
            underWay.remove(parcel);
        }
        parcel.outcome().complete(sent);
    }

    /** Gives up what waits and what the broker has not answered: Paho would stay silent about it. */
    void end() {
        List<Parcel> left;
        synchronized (this) {
            ended = true;
            waiting.addAll(underWay);
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(parcel -> parcel.outcome().complete(false));
    }

    /** A reason code that tells of a failure is no failure to Paho. Called by its callback thread. */
    private final class Puback implements MqttActionListener {
        private final Parcel parcel;

        Puback(Parcel parcel) {
            this.parcel = parcel;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int code = token.getResponse() instanceof MqttPubAck puback ? puback.getReturnCode() : FIRST_ERROR_CODE;
            settle(parcel, code < FIRST_ERROR_CODE && code != NOBODY_SUBSCRIBED);
            sendWaiting();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            settle(parcel, false);
            sendWaiting();
        }
    }
}
