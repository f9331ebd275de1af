package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.schema.feed.Lane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoSourceIT extends RealBrokerContract {
    private static final Slot SLOT = new Slot("telemetry", "bridge-other", Lane.TELEMETRY, List.of("fengsui/#"));

    @TempDir
    private Path directory;

    private int port;

    @Override
    RealBroker startBroker() throws Exception {
        port = RealBroker.freePort();
        return new RealBroker(port, Mosquitto.start(directory, port)::stop);
    }

    @Test
    void shouldTakeMessagesOfBothProtocolVersions() throws Exception {
        Optional<Path> program = Mosquitto.find("mosquitto_pub");
        assumeTrue(program.isPresent(), "mosquitto_pub is not installed");
        List<InboundMessage> received = new CopyOnWriteArrayList<>();
        try (MqttSource source = source()) {
            source.start(message -> {
                received.add(message);
                message.ack();
            });
            await().until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
            for (String version : List.of("mqttv311", "mqttv5")) {
                List<String> command = List.of(
                        program.get().toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-q",
                        "1",
                        "-V",
                        version,
                        "-t",
                        "fengsui/v1/acme/dust-sensor/d-1",
                        "-m",
                        version);
                assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            }

            await().until(() -> received.size() == 2);
            assertThat(received)
                    .extracting(message -> new String(message.payload(), StandardCharsets.UTF_8))
                    .containsExactly("mqttv311", "mqttv5");
        }
    }

    @Test
    void shouldResumeWhenTheBrokerWasRestarted(@TempDir Path own) throws Exception {
        int ownPort = RealBroker.freePort();
        List<InboundMessage> received = new CopyOnWriteArrayList<>();
        Mosquitto first = Mosquitto.start(own, ownPort);
        try (MqttSource source = new PahoMqttSource(
                SLOT,
                SettingsForTest.of(ownPort).settings(),
                () -> MqttSource.Gate.OPEN,
                Clock.systemUTC(),
                RandomGenerator.getDefault())) {
            source.start(received::add);
            await().until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
            publish(ownPort, "1");
            await().until(() -> received.size() == 1);

            first.stop();
            await().until(() -> source.state().phase() == MqttSource.Phase.CONNECTING);
            Mosquitto second = Mosquitto.start(own, ownPort);
            try {
                await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 2);
                assertThat(received.get(1).redelivered()).isTrue();
                received.get(1).ack();
                publish(ownPort, "2");
                await().until(() -> received.size() == 3);
                received.get(2).ack();
            } finally {
                second.stop();
            }
        }
    }

    @Test
    void shouldTellWhenASubscriptionIsNotGranted(@TempDir Path own) throws Exception {
        int ownPort = RealBroker.freePort();
        Mosquitto strict = Mosquitto.start(own, ownPort, "max_qos 0");
        try (MqttSource source = new PahoMqttSource(
                SLOT,
                SettingsForTest.of(ownPort).settings(),
                () -> MqttSource.Gate.OPEN,
                Clock.systemUTC(),
                RandomGenerator.getDefault())) {
            source.start(InboundMessage::ack);

            await().until(() -> source.state().detail().contains("does not grant 'fengsui/#' at QoS 1"));
            assertThat(source.isFlowing()).isFalse();
        } finally {
            strict.stop();
        }
    }

    private static void publish(int to, String text) throws Exception {
        Optional<Path> program = Mosquitto.find("mosquitto_pub");
        assumeTrue(program.isPresent(), "mosquitto_pub is not installed");
        assertThat(new ProcessBuilder(
                                program.get().toString(),
                                "-p",
                                Integer.toString(to),
                                "-q",
                                "1",
                                "-t",
                                "fengsui/v1/acme/dust-sensor/d-1",
                                "-m",
                                text)
                        .start()
                        .waitFor())
                .isZero();
    }

    private MqttSource source() {
        return new PahoMqttSource(
                SLOT,
                SettingsForTest.of(port).settings(),
                () -> MqttSource.Gate.OPEN,
                Clock.systemUTC(),
                RandomGenerator.getDefault());
    }
}
