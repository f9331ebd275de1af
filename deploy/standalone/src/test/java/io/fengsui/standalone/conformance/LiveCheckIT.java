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
import io.fengsui.standalone.conformance.report.HtmlReport;
import io.fengsui.standalone.conformance.report.TextReport;
import io.fengsui.standalone.process.MosquittoProcess;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.Programs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated vendors through the kit to Mosquitto. */
class LiveCheckIT {
    private static final Map<String, Device> DEVICES =
            Map.of("d-1", device("d-1", "dust-sensor", 1), "gw-1", device("gw-1", "gateway", null));

    @TempDir
    private Path directory;

    private MosquittoProcess mosquitto;
    private LiveCheck check;
    private MqttClient bridge;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Programs.require("mosquitto");
        port = Ports.free(1)[0];
        mosquitto = new MosquittoProcess(directory, port, List.of("max_topic_alias 0"));
        mosquitto.start();
        bridge = new MqttClient("tcp://" + Ports.HOST + ":" + port, "bridge", new MemoryPersistence());
        bridge.connect();
        bridge.subscribe("fengsui/#", 1);
    }

    private LiveCheck check(int cuts) {
        check = new LiveCheck(
                new Vendor("acme", "样例厂商", "Sample vendor"),
                Feeds.DUST_SENSOR,
                new Plan(cuts, true),
                new Reader(
                        new DeviceRegistry(id -> Optional.ofNullable(DEVICES.get(id)), new Keepers(Feeds.all())),
                        Decoders.standard()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                InstantSource.system());
        return check;
    }

    @AfterEach
    void stop() throws Exception {
        if (bridge != null) {
            bridge.disconnectForcibly(0, 500, true);
            bridge.close(true);
        }
        if (check != null) {
            check.close();
        }
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Test
    void shouldPassAVendorWhoKeepsTheRules() throws Exception {
        try (SimulatedVendor vendor = SimulatedVendor.good(check(1).address().getPort())) {
            Assessment outcome = check.run(Duration.ofSeconds(90), true, now -> {});

            assertThat(outcome.findings())
                    .allSatisfy(finding ->
                            assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.PASS));
            assertThat(outcome.passed()).isTrue();
            assertThat(vendor.published()).isPositive();
            assertThat(outcome.complete()).isTrue();
        }
    }

    @Test
    void shouldFailAVendorOnThePointsThatItBreaksAndOnNoOther() throws Exception {
        try (SimulatedVendor vendor = SimulatedVendor.bad(check(0).address().getPort())) {
            Assessment outcome = check.run(Duration.ofSeconds(12), false, now -> {});

            assertThat(outcome.findings())
                    .filteredOn(finding -> finding.status() == Status.FAIL)
                    .extracting(Finding::point)
                    .containsExactlyInAnyOrder(
                            Point.CLIENT_ID,
                            Point.KEEP_ALIVE,
                            Point.SESSION,
                            Point.LAST_WILL,
                            Point.TOPIC,
                            Point.DEVICE,
                            Point.DELIVERY,
                            Point.PAYLOAD,
                            Point.CLOCK,
                            Point.MESSAGE_ID,
                            Point.DUPLICATES,
                            Point.REJECTION);
            assertThat(outcome.passed()).isFalse();
            assertThat(vendor.published()).isPositive();
            assertThat(TextReport.of(outcome) + HtmlReport.of(outcome)).doesNotContain(SimulatedVendor.PASSWORD);
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
