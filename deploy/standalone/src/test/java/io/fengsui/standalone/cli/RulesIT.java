package io.fengsui.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An alert is explained, and other rules are tried on what was, by the commands that people use. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class RulesIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String VENDOR = "dust-one";
    private static final String DEVICE = "dc-006-1";
    private static final String NEIGHBOUR = "dc-006-2";
    private static final String ALERT = "dust-hopper-temperature@" + DEVICE;

    /** Counts across devices, which may be in different partitions. */
    private static final String SEVERAL = """

              - id: dust-several
                title: {zh: 多处灰斗升温, en: Several hoppers get warm}
                across: unit
                severity: II
                when: event.hopperTemperatureCelsius >= 64.0
                clear: manual
                times: 2
                within: 30 min
                explanation: {zh: "{group}有 {devices} 台", en: "{devices} in {group}"}
                runbook: {zh: 核实, en: Verify}
            """;

    private final Standalone standalone;
    private final CommandRun command;

    @TempDir
    private Path directory;

    RulesIT(Standalone standalone) {
        this.standalone = standalone;
        this.command = new CommandRun(standalone);
    }

    @Test
    void shouldExplainAnAlertAndSayWhatOtherRulesWouldHaveRaised() throws Exception {
        publish(NEIGHBOUR, "WET", "hot-2", 65);
        publish(DEVICE, "DRY", "hot-1", 65);
        try (TopicReader<Alert> alerts = new TopicReader<>(standalone, Topics.alertState(Realm.LIVE))) {
            assertThat(alerts.await(SOON, alert -> ALERT.equals(alert.getAlertId())))
                    .isPresent();
        }

        assertThat(command.run("rules", "explain", ALERT)).as(command.all()).isZero();
        assertThat(command.out())
                .contains("III (yellow)", "firing since", "in force", VENDOR + "/" + DEVICE + "/hot-1")
                .containsPattern("Values .*65 °C")
                .contains("(hopperWarnCelsius): 60 °C")
                .contains("when event.hopperTemperatureCelsius < param.hopperWarnCelsius (60 °C)");
        assertThat(command.run("rules", "explain", ALERT, "--lang", "zh")).isZero();
        assertThat(command.out()).contains("III 较大（黄）", "灰斗温度预警值", "何时结束");
        assertThat(command.run("rules", "explain", "dust-hopper-temperature@nobody"))
                .isEqualTo(1);
        assertThat(command.all())
                .contains("No alert dust-hopper-temperature@nobody")
                .doesNotContain("\tat ");

        Path shipped = Home.locate().seeds().resolve("rules").resolve("dust-sensor.yaml");
        assertThat(command.run("rules", "try", "--last", "10m", "--rules", shipped.toString()))
                .as(command.all())
                .isZero();
        assertThat(command.out()).contains("nothing to try");

        Path milder = directory.resolve("dust-sensor.yaml");
        Files.writeString(
                milder,
                Files.readString(shipped)
                                .replace(
                                        "event.hopperTemperatureCelsius >=", "event.hopperTemperatureCelsius - 20.0 >=")
                        + SEVERAL);
        assertThat(command.run("rules", "try", "--last", "10m", "--rules", milder.toString()))
                .as(command.all())
                .isZero();
        assertThat(command.out())
                .containsPattern("only in force: .*" + ALERT)
                .containsPattern("only tried: .*dust-several@");
        assertThat(command.all()).contains("feed.dust-sensor: ");
    }

    private void publish(String device, String collector, String messageId, double celsius) throws MqttException {
        MqttClient client = new MqttClient(standalone.ports().mqttUri(), VENDOR + "-rules", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(VENDOR);
        options.setPassword(standalone.users().password(VENDOR).orElseThrow().getBytes(UTF_8));
        client.connect(options);
        String payload = "{\"messageId\":\"" + messageId + "\",\"time\":"
                + Instant.now().toEpochMilli()
                + ",\"collector\":\"" + collector + "\",\"fanRunning\":true,\"hopperTemperatureCelsius\":" + celsius
                + "}";
        client.publish("fengsui/v1/" + VENDOR + "/dust-sensor/" + device, payload.getBytes(UTF_8), 1, false);
        client.disconnect();
        client.close();
    }
}
