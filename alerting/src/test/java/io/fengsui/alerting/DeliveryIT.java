package io.fengsui.alerting;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alerting.notify.cap.CapCheck;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.platform.Settings;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** From a signal to receivers outside, on a real broker, with restarts between. */
@Timeout(120)
class DeliveryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestKafka kafka;
    private int webhook;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = new TestKafka(directory.resolve("kafka"));
        Unit unit = Unit.newBuilder()
                .setUnitId("zhangpu")
                .setKind(UnitKind.TOWNSHIP)
                .setNameZh("张浦镇")
                .setNameEn("Zhangpu")
                .build();
        kafka.create(Topics.all(List.of(unit), List.of()));
        kafka.send(Topics.REF_UNIT, "zhangpu", unit);
        webhook = TestKafka.freePort();
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        kafka.close();
    }

    @Test
    void shouldDeliverOverRestartsWhatAReceiverThatWasDownDidNotGet() throws Exception {
        Instant now = Instant.now();
        try (AlertingApp app = app()) {
            app.start();
            kafka.send(Topics.alertSignal(Realm.LIVE), DUST, raise(now).build());
            await().atMost(SOON).untilAsserted(() -> assertThat(delivery(app, "webhook-0", "RETRY"))
                    .isEqualTo(1));
            await().atMost(SOON).untilAsserted(() -> assertThat(delivery(app, "cap-0", "DELIVERED"))
                    .isEqualTo(1));
        }

        listen();
        String first;
        try (AlertingApp app = app()) {
            app.start();
            JsonNode alert = received.poll(30, TimeUnit.SECONDS);
            assertThat(alert).as("what waited before the restart").isNotNull();
            assertThat(alert.get("id").asText()).isEqualTo(DUST + "#1");
            await().atMost(SOON).untilAsserted(() -> assertThat(delivery(app, "webhook-0", "DELIVERED"))
                    .isEqualTo(1));
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    raise(now.plusSeconds(1)).setSeverity(Severity.II).build());
            assertThat(received.poll(30, TimeUnit.SECONDS).get("severity").asText())
                    .isEqualTo("II");
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 2);
            first = get(app, messages(app, "/cap").get(1)).body();
            assertThat(page(app)).contains("已送达", "Webhook 接收方 1", "CAP 订阅");
        }

        try (AlertingApp app = app()) {
            app.start();
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 2);
            assertThat(get(app, messages(app, "/cap").get(1)).body()).isEqualTo(first);
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    clear(now.plusSeconds(2)).build());
            assertThat(received.poll(30, TimeUnit.SECONDS).get("state").asText())
                    .as("and nothing twice before it")
                    .isEqualTo("RESOLVED");
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 3);
            List<String> chain = messages(app, "/cap/unit/zhangpu");
            CapCheck check = new CapCheck();
            List<Element> documents = new ArrayList<>();
            for (String message : chain) {
                documents.add(check.validated(get(app, message).body().getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(CapCheck.text(documents.get(0), "references"))
                    .contains(
                            CapCheck.text(documents.get(1), "identifier"),
                            CapCheck.text(documents.get(2), "identifier"));
        }
    }

    @Test
    void shouldEndAnOccurrenceToAReceiverThatWasDownWhenTheNextBegan() throws Exception {
        listen();
        Instant now = Instant.now();
        try (AlertingApp app = app()) {
            app.start();
            kafka.send(Topics.alertSignal(Realm.LIVE), DUST, raise(now).build());
            assertThat(received.poll(30, TimeUnit.SECONDS).get("revision").asInt())
                    .isEqualTo(1);
            await().atMost(SOON).untilAsserted(() -> assertThat(delivery(app, "webhook-0", "DELIVERED"))
                    .isEqualTo(1));
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 1);
        }

        servers.get(0).stop(0);
        try (AlertingApp app = app()) {
            app.start();
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    clear(now.plusSeconds(1)).build());
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    raise(now.plusSeconds(2)).setEventId("suke/DC-0001/3").build());
            await().atMost(SOON).untilAsserted(() -> assertThat(delivery(app, "webhook-0", "RETRY"))
                    .isEqualTo(1));
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 3);
            listen();

            JsonNode end = received.poll(60, TimeUnit.SECONDS);
            assertThat(end.get("revision").asInt()).isEqualTo(2);
            assertThat(end.get("occurrence").asInt()).isEqualTo(1);
            assertThat(end.get("open").asBoolean()).isFalse();
            JsonNode again = received.poll(60, TimeUnit.SECONDS);
            assertThat(again.get("revision").asInt()).isEqualTo(3);
            assertThat(again.get("open").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldTellNobodyOfAnExerciseButItsOwnFeed() throws Exception {
        listen();
        Instant now = Instant.now();
        try (AlertingApp app = app()) {
            app.start();
            kafka.send(
                    Topics.alertSignal(Realm.DRILL),
                    DUST,
                    raise(now)
                            .setStatus(EventStatus.EXERCISE)
                            .setExercise("秋季演练")
                            .build());
            await().atMost(SOON).until(() -> messages(app, "/cap/exercise").size() == 1);

            String message = get(app, messages(app, "/cap/exercise").get(0)).body();
            assertThat(message).contains("<status>Exercise</status>", "<note>秋季演练</note>");
            kafka.send(Topics.alertSignal(Realm.LIVE), DUST, raise(now).build());
            assertThat(received.poll(30, TimeUnit.SECONDS).get("status").asText())
                    .as("the first that the receiver hears is real")
                    .isEqualTo("ACTUAL");
            await().atMost(SOON).until(() -> messages(app, "/cap").size() == 1);
            assertThat(get(app, messages(app, "/cap").get(0)).body()).contains("<status>Actual</status>");
            assertThat(messages(app, "/cap/exercise")).hasSize(1);
        }
    }

    /** How many deliveries of the alert to a receiver have that outcome, by the API. */
    private long delivery(AlertingApp app, String receiver, String outcome) throws Exception {
        JsonNode alerts = JSON.readTree(get(app, "/api/alerts?state=all").body());
        long found = 0;
        for (JsonNode alert : alerts) {
            for (JsonNode delivery : alert.get("deliveries")) {
                boolean same = delivery.get("receiver").asText().equals(receiver)
                        && delivery.get("outcome").asText().equals(outcome);
                found += same ? 1 : 0;
            }
        }
        return found;
    }

    private String page(AlertingApp app) throws Exception {
        return get(app, "/alerts/live/" + DUST.replace("@", "%40")).body();
    }

    /** Paths of a feed's messages, the newest first; none while it is not ready. */
    private List<String> messages(AlertingApp app, String feed) throws Exception {
        HttpResponse<String> reply = get(app, feed);
        if (reply.statusCode() != 200) {
            return List.of();
        }
        Element atom = CapCheck.parsed(reply.body().getBytes(StandardCharsets.UTF_8));
        return CapCheck.children(atom, "entry").stream()
                .map(entry -> CapCheck.children(entry, "link").get(0).getAttribute("href"))
                .map(address -> URI.create(address).getPath())
                .toList();
    }

    private HttpResponse<String> get(AlertingApp app, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), webhook), 0);
        server.createContext("/", exchange -> {
            received.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
    }

    private AlertingApp app() {
        AlertingConfig config = AlertingConfig.of(Settings.empty()
                .with("bootstrap.servers", kafka.bootstrapServers)
                .with("alerting.state.dir", directory.resolve("state").toString())
                .with("alerting.http.port", "0")
                .with("alerting.session.timeout.ms", "3000")
                .with("alerting.console.users", "none")
                .with("alerting.webhook.urls", "http://127.0.0.1:" + webhook + "/")
                .with("alerting.webhook.secrets", SECRET));
        return new AlertingApp(
                config,
                kafka.registry,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Clock.systemUTC(),
                Map.of());
    }
}
