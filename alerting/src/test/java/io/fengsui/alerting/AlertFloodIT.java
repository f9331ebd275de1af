package io.fengsui.alerting;

import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.platform.Settings;
import io.fengsui.reference.IncidentRules;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thousands of signals at once, on a real broker: nothing is lost, few incidents show them, and what is urgent does not wait. */
@Timeout(900)
class AlertFloodIT {
    private static final Logger logger = LoggerFactory.getLogger(AlertFloodIT.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SITES = 20;
    private static final String LIFT = "elevator-entrapment@lift-1";
    /** Far above what is measured on a quiet machine, and far below what a flood takes to be worked off one after the other. */
    private static final Duration URGENT = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> posted = ConcurrentHashMap.newKeySet();
    private final Set<String> hooked = ConcurrentHashMap.newKeySet();
    private final List<HttpServer> servers = new ArrayList<>();
    private TestKafka kafka;
    private AlertingApp app;

    @BeforeEach
    void start() throws Exception {
        kafka = new TestKafka(directory.resolve("kafka"));
        List<Unit> units = List.of(unit("zhangpu", UnitKind.TOWNSHIP), unit("work-safety", UnitKind.DEPARTMENT));
        kafka.create(Topics.all(units, List.of()));
        for (Unit unit : units) {
            kafka.send(Topics.REF_UNIT, unit.getUnitId(), unit);
        }
        String rules = Files.readString(Path.of("../seeds/data/kunshan/incidents.yaml"));
        kafka.send(
                Topics.REF_INCIDENT,
                "incidents",
                IncidentRules.newBuilder()
                        .setFile("incidents.yaml")
                        .setVersion("1")
                        .setYaml(rules)
                        .build());
        URI alertmanager = listen(body -> body.forEach(alert -> posted.add(alert.at("/labels/alertname")
                        .asText() + "@" + alert.at("/labels/subject").asText())));
        URI webhook = listen(body -> hooked.add(body.get("id").asText().replaceFirst("#.*", "")));
        app = new AlertingApp(
                AlertingConfig.of(Settings.empty()
                        .with("bootstrap.servers", kafka.bootstrapServers)
                        .with("alerting.state.dir", directory.resolve("state").toString())
                        .with("alerting.http.port", "0")
                        .with("alerting.console.users", "none")
                        .with("alerting.alertmanager.urls", alertmanager.toString())
                        .with("alerting.webhook.urls", webhook.toString())
                        .with("alerting.webhook.secrets", "0123456789abcdef0123456789abcdef")),
                kafka.registry,
                meters,
                Clock.systemUTC(),
                Map.of());
        app.start();
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        servers.forEach(server -> server.stop(0));
        kafka.close();
    }

    @Test
    void shouldStayUsableAndLoseNothingInAFloodOfTenThousand() throws Exception {
        flood(10_000);
    }

    @Test
    @Tag("trial")
    void shouldStayUsableAndLoseNothingInAFloodOfAHundredThousand() throws Exception {
        flood(100_000);
    }

    private void flood(int count) throws Exception {
        AtomicInteger frames = new AtomicInteger();
        listenToEvents(frames);
        Instant began = Instant.now();
        sendFlood(count, began);
        kafka.send(Topics.alertSignal(Realm.LIVE, Lane.LIFE_SAFETY), LIFT, lift(Instant.now()));
        Instant sent = Instant.now();

        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> get("/").contains(Paths.alert(Realm.LIVE, LIFT)));
        Duration console = Duration.between(sent, Instant.now());
        long decidedThen = decided();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> posted.contains(LIFT));
        Duration accepted = Duration.between(sent, Instant.now());
        Instant acting = Instant.now();
        HttpResponse<String> acted = acknowledge();
        Duration command = Duration.between(acting, Instant.now());

        List<Duration> pages = new ArrayList<>();
        do {
            Instant asked = Instant.now();
            get("/");
            pages.add(Duration.between(asked, Instant.now()));
            Thread.sleep(50);
        } while (decided() < count + 1);
        Duration all = Duration.between(began, Instant.now());
        logger.info(
                "Flood of {}: life safety on the console after {}, accepted after {}, acknowledged in {}; all after {}; pages {}",
                count,
                console,
                accepted,
                command,
                all,
                pages.stream().sorted().skip(pages.size() / 2).findFirst());
        assertThat(decidedThen)
                .as("the flood was not worked off before life safety was seen, after %s", console)
                .isLessThan(count);
        assertThat(console).as("to the console").isLessThan(URGENT);
        assertThat(accepted).as("to Alertmanager").isLessThan(URGENT);
        assertThat(acted.headers().firstValue("Location").orElse(""))
                .as("after %s", command)
                .contains("done=acknowledge");
        pages.sort(null);
        assertThat(pages.get(pages.size() / 2)).as("a page of %s", pages).isLessThan(Duration.ofSeconds(1));
        assertThat(frames.get())
                .as("frames in %s: four a second, however many alerts", all)
                .isLessThanOrEqualTo((int) (all.toMillis() / 250) + 4);

