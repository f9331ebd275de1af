package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.SmallScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bridge against another maker's broker. */
@Tag("whole-machine")
class MosquittoIT {

    @TempDir
    private Path directory;

    @Test
    void shouldBalanceWithMosquittoAsTheBroker() throws Exception {
        Programs.require("mosquitto");
        int port = Ports.free(1)[0];
        Process mosquitto = start(port);
        String uri = "tcp://" + Ports.HOST + ":" + port;
        try (Standalone standalone = SharedStandalone.create(
                directory.resolve("data"), Home.locate().seeds(), Set.of(), Map.of("ingest.mqtt.uri", uri))) {
            standalone.start();
            Drill drill = new Drill(standalone, URI.create(uri), InstantSource.system(), line -> {});

            FleetReport sent = drill.publish(SmallScenario.of(4_000, 2));
            LedgerReport ledger = drill.account(List.of(sent), Duration.ofSeconds(60));

            assertThat(ledger.balances()).as(ledger.text()).isTrue();
        } finally {
            mosquitto.destroy();
            mosquitto.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start(int port) throws IOException {
        Path configuration = directory.resolve("mosquitto.conf");
        Path storage = Files.createDirectories(directory.resolve("mosquitto"));
        Files.writeString(configuration, """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                max_queued_messages 100000
                max_topic_alias 0
                """.formatted(port, storage));
        Process process = new ProcessBuilder(program(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10)).until(() -> accepts(port));
        return process;
    }

    private static String program() {
        Path system = Path.of("/usr/sbin/mosquitto");
        return Files.isExecutable(system) ? system.toString() : "mosquitto";
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
