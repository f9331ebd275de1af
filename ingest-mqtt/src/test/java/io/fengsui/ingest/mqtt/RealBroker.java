package io.fengsui.ingest.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** A real broker behind a proxy: sources connect through it, vendors directly. */
final class RealBroker implements BrokerUnderTest {

    /** Stops the broker itself. */
    interface Stop {
        void stop() throws Exception;
    }

    private final int port;
    private final Stop broker;
    private final TcpProxy proxy;
    private final MqttClient vendor;
    private final List<String> rejections = new CopyOnWriteArrayList<>();

    RealBroker(int port, Stop broker) throws Exception {
        this.port = port;
        this.broker = broker;
        this.proxy = new TcpProxy(port);
        this.vendor = connect(port);
        vendor.setCallback(new QuietCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                rejections.add(topic);
            }

            @Override
            public void disconnected(MqttDisconnectResponse response) {}
        });
        vendor.subscribe("fengsui/v1/+/rejected/+", 1);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Of a source that connects through the proxy. */
    SettingsForTest settings() {
        return SettingsForTest.of(proxy.port());
    }

    @Override
    public MqttSource source(Slot slot, int receiveMaximum, MqttSource.Gate gate) {
        return source(slot, settings().receiveMaximum(receiveMaximum), gate);
    }

    MqttSource source(Slot slot, SettingsForTest settings, MqttSource.Gate gate) {
        return new PahoMqttSource(slot, settings.settings(), gate, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    /** Ends the session of a client that is away. */
    void loseSession(String clientId) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        client.connect(options);
        client.disconnect();
        client.close();
    }

    void swallow(boolean on) {
        proxy.swallow(on);
    }

    boolean hasSwallowed() {
        return proxy.hasSwallowed();
    }

    void freeze(boolean on) {
        proxy.freeze(on);
    }

    private static MqttClient connect(int port) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "vendor", new MemoryPersistence());
        client.connect();
        return client;
    }

    @Override
    public void publish(String topic, byte[] payload, String contentType, String messageId) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(contentType);
        if (messageId != null) {
            properties.setUserProperties(List.of(new UserProperty("message-id", messageId)));
        }
        MqttMessage message = new MqttMessage(payload, 1, false, properties);
        // Paho counts a message as under way a moment longer than its publish() waits, and refuses the next one then.
        await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(10)).until(() -> {
            try {
                vendor.publish(topic, message);
                return true;
            } catch (MqttException e) {
                if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                    throw e;
                }
                return false;
            }
        });
    }

    @Override
    public List<String> rejections() {
        return rejections;
    }

    @Override
    public void cut() {
        proxy.cut();
    }

    @Override
    public void stop() throws Exception {
        vendor.disconnectForcibly(0, 500, true);
        vendor.close(true);
        proxy.close();
        broker.stop();
    }
}
