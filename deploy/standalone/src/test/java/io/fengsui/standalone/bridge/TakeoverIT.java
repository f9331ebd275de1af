package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.process.MosquittoProcess;
import io.fengsui.standalone.testkit.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bridges share the slots on Mosquitto and Kafka; one is killed or hangs, and the other takes over. */
@Tag("trial")
class TakeoverIT {
    private static final Duration SERVED_AGAIN = Duration.ofSeconds(10);
    private static final String ID = "takeover";

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
        first = stage.bridge("first", Map.of("ingest.bridge.id", ID));
        second = stage.bridge("second", Map.of("ingest.bridge.id", ID));
        first.start();
        await().atMost(SERVED_AGAIN).until(() -> BridgeHealth.details(first).contains("holds 2 of 2"));
        second.start();
        await().atMost(SERVED_AGAIN)
                .until(() -> BridgeHealth.details(first).contains("holds 1 of 2")
                        && BridgeHealth.details(second).contains("holds 1 of 2"));
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
    void shouldServeTheSlotsOfABridgeThatIsKilled() throws Exception {
        ExternalApp victim = BridgeHealth.holds(first, "life-safety") ? first : second;
        ExternalApp heir = victim == first ? second : first;
        try (DeviceLoad lifts = DeviceLoad.ofFirst(stage, Feeds.ELEVATOR_119);
                DeviceLoad dust = DeviceLoad.ofFirst(stage, Feeds.DUST_SENSOR)) {
            lifts.awaitSent(100);
            Instant killed = Instant.now();
            victim.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> BridgeHealth.serves(heir, "life-safety"));

            assertThat(Duration.between(killed, Instant.now())).isLessThan(SERVED_AGAIN);
            assertThat(BridgeHealth.details(heir)).contains("session resumed");
            lifts.awaitSent(lifts.sent() + 100);
            lifts.end();
            dust.end();
            check(lifts, ID + "-life-safety");
            check(dust, ID + "-telemetry");
        }
    }

    @Test
    void shouldNotBeDisturbedByABridgeThatHungAndWakes() throws Exception {
        ExternalApp victim = BridgeHealth.holds(first, "life-safety") ? first : second;
        ExternalApp heir = victim == first ? second : first;
        try (DeviceLoad lifts = DeviceLoad.ofFirst(stage, Feeds.ELEVATOR_119);
                DeviceLoad dust = DeviceLoad.ofFirst(stage, Feeds.DUST_SENSOR)) {
            lifts.awaitSent(100);
            Instant hung = Instant.now();
            signal(victim, "-STOP");
            await().atMost(Duration.ofSeconds(30)).until(() -> BridgeHealth.serves(heir, "life-safety"));
            assertThat(Duration.between(hung, Instant.now())).isLessThan(SERVED_AGAIN);
            lifts.awaitSent(lifts.sent() + 50);

            signal(victim, "-CONT");
            // Back in the group, it is given a slot in order.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> BridgeHealth.details(victim).contains("holds 1 of 2"));
            lifts.awaitSent(lifts.sent() + 100);
            lifts.end();
            dust.end();

            check(lifts, ID + "-life-safety");
            check(dust, ID + "-telemetry");
            assertThat(BridgeHealth.get(heir.readiness().resolve("/metrics")))
                    .as("no connection of the successor was taken")
                    .contains(
                            "fengsui_ingest_connections_lost_connections_total{lane=\"life-safety\",slot=\"life-safety\"} 0.0")
                    .contains(
                            "fengsui_ingest_connections_lost_connections_total{lane=\"telemetry\",slot=\"telemetry\"} 0.0");
        }
    }

    private static void signal(ExternalApp app, String signal) throws Exception {
        long pid = app.program().orElseThrow().pid();
        assertThat(Programs.run("kill", signal, Long.toString(pid)).status()).isZero();
    }

    /** Nothing lost, in order, by the slot's own session; what came again says so. */
    private static void check(DeviceLoad load, String bridge) {
        List<EventHeader> read = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            read.clear();
            ids.clear();
            read.addAll(load.events());
            read.forEach(header -> ids.add(header.getEventId()));
            assertThat(ids).hasSize(load.sent());
        });
        assertThat(ids).containsExactlyElementsOf(load.sentIds());
        assertThat(read).extracting(header -> header.getSource().getBridge()).containsOnly(bridge);
        Set<String> before = new LinkedHashSet<>();
        assertThat(read).allSatisfy(header -> {
            if (!before.add(header.getEventId())) {
                assertThat(header.getSource().getRedelivered()).isTrue();
            }
        });
    }
}
