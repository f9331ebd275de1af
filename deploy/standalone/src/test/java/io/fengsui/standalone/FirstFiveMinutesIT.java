package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the README has a new user do. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class FirstFiveMinutesIT {
    private static final Topic<DustSensor> ZHANGPU = Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR);

    private final Standalone standalone;

    FirstFiveMinutesIT(Standalone standalone) {
        this.standalone = standalone;
    }

    @Test
    void shouldShowInTailWhatAVendorPublishes() throws Exception {
        Programs.require("mosquitto_pub");
        String device = device();
        Process tail = Programs.fengsui(
                        "tail",
                        ZHANGPU.name(),
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
        try (TopicReader<DustSensor> reader = new TopicReader<>(standalone, ZHANGPU)) {
            assertThat(reader.await(
                            Duration.ofSeconds(20),
                            e -> e.getHeader().getEventId().endsWith("/for-kcat")))
                    .isPresent();
        }

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

        assertThat(get(console + "/").statusCode()).isEqualTo(200);
        assertThat(get(console + "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(console + "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(console + "/metrics").body())
                .contains("fengsui_ingest_", "fengsui_streams_", "fengsui_alerting_");
    }

    @Test
    void shouldNamePortAndRemedyWhenAPortIsInUse() throws Exception {
        Ports ports = standalone.ports();
        Process second = Programs.fengsui(
                        "up", "--no-fleet", "--port-base", Integer.toString(ports.kafka() - 1), "--data", temporary())
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

    private static String temporary() throws IOException {
        return Files.createTempDirectory("fengsui-second-").toString();
    }

    private String device() {
        return standalone.seeds().devices().values().stream()
                .filter(d -> "dust-007".equals(d.getSiteId()) && d.getFeed().equals(Feeds.DUST_SENSOR.id()))
                .findFirst()
                .orElseThrow()
                .getDeviceId();
    }

    private Programs.Result publish(String device, String messageId) throws IOException, InterruptedException {
        String vendor = standalone.seeds().devices().get(device).getVendor();
        return Programs.run(
                "mosquitto_pub",
                "-h",
                Ports.HOST,
                "-p",
                Integer.toString(standalone.ports().mqtt()),
                "-q",
                "1",
                "-u",
                vendor,
                "-P",
                standalone.users().password(vendor).orElseThrow(),
                "-t",
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
