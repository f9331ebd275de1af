package io.fengsui.standalone.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.DeviceRegistry;
import io.fengsui.ingest.Keepers;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.judge.Finding;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.judge.Point;
import io.fengsui.standalone.conformance.observe.Journal.Plan;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.mqtt.EmbeddedBroker;
import io.fengsui.standalone.mqtt.MqttUsers;
import io.fengsui.standalone.process.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated vendors through the kit to the broker of 'fengsui up', with its users and its access control. */
class LiveCheckOnHiveMqIT {
    private static final Map<String, Device> DEVICES =
            Map.of("d-1", device("d-1", "dust-sensor", 1), "gw-1", device("gw-1", "gateway", null));

    @TempDir
    private Path directory;

    private final int port = Ports.free(1)[0];
    private MqttUsers users;
    private EmbeddedBroker broker;
    private MqttClient bridge;

    @BeforeEach
    void start() throws Exception {
        users = MqttUsers.prepare(directory.resolve("mqtt.properties"), List.of("acme"));
        broker = new EmbeddedBroker(directory.resolve("mqtt"), port, users);
        broker.start();
        broker.admitVendors();
        bridge =
                new MqttClient("tcp://" + Ports.HOST + ":" + port, "fengsui-bridge-telemetry", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(MqttUsers.BRIDGE);
        options.setPassword(password(MqttUsers.BRIDGE).getBytes(StandardCharsets.UTF_8));
        bridge.connect(options);
        bridge.subscribe("fengsui/#", 1);
    }

    private String password(String user) {
        return users.password(user).orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        if (bridge != null) {
            bridge.disconnectForcibly(0, 500, true);
            bridge.close(true);
        }
        if (broker != null) {
            broker.close();
        }
    }

    private LiveCheck check(int cuts) {
        return new LiveCheck(
                new Vendor("acme", "样例厂商", "Sample vendor"),
                Feeds.DUST_SENSOR,
                new Plan(cuts, true),
                new Reader(
                        new DeviceRegistry(id -> Optional.ofNullable(DEVICES.get(id)), new Keepers(Feeds.all())),
                        Decoders.standard()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                InstantSource.system());
    }

    @Test
    void shouldPassAVendorWhoKeepsTheRules() throws Exception {
        try (LiveCheck check = check(1);
                SimulatedVendor vendor = SimulatedVendor.good(check.address().getPort(), password("acme"))) {
            Assessment outcome = check.run(Duration.ofSeconds(90), true, now -> {});

            assertThat(outcome.findings())
                    .allSatisfy(finding ->
                            assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.PASS));
            assertThat(vendor.published()).isPositive();
            assertThat(outcome.complete()).isTrue();
        }
    }

    @Test
    void shouldFailAVendorWhoBreaksThem() throws Exception {
        try (LiveCheck check = check(0);
                SimulatedVendor vendor = SimulatedVendor.bad(check.address().getPort(), password("acme"))) {
            Assessment outcome = check.run(Duration.ofSeconds(12), false, now -> {});

            assertThat(outcome.findings())
                    .filteredOn(finding -> finding.status() == Status.FAIL)
                    .extracting(Finding::point)
                    .contains(
                            Point.CLIENT_ID,
                            Point.KEEP_ALIVE,
                            Point.SESSION,
                            Point.LAST_WILL,
                            Point.TOPIC,
                            Point.PAYLOAD,
                            Point.CLOCK,
                            Point.MESSAGE_ID);
            assertThat(outcome.passed()).isFalse();
            assertThat(vendor.published()).isPositive();
        }
    }

    private static Device device(String id, String feed, Integer heartbeatSeconds) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor("acme")
                .setFeed(feed)
                .setType("other")
                .setName(id)
                .setHeartbeatSeconds(heartbeatSeconds)
                .build();
    }
}
