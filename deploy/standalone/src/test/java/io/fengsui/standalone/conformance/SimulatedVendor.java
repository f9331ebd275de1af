package io.fengsui.standalone.conformance;

import io.fengsui.standalone.process.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A vendor's client as Paho makes it: one that keeps the rules, and one that breaks as many as it can. */
final class SimulatedVendor implements AutoCloseable, MqttCallback {
    static final String TOPIC = "fengsui/v1/acme/dust-sensor/d-1";
    static final String PASSWORD = "a-secret-password";
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger number = new AtomicInteger();
    private final MqttAsyncClient client;
    private final boolean good;
    private final List<String> kept = new ArrayList<>();

    private SimulatedVendor(boolean good, int port, String clientId) throws MqttException {
        this.good = good;
        client = new MqttAsyncClient("tcp://" + Ports.HOST + ":" + port, clientId, new MemoryPersistence());
        client.setCallback(this);
    }

    static SimulatedVendor good(int port) throws MqttException {
        return good(port, PASSWORD);
    }

    static SimulatedVendor good(int port, String password) throws MqttException {
        SimulatedVendor vendor = new SimulatedVendor(true, port, "acme-1");
        MqttConnectionOptions options = options(password);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(86_400L);
        options.setKeepAliveInterval(30);
        options.setWill(
                "fengsui/v1/acme/gateway/gw-1", new MqttMessage(bytes("{\"state\": \"DOWN\"}"), 1, false, null));
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 2);
        return vendor.connect(options);
    }

    static SimulatedVendor bad(int port) throws MqttException {
        return bad(port, PASSWORD);
    }

    static SimulatedVendor bad(int port, String password) throws MqttException {
        SimulatedVendor vendor = new SimulatedVendor(false, port, "collector");
        MqttConnectionOptions options = options(password);
        options.setCleanStart(true);
        options.setKeepAliveInterval(0);
        options.setAutomaticReconnect(false);
        return vendor.connect(options);
    }

    private static MqttConnectionOptions options(String password) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("acme");
        options.setPassword(bytes(password));
        return options;
    }

    private SimulatedVendor connect(MqttConnectionOptions options) throws MqttException {
        client.connect(options).waitForCompletion(10_000);
        client.subscribe(new MqttSubscription("fengsui/v1/acme/rejected/#", 1)).waitForCompletion(10_000);
        var unused = timer.scheduleAtFixedRate(this::publish, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Beats so far. */
    int published() {
        return number.get();
    }

    private void publish() {
        try {
            int n = number.incrementAndGet();
            if (good) {
                send(TOPIC, payload("m-" + n, Instant.now()), 1, false);
            } else {
                sendBadly(n);
            }
        } catch (MqttException e) {
            // The connection is away; the next beat tries again.
        }
    }

    private void sendBadly(int n) throws MqttException {
        Instant slow = Instant.now().minusSeconds(3_600);
        String payload = "{\"time\": \"" + slow + "\", \"collector\": \"DRY\"}";
        send(TOPIC, payload, n % 5 == 0 ? 0 : 1, n % 7 == 0);
        if (n % 3 == 0) {
            send("fengsui/v1/other/dust-sensor/d-2", payload, 1, false);
            send(TOPIC, "{\"time\": \"" + slow + "\", \"collector\": \"DAMP\"}", 1, false);
        }
        for (String old : kept) {
            send(TOPIC, old, 1, false);
        }
        if (n < 6) {
            kept.add(payload);
        }
    }

    private void send(String topic, String payload, int qos, boolean retained) throws MqttException {
        client.publish(topic, new MqttMessage(bytes(payload), qos, retained, new MqttProperties()));
    }

    private static String payload(String id, Instant time) {
        return "{\"messageId\": \"%s\", \"time\": \"%s\", \"collector\": \"DRY\"}".formatted(id, time);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws MqttException {
        timer.shutdownNow();
        client.disconnectForcibly(0, 500, true);
        client.close(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