        everyAlertIsThere(count);
        await().atMost(Duration.ofMinutes(10)).until(() -> posted.size() == count + 1);
        await().atMost(Duration.ofMinutes(10)).until(() -> hooked.size() == count + 1);
        assertThat(get("/").length()).as("characters of a page").isLessThan(1_000_000);
    }

    /** In Kafka, as somebody finds who has not seen any of it; and few incidents have all of them. */
    private void everyAlertIsThere(int count) throws Exception {
        try (AlertBoard board = new AlertBoard(
                Map.of("bootstrap.servers", kafka.bootstrapServers), kafka.registry, "test", () -> DutyPlan.NONE)) {
            board.start();
            board.awaitLoaded(Duration.ofSeconds(60));
            Supplier<String> found = () -> board.alerts(Realm.LIVE).size() + " alerts, "
                    + board.alerts(Realm.LIVE).stream()
                            .filter(alert -> board.incidents()
                                    .open(Realm.LIVE, alert.getIncidentId())
                                    .isPresent())
                            .count()
                    + " in open incidents, "
                    + board.alerts(Realm.LIVE).stream()
                            .map(Alert::getIncidentId)
                            .filter(Objects::nonNull)
                            .distinct()
                            .count()
                    + " incidents";
            String wanted = count + 1 + " alerts, " + count + " in open incidents, " + SITES + " incidents";
            await().atMost(Duration.ofSeconds(30 + count / 1_000))
                    .untilAsserted(() -> assertThat(found.get()).isEqualTo(wanted));
            assertThat(board.get(Realm.LIVE, LIFT).orElseThrow().getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        }
    }

    private HttpResponse<String> acknowledge() throws Exception {
        String form = "action=acknowledge&actor=limin&note=&commandId=" + UUID.randomUUID() + "&revision=1&csrf=";
        return http.send(
                HttpRequest.newBuilder(uri(Paths.alert(Realm.LIVE, LIFT)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://127.0.0.1:" + app.port())
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private long decided() {
        return (long) meters.find("fengsui.alerting.signals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void sendFlood(int count, Instant now) {
        Topic<AlertSignal> topic = Topics.alertSignal(Realm.LIVE, Lane.TELEMETRY);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers, "linger.ms", 5),
                        new StringSerializer(),
                        new ByteArraySerializer());
                AvroSerde<AlertSignal> serde = AvroSerde.of(kafka.registry, topic)) {
            for (int i = 0; i < count; i++) {
                AlertSignal signal = one(i, now);
                var unused = producer.send(new ProducerRecord<>(
                        topic.name(), signal.getAlertId(), serde.serializer().serialize(topic.name(), signal)));
            }
        }
    }

    /** Of two feeds at the same few sites, which are 4 km apart. */
    private static AlertSignal one(int number, Instant now) {
        int site = number % SITES;
        String rule = number / SITES % 2 == 0 ? "flood-dust" : "flood-video";
        return raise(now)
                .setAlertId(rule + "@flood-" + number)
                .setRuleId(rule)
                .setFeed(rule.equals("flood-dust") ? "dust-sensor" : "video-status")
                .setSeverity(Severity.IV)
                .setSubject(subject("flood-" + number)
                        .setGatewayId(null)
                        .setPlace(Place.newBuilder()
                                .setSiteId("site-" + site)
                                .setSiteName("企业 " + site)
                                .setPoint(new GeoPoint(120.9, 31.0 + 0.04 * site, Datum.WGS84))
                                .build())
                        .build())
                .build();
    }

    private static AlertSignal lift(Instant now) {
        return raise(now)
                .setAlertId(LIFT)
                .setRuleId("elevator-entrapment")
                .setFeed("elevator-119")
                .setLifeSafety(true)
                .setSubject(subject("lift-1").setGatewayId(null).build())
                .build();
    }

    private static Unit unit(String id, UnitKind kind) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .build();
    }

    private interface Taking {
        void take(JsonNode body);
    }

    private URI listen(Taking taking) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "test-receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            taking.take(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void listenToEvents(AtomicInteger frames) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(
                http.send(HttpRequest.newBuilder(uri("/events?live=0")).build(), BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8));
        Thread thread = new Thread(
                () -> {
                    try {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (line.equals("event: live")) {
                                frames.incrementAndGet();
                            }
                        }
                    } catch (IOException | UncheckedIOException e) {
                        // The app has ended.
                    }
                },
                "test-events");
        thread.setDaemon(true);
        thread.start();
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + app.port() + path);
    }
}
