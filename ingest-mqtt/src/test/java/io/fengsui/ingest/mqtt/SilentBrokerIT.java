package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.schema.feed.Lane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A broker that takes connections and never says a word. */
class SilentBrokerIT {

    @Test
    void shouldLeaveNoThreadBehindWhenNoConnackComes() throws Exception {
        List<Socket> accepted = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(
                    () -> {
                        try {
                            while (true) {
                                accepted.add(silent.accept());
                            }
                        } catch (IOException e) {
                            // Closed.
                        }
                    },
                    "silent-broker");
            accepting.start();
            MqttSource source = new PahoMqttSource(
                    new Slot("life-safety", "silent", Lane.LIFE_SAFETY, List.of("fengsui/#")),
                    SettingsForTest.of(silent.getLocalPort())
                            .connectTimeout(Duration.ofSeconds(1))
                            .settings(),
                    () -> MqttSource.Gate.OPEN,
                    Clock.systemUTC(),
                    RandomGenerator.getDefault());
            source.start(InboundMessage::ack);

            await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() == 4);
            assertThat(flushers()).isLessThanOrEqualTo(2);
            source.close();
            await().untilAsserted(() -> assertThat(flushers()).isZero());
        }
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private static long flushers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ingest-life-safety-flush"))
                .count();
    }
}
