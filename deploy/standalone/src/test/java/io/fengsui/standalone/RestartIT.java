package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 'fengsui up' as people run it: killed, started again, stopped. */
class RestartIT {
    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private Process up;

    @AfterEach
    void stop() {
        if (up != null) {
            up.destroyForcibly();
        }
    }

    @Test
    void shouldGoOnWithWhatWasThereWhenKilledAndStopCleanlyWhenTold() throws Exception {
        Programs.require("mosquitto_pub");
        Ports ports = consecutive();
        start(ports);
        publish(ports, "before-the-crash");
        assertThat(tail(ports, 1)).contains("before-the-crash");

        up.destroyForcibly().waitFor();
        start(ports);
        publish(ports, "after-the-crash");

        assertThat(tail(ports, 2)).containsOnlyOnce("before-the-crash").containsOnlyOnce("after-the-crash");
        up.destroy();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10)).until(() -> free(ports));
    }

    @Test
    void shouldEndWithoutAFailureWhenToldToDuringTheStart() throws Exception {
        launch(consecutive());
        await().atMost(START).until(() -> Files.readString(output()).contains("MQTT broker"));

        up.destroy();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output()))
                .contains("Stopping")
                .doesNotContain("failed", "Exception", "\tat ", "Ready");
    }

    private Path output() {
        return directory.resolve("output");
    }

    private void start(Ports ports) throws IOException {
        launch(ports);
        await().atMost(START).until(() -> {
            assertThat(up.isAlive()).as(Files.readString(output())).isTrue();
            return Files.readString(output()).contains("Ready");
        });
    }

    private void launch(Ports ports) throws IOException {
        up = Programs.fengsui(
                        "up",
                        "--no-fleet",
                        "--port-base",
                        Integer.toString(ports.mqtt()),
                        "--data",
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private static boolean free(Ports ports) {
        try {
            ports.requireFree();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Five free ports in a row. */
    private static Ports consecutive() {
        for (int base = 23_000; base < 60_000; base += 10) {
            if (free(Ports.from(base))) {
                return Ports.from(base);
            }
        }
        throw new IllegalStateException("no five free ports in a row");
    }

    private void publish(Ports ports, String messageId) throws Exception {
        String password = Files.readAllLines(DataDirectory.mqttUsers(directory.resolve("data"))).stream()
                .filter(line -> line.startsWith("dust-two="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        Programs.Result result = Programs.publish(
                ports.mqtt(),
                "dust-two",
                password,
                "fengsui/v1/dust-two/dust-sensor/dc-001-1",
                "-m",
                "{\"messageId\":\"" + messageId + "\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"collector\":\"DRY\"}");
        assertThat(result.status()).as(result.output()).isZero();
    }

    private static String tail(Ports ports, int count) throws Exception {
        Process tail = Programs.fengsui(
                        "tail",
                        "city.work-safety.dust-sensor",
                        "--from-beginning",
                        "--count",
                        Integer.toString(count),
                        "--bootstrap-servers",
                        ports.bootstrapServers(),
                        "--registry",
                        ports.registryUrl())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(tail.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new String(tail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
