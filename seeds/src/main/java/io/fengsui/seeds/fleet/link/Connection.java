package io.fengsui.seeds.fleet.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its CONNECT to its end; a new one is made instead of reconnecting it, for the library keeps topic
 * aliases and acknowledgements over a reconnect that the broker has forgotten.
 */
final class Connection implements MqttCallback {
    private static final int QOS = 1;
    private static final int CONNECT_SECONDS = 10;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final long DISCONNECT_MS = 2_000;
    private static final int WINDOW_IF_NOT_TOLD = 65_535;

    /** No more than this in flight, however much the broker takes: it bounds the fleet's memory. */
    private static final int LARGEST_WINDOW = 64;

    private final MqttAsyncClient client;
    private final OpenSockets sockets = new OpenSockets();
    private volatile boolean lost;

    private final Semaphore window;

    /** Connects, and waits until the broker has answered. */
    Connection(LinkSettings settings, @Nullable Outgoing will) throws MqttException {
        this.client =
                new MqttAsyncClient(settings.brokers().get(0).toString(), settings.clientId(), new MemoryPersistence());
        this.client.setCallback(this);
        try {
            IMqttToken connected = client.connect(options(settings, will));
            connected.waitForCompletion((CONNECT_SECONDS + 1) * 1_000L);
            Integer receiveMaximum = connected.getResponseProperties().getReceiveMaximum();
            int told = receiveMaximum == null ? WINDOW_IF_NOT_TOLD : receiveMaximum;
            this.window = new Semaphore(Math.min(told, LARGEST_WINDOW));
        } catch (MqttException e) {
            client.close(true);
            throw e;
        }
    }

    private MqttConnectionOptions options(LinkSettings settings, @Nullable Outgoing will) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setServerURIs(settings.brokers().stream().map(Object::toString).toArray(String[]::new));
        options.setUserName(settings.vendor());
        options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setTopicAliasMaximum(0);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setSocketFactory(sockets);
        if (will != null) {
            MqttMessage message = message(will);
            options.setWill(will.topic(), message);
            options.setWillMessageProperties(message.getProperties());
        }
        return options;
    }

    /** Room for one more message within the broker's receive maximum. */
    Semaphore window() {
        return window;
    }

    /** Whether the connection has ended. */
    boolean isLost() {
        return lost;
    }

    /** The caller holds a permit of the window. */
    void publish(Outgoing message, MqttActionListener listener) throws MqttException {
        client.publish(message.topic(), message(message), null, listener);
    }

    private static MqttMessage message(Outgoing outgoing) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(outgoing.payload().contentType());
        properties.setUserProperties(List.of(new UserProperty("message-id", outgoing.messageId())));
        MqttMessage message = new MqttMessage(outgoing.payload().bytes());
        message.setQos(QOS);
        message.setProperties(properties);
        return message;
    }

    /** Ends with a DISCONNECT: the broker forgets the last will. False if it could not be told. */
    boolean disconnect() {
        boolean told = !lost;
        try {
            client.disconnect(0).waitForCompletion(DISCONNECT_MS);
        } catch (MqttException e) {
            told = false;
            sockets.drop();
        }
        release();
        return told;
    }

    /** Ends without a word: the broker publishes the last will. */
    void drop() {
        sockets.drop();
        release();
    }

    private void release() {
        lost = true;
        try {
            client.close(true);
        } catch (MqttException e) {
            // The library refuses to close a client that is on its way down; it is let go all the same.
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lost = true;
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // The end of the connection, if it comes to that, is told by disconnected.
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        // The fleet subscribes to nothing.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Each publication has a listener of its own.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The constructor waits for it.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No enhanced authentication.
    }
}
