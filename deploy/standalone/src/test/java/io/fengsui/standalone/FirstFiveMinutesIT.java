package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.DustSensor;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the README has a new user do. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class FirstFiveMinutesIT {
    private static final Topic<DustSensor> ZHANGPU = Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR);

    private final Standalone standalone;

    @TempDir
    private Path temporary;

    FirstFiveMinutesIT(Standalone standalone) {
        this.standalone = standalone;
    }

    /** The reader sees his own record, whatever else is in the topic. */
    @Test
    void shouldShowInTailWhatAVendorPublishes() throws Exception {
        Programs.require("mosquitto_pub");
        String device = device();
        publish(device, "an-older-one");
        awaitInTopic("an-older-one");
        Process tail = Programs.fengsui(
                        "tail",
                        ZHANGPU.name(),
                        "--containing",
                        "shown-in-tail",
                        "--from-beginning",
                        "--count",
                        "1",
                        "--bootstrap-servers",
                        standalone.ports().bootstrapServers(),
                        "--registry",
                        standalone.ports().registryUrl())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        Programs.Result published = publish(device, "shown-in-tail");

        assertThat(published.status()).as(published.output()).isZero();
        assertThat(tail.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(tail.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"key\":\"" + device + "\"", "shown-in-tail", "41.5");
    }

    @Test
    void shouldGiveKcatARecordWhoseSchemaIdResolves() throws Exception {
        Programs.require("mosquitto_pub");
        Programs.require("kcat");
        publish(device(), "for-kcat");
        awaitInTopic("for-kcat");

        byte[] value = new ProcessBuilder(
                        "kcat",
                        "-C",
                        "-q",
                        "-e",
                        "-c",
                        "1",
                        "-D",
                        "",
                        "-b",
                        standalone.ports().bootstrapServers(),
                        "-t",
                        ZHANGPU.name(),
                        "-o",
                        "beginning",
                        "-X",
                        "isolation.level=read_committed")
                .start()
                .getInputStream()
                .readAllBytes();

        assertThat(value[0]).isZero();
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        HttpResponse<String> schema = get(standalone.ports().registryUrl() + "/schemas/ids/" + id);
        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.body()).contains("DustSensor", "hopperTemperatureCelsius");
    }

    @Test
    void shouldServeConsoleMetricsAndHealth() throws Exception {
        String console = standalone.ports().consoleUrl();

        assertThat(get(console + "/").statusCode()).as("not logged in").isEqualTo(303);
        assertThat(get(console + "/api/alerts").statusCode()).isEqualTo(401);
        assertThat(get(console + "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(console + "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(console + "/metrics").body())
                .contains("fengsui_ingest_", "fengsui_streams_", "fengsui_alerting_")
                .contains("fengsui_standalone_mqtt_dropped_messages_total 0.0")
                .contains("fengsui_standalone_registry_running 1.0");
        assertThat(get(console + "/health/ready").body()).contains("schema-registry", "mqtt-broker");
        assertThat(standalone.check().ready()).isTrue();
        assertThat(standalone.check().details()).containsEntry("schema-registry.process", "runs");
    }

    @Test
    void shouldReportWhatTheFleetDidWhenItIsToldToEnd() throws Exception {
        Path output = temporary.resolve("fleet.txt");
        Process fleet = Programs.fengsui(
                        "fleet",
                        "demo",
                        "--broker",
                        standalone.ports().mqttUri(),
                        "--data",
                        standalone.directory().path().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output).contains("published"));

        fleet.destroy();

        assertThat(fleet.waitFor(45, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).contains("PUBACK by reason code").doesNotContain("no report");
    }

    @Test
    void shouldNamePortAndRemedyWhenAPortIsInUse() throws Exception {
        Ports ports = standalone.ports();
        Process second = Programs.fengsui(
                        "up",
                        "--no-fleet",
                        "--port-base",
                        Integer.toString(ports.kafka() - 1),
                        "--data",
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("port " + ports.kafka() + " (Kafka)", "--port-base")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldSayThatADataDirectoryIsInUse() throws Exception {
        Process second = Programs.fengsui(
                        "up",
                        "--no-fleet",
                        "--port-base",
                        "31000",
                        "--data",
                        standalone.directory().path().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output).contains("in use by another", "--data").doesNotContain("\tat ");
    }

    private void awaitInTopic(String messageId) {
        try (TopicReader<DustSensor> reader = new TopicReader<>(standalone, ZHANGPU)) {
            assertThat(reader.await(
                            Duration.ofSeconds(20),
                            e -> e.getHeader().getEventId().endsWith("/" + messageId)))
                    .isPresent();
        }
    }

    /** A dust sensor of the township. */
    private String device() {
        return standalone.seeds().devices().values().stream()
                .filter(d -> d.getFeed().equals(Feeds.DUST_SENSOR.id()))
                .filter(d -> standalone
                        .seeds()
                        .sites()
                        .get(d.getSiteId())
                        .getUnitIds()
                        .contains("zhangpu"))
                .findFirst()
                .orElseThrow()
                .getDeviceId();
    }

    private Programs.Result publish(String device, String messageId) throws IOException, InterruptedException {
        String vendor = standalone.seeds().devices().get(device).getVendor();
        return Programs.publish(
                standalone.ports().mqtt(),
                vendor,
                standalone.users().password(vendor).orElseThrow(),
                "fengsui/v1/" + vendor + "/dust-sensor/" + device,
                "-m",
                "{\"messageId\":\"" + messageId + "\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"collector\":\"DRY\",\"fanRunning\":true,\"hopperTemperatureCelsius\":41.5}");
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
