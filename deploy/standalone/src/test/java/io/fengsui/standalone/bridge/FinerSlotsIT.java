package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.process.MosquittoProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed has a slot of its own, and one vendor's part of it another; two bridges share them, and one is killed. */
@Tag("trial")
class FinerSlotsIT {
    private static final Duration SERVED_AGAIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "finer";
    private static final String VENDOR = "dust-two";
    private static final List<String> SLOTS =
            List.of("life-safety", "telemetry", "dust-sensor", "dust-sensor@" + VENDOR);

    @TempDir
    private Path directory;

    private BridgeStage stage;
    private ExternalApp first;
    private ExternalApp second;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(MosquittoProcess.isInstalled("mosquitto"), "mosquitto is not installed");
        assumeTrue(MosquittoProcess.isInstalled("mosquitto_pub"), "mosquitto_pub is not installed");
        stage = new BridgeStage(
                directory, Home.locate().seeds(), Home.locate().registry(), List.of("max_inflight_messages 100"));
        stage.start();
        try (Admin admin = Admin.create(stage.clients())) {
            new TopicAdmin(admin, SchemaRegistry.connect(stage.clients()), 1, SLOTS.size(), (short) 1)
                    .apply(List.of(Topics.SLOT), false);
        }
        first = bridge("first");
        second = bridge("second");
        first.start();
        await().atMost(PATIENCE).until(() -> BridgeHealth.details(first).contains("holds 4 of 4"));
    }

    private ExternalApp bridge(String name) {
        return stage.bridge(name, Map.of("ingest.bridge.id", ID, "ingest.slots", "dust-sensor,dust-sensor@" + VENDOR));
    }

    @AfterEach
    void stop() {
        for (ExternalApp bridge : new ExternalApp[] {first, second}) {
            if (bridge != null) {
                bridge.close();
            }
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void shouldPassSlotsOnAndTakeThemOverInOrderWithoutALoss() throws Exception {
        List<Device> dust = DeviceLoad.devices(stage, Feeds.DUST_SENSOR);
        try (DeviceLoad lifts = DeviceLoad.ofFirst(stage, Feeds.ELEVATOR_119);
                DeviceLoad ofVendor = new DeviceLoad(stage, Feeds.DUST_SENSOR, of(dust, true));
                DeviceLoad ofAnother = new DeviceLoad(stage, Feeds.DUST_SENSOR, of(dust, false))) {
            ofVendor.awaitSent(100);
            second.start();
            await().atMost(PATIENCE)
                    .until(() -> BridgeHealth.details(first).contains("holds 2 of 4")
                            && BridgeHealth.details(second).contains("holds 2 of 4"));
            ofVendor.awaitSent(ofVendor.sent() + 100);

            ExternalApp victim = BridgeHealth.holds(first, "dust-sensor@" + VENDOR) ? first : second;
            ExternalApp heir = victim == first ? second : first;
            long killed = System.nanoTime();
            victim.kill();
            for (String slot : SLOTS) {
                await().atMost(PATIENCE).until(() -> BridgeHealth.serves(heir, slot));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(SERVED_AGAIN);
            ofVendor.awaitSent(ofVendor.sent() + 200);
            for (DeviceLoad load : List.of(lifts, ofVendor, ofAnother)) {
                load.end();
            }

            check(lifts, ID + "-life-safety");
            check(ofVendor, ID + "-dust-sensor@" + VENDOR);
            check(ofAnother, ID + "-dust-sensor");
        }
    }

    private static Device of(List<Device> devices, boolean vendors) {
        return devices.stream()
                .filter(device -> device.getVendor().equals(VENDOR) == vendors)
                .findFirst()
                .orElseThrow();
    }

    /** Nothing lost, each for the first time in order, and in the end by the slot that is made for it. */
    private static void check(DeviceLoad load, String slot) {
        Set<String> ids = new LinkedHashSet<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            ids.clear();
            load.events().forEach(header -> ids.add(header.getEventId()));
            assertThat(ids).hasSize(load.sent());
        });
        assertThat(ids).containsExactlyElementsOf(load.sentIds());
        List<EventHeader> events = load.events();
        assertThat(events.subList(events.size() - 100, events.size()))
                .extracting(header -> header.getSource().getBridge())
                .containsOnly(slot);
    }
}
