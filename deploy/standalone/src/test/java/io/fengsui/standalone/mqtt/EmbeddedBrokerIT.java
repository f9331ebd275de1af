package io.fengsui.standalone.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.standalone.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedBrokerIT {
    private static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int SERVER_UNAVAILABLE = 0x88;

    private final int port = Ports.free(1)[0];
    private MqttUsers users;
    private EmbeddedBroker broker;

    @BeforeAll
    void start(@TempDir Path directory) throws InterruptedException {
        users = MqttUsers.prepare(directory.resolve("secrets/mqtt.properties"), List.of("acme", "other"));
        broker = new EmbeddedBroker(directory.resolve("mqtt"), port, users);
        broker.start();
        assertThatThrownBy(() -> connect("acme"))
                .isInstanceOfSatisfying(
                        MqttException.class, e -> assertThat(e.getReasonCode()).isEqualTo(SERVER_UNAVAILABLE));
        broker.admitVendors();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void shouldRefuseWhenTheClientIsAnonymousOrThePasswordWrong() {
        assertThatThrownBy(() -> connect(null, null)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect("acme", "wrong")).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect("stranger", "")).isInstanceOf(MqttException.class);
    }

    @Test
    void shouldRefuseAVendorTheClientIdsOfTheBridgeAndOfOthers() throws MqttException {
        for (String stolen : List.of("fengsui-bridge-life-safety", "fengsui-bridge", "other-gateway", "other")) {
            assertThatThrownBy(() -> connectAs("acme", stolen))
                    .as(stolen)
                    .isInstanceOfSatisfying(MqttException.class, e -> assertThat(e.getReasonCode())
                            .isEqualTo(CLIENT_IDENTIFIER_NOT_VALID));
        }
        connectAs("acme", "acme-gateway").disconnect().waitForCompletion(10_000);
        connectAs("acme", "mosq-4bGZ0ZV").disconnect().waitForCompletion(10_000);
    }

    @Test
    void shouldLeaveTheBridgesSessionAloneWhenAVendorAsksForIt() throws Exception {
        MqttAsyncClient bridge = connectAs(MqttUsers.BRIDGE, "fengsui-bridge-telemetry");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        bridge.setCallback(new Hearing(heard));
        subscribe(bridge, "fengsui/v1/+/gateway/+");

        assertThatThrownBy(() -> connectAs("acme", "fengsui-bridge-telemetry")).isInstanceOf(MqttException.class);
        publish(connect("acme"), "fengsui/v1/acme/gateway/g-1", 1, false);

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("fengsui/v1/acme/gateway/g-1");
        bridge.disconnect().waitForCompletion(10_000);
    }

    @Test
    void shouldLetAVendorPublishBelowItsOwnLevelOnly() throws MqttException {
        MqttAsyncClient acme = connect("acme");

        assertThat(publish(acme, "fengsui/v1/acme/dust-sensor/d-1", 1, false)).isLessThan(0x80);
        assertThat(publish(acme, "fengsui/v1/other/dust-sensor/d-1", 1, false)).isEqualTo(NOT_AUTHORIZED);
        assertThat(publish(connect("acme"), "fengsui/v1/acme/rejected/d-1", 1, false))
                .isEqualTo(NOT_AUTHORIZED);
        assertThat(publish(connect("acme"), "elsewhere", 1, false)).isEqualTo(NOT_AUTHORIZED);
        assertThat(publish(connect("acme"), "fengsui/v1/acme/dust-sensor/d-1", 1, true))
                .isEqualTo(NOT_AUTHORIZED);
    }

    @Test
    void shouldTellAVendorOfItsOwnRejectionsOnly() throws Exception {
        MqttAsyncClient bridge = connect(MqttUsers.BRIDGE);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        MqttAsyncClient acme = connect("acme");
        acme.setCallback(new Hearing(heard));

        assertThat(subscribe(acme, "fengsui/v1/acme/rejected/#")).isLessThan(0x80);
        assertThat(subscribe(connect("acme"), "fengsui/v1/other/rejected/#")).isEqualTo(NOT_AUTHORIZED);
        assertThat(subscribe(connect("acme"), "fengsui/#")).isEqualTo(NOT_AUTHORIZED);
        assertThat(publish(bridge, "fengsui/v1/acme/rejected/d-1", 1, false)).isLessThan(0x80);

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("fengsui/v1/acme/rejected/d-1");
    }

    @Test
    void shouldLetTheBridgeHearEverythingAndWriteRejectionsOnly() throws Exception {
        MqttAsyncClient bridge = connect(MqttUsers.BRIDGE);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        bridge.setCallback(new Hearing(heard));

        assertThat(subscribe(bridge, "fengsui/v1/+/video-status/+")).isLessThan(0x80);
        publish(connect("other"), "fengsui/v1/other/video-status/v-1", 1, false);

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("fengsui/v1/other/video-status/v-1");
        assertThat(publish(bridge, "fengsui/v1/other/video-status/v-1", 1, false))
                .isEqualTo(NOT_AUTHORIZED);
    }

    @Test
    void shouldKeepQueuedMessagesOverARestart() throws Exception {
        MqttConnectionOptions persistent =
                options(MqttUsers.BRIDGE, users.password(MqttUsers.BRIDGE).orElseThrow());
        persistent.setCleanStart(false);
        persistent.setSessionExpiryInterval(3_600L);
        MqttAsyncClient bridge = client("fengsui-bridge-keeper");
        bridge.connect(persistent).waitForCompletion(10_000);
        subscribe(bridge, "fengsui/v1/acme/elevator-119/+");
        bridge.disconnect().waitForCompletion(10_000);
        publish(connect("acme"), "fengsui/v1/acme/elevator-119/kept", 1, false);

        broker.close();
        broker.start();

        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        MqttAsyncClient again = client("fengsui-bridge-keeper");
        again.setCallback(new Hearing(heard));
        again.connect(persistent).waitForCompletion(10_000);
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("fengsui/v1/acme/elevator-119/kept");
        again.disconnect().waitForCompletion(10_000);
    }

    private MqttAsyncClient connect(String user) throws MqttException {
        return connectAs(user, user + "-" + UUID.randomUUID());
    }

    private MqttAsyncClient connectAs(String user, String clientId) throws MqttException {
        return connect(user, users.password(user).orElseThrow(), clientId);
    }

    private MqttAsyncClient connect(String user, String password) throws MqttException {
        return connect(user, password, UUID.randomUUID().toString());
    }

    private MqttAsyncClient connect(String user, String password, String clientId) throws MqttException {
        MqttAsyncClient client = client(clientId);
        client.connect(options(user, password)).waitForCompletion(10_000);
        return client;
    }

    private MqttAsyncClient client(String id) throws MqttException {
        return new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
    }

    private static MqttConnectionOptions options(String user, String password) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(password == null ? null : password.getBytes(StandardCharsets.UTF_8));
        return options;
    }

    /** Reason code of the PUBACK, or of the disconnection. */
    private static int publish(MqttAsyncClient client, String topic, int qos, boolean retained) throws MqttException {
        try {
            IMqttToken token = client.publish(topic, new byte[] {'x'}, qos, retained);
            token.waitForCompletion(10_000);
            return worst(token);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
    }

    private static int subscribe(MqttAsyncClient client, String filter) throws MqttException {
        try {
            IMqttToken token = client.subscribe(filter, 1);
            token.waitForCompletion(10_000);
            return worst(token);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
    }

    private static int worst(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? MqttReturnCode.RETURN_CODE_SUCCESS : codes[0];
    }

    private record Hearing(BlockingQueue<String> topics) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            topics.add(topic);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
