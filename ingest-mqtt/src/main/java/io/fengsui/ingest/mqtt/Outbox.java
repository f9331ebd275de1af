package io.fengsui.ingest.mqtt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one connection publishes, marked as a bridge's own, and what became of it. Safe for use by many threads. */
final class Outbox {
    /** User property of what a bridge publishes; its value is the client id. */
    static final String BRIDGE = "fengsui-bridge";

    private static final Logger logger = LoggerFactory.getLogger(Outbox.class);
    private static final int QOS = 1;
    private static final int NOBODY_SUBSCRIBED = 0x10;
    private static final int FIRST_ERROR_CODE = 0x80;

    private final MqttAsyncClient client;
    private final Map<Long, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private volatile boolean ended;

    Outbox(MqttAsyncClient client) {
        this.client = client;
    }

    /** @return done with false if the client has no room for it, is not connected, or the broker gave it to nobody */
    CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(contentType);
        properties.setUserProperties(List.of(new UserProperty(BRIDGE, client.getClientId())));
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        long number = count.incrementAndGet();
        underWay.put(number, outcome);
        try {
            client.publish(topic, new MqttMessage(payload, QOS, false, properties), null, new Puback(outcome));
        } catch (MqttException | RuntimeException e) {
            logger.debug("{}: not published on {}", client.getClientId(), topic, e);
            outcome.complete(false);
        }
        if (ended) {
            outcome.complete(false);
        }
        return outcome.whenComplete((sent, failure) -> underWay.remove(number));
    }

    /** Gives up what the broker has not answered: Paho would stay silent about it. */
    void end() {
        ended = true;
        underWay.values().forEach(outcome -> outcome.complete(false));
    }

    /** A reason code that tells of a failure is no failure to Paho. Called by its callback thread. */
    private record Puback(CompletableFuture<Boolean> outcome) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int code = token.getResponse() instanceof MqttPubAck puback ? puback.getReturnCode() : FIRST_ERROR_CODE;
            outcome.complete(code < FIRST_ERROR_CODE && code != NOBODY_SUBSCRIBED);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            outcome.complete(false);
        }
    }
}
