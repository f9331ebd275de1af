package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.board.KafkaCommandLog;
import io.fengsui.event.DustSensor;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.observe.Dashboard.Question;
import io.fengsui.standalone.observe.PromQl.Selector;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.SmallScenario;
import io.fengsui.standalone.testkit.TopicReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that operators look at, asked of a real Prometheus that scrapes a real run with traffic: devices, a platform
 * that reads, a duty officer who acknowledges, a record that cannot be read, Alertmanager.
 */
@Tag("whole-machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservabilityIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Topic<DustSensor> ZHANGPU = Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR);

    /** Only an error of Kafka Streams makes these. Their panels are held to data by promtool's tests, panels.test.yml. */
    private static final Set<String> EMPTY_BY_NATURE = Set.of("fengsui_streams_threads_replaced_threads_total");

    private static Path directory;
    private static Standalone standalone;
    private static Process alertmanager;
    private static PrometheusServer prometheus;
    private static Fleet fleet;
    private static final CountDownLatch over = new CountDownLatch(1);
    private static Thread officer;
    private static KafkaConsumer<String, byte[]> platform;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        Programs.require("prometheus");
        Programs.require("prometheus-alertmanager");
        directory = temporary;
        String peer = Ports.HOST + ":" + Ports.free(1)[0];
        alertmanager = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + Home.locate().directory().resolve("deploy/alertmanager/alertmanager.yml"),
                        "--storage.path=" + directory.resolve("alertmanager"),
                        "--web.listen-address=" + peer,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        standalone = SharedStandalone.create(
                directory.resolve("data"),
                Home.locate().seeds(),
                Set.of(),
                Map.of("alerting.alertmanager.urls", "http://" + peer));
        standalone.start();
        Path ofPrometheus = Files.createDirectory(directory.resolve("prometheus"));
        prometheus = new PrometheusServer(
                ofPrometheus, Ports.HOST + ":" + standalone.ports().console(), peer);
        platform = platform();
        fleet = publish();
        officer = acknowledging();
        poison();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        over.countDown();
        if (officer != null) {
            officer.join();
        }
        if (fleet != null) {
            fleet.stop();
        }
        if (platform != null) {
            platform.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (standalone != null) {
            standalone.close();
        }
        if (alertmanager != null) {
            alertmanager.destroy();
            assertThat(alertmanager.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldEvaluateEveryRule() throws Exception {
        Set<String> shipped =
                ShippedRules.all().stream().map(ShippedRules.Rule::name).collect(Collectors.toSet());

        Set<String> healthy = new TreeSet<>();
        await().atMost(SOON).untilAsserted(() -> {
            healthy.clear();
            for (JsonNode group : prometheus.rules()) {
                for (JsonNode rule : group.get("rules")) {
                    assertThat(rule.path("lastError").asText()).isEmpty();
                    if (rule.get("health").asText().equals("ok")) {
                        healthy.add(rule.get("name").asText());
                    }
                }
            }
            assertThat(healthy).containsExactlyInAnyOrderElementsOf(shipped);
        });
    }

    /** A rule of a healthy system says nothing; that it could is shown by its meters being there, with their labels. */
    @Test
    void shouldServeWhateverARuleAsksFor() {
        Set<String> asked = new TreeSet<>();
        for (ShippedRules.Rule rule : ShippedRules.all()) {
            for (Selector selector : PromQl.of(rule.expression()).selectors()) {
                if (!EMPTY_BY_NATURE.contains(selector.metric())) {
                    asked.add(selector.labels().stream()
                            .map(label -> label + "!=\"\"")
                            .collect(Collectors.joining(",", selector.metric() + "{", "}")));
                }
            }
        }

        assertAnswered(asked);
    }

    @Test
    void shouldAnswerEveryPanel() {
        assertAnswered(DashboardTest.questions()
                .filter(question -> !isEmptyByNature(question))
                .map(Question::expression)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldTakeWhatIsEmptyByNature() throws Exception {
        for (Question question : DashboardTest.questions()
                .filter(ObservabilityIT::isEmptyByNature)
                .toList()) {
            assertThat(prometheus.query(question.expression()).get("status").asText())
                    .as(question.toString())
                    .isEqualTo("success");
        }
    }

    /** Whatever is served under our name is declared, so that it is in docs/metrics.md. */
    @Test
    void shouldServeNothingThatIsNotDeclared() throws Exception {
        Map<String, Set<String>> declared = ServedMeters.labelsByMetric();
        String scraped = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(standalone.ports().consoleUrl() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(scraped.lines()
                        .filter(line -> line.startsWith("fengsui_"))
                        .map(line -> line.replaceFirst("[{ ].*", ""))
                        .collect(Collectors.toSet()))
                .isNotEmpty()
                .allMatch(declared::containsKey);
    }

    private static boolean isEmptyByNature(Question question) {
        return PromQl.of(question.expression()).selectors().stream()
                .anyMatch(selector -> EMPTY_BY_NATURE.contains(selector.metric()));
    }

    private static void assertAnswered(Set<String> expressions) {
        assertThat(expressions).isNotEmpty();
        Set<String> open = new TreeSet<>(expressions);
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            for (String expression : List.copyOf(open)) {
                if (prometheus.answers(expression)) {
                    open.remove(expression);
                }
            }
            assertThat(open).as("without an answer").isEmpty();
        });
    }

    /** A township's platform that reads the first records, and no more. */
    private static KafkaConsumer<String, byte[]> platform() {
        Map<String, Object> settings = new HashMap<>(standalone.clients());
        settings.put("group.id", "zhangpu-platform");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(ZHANGPU.name()));
        return consumer;
    }

    private static Fleet publish() throws Exception {
        Fleet devices = new Fleet(
                SmallScenario.of(30_000, 20_260_601),
                standalone.seeds(),
                new FleetSettings(
                        List.of(URI.create(standalone.ports().mqttUri())),
                        vendor -> standalone.users().password(vendor).orElse(null),
                        InstantSource.system(),
                        System::nanoTime,
                        now -> {}));
        Thread thread = new Thread(
                () -> {
                    try {
                        devices.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "fleet");
        thread.setDaemon(true);
        thread.start();
        await().atMost(SOON).until(() -> {
            int read = platform.poll(Duration.ofMillis(200)).count();
            platform.commitSync();
            return read > 0;
        });
        return devices;
    }

    /**
     * One after the other, for as long as anybody asks: a counter that is born with the first shows its increase with the next, and
     * panels ask about the last minute.
     */
    private static Thread acknowledging() {
        Thread thread = new Thread(
                () -> {
                    try {
                        acknowledge();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ExecutionException | TimeoutException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "officer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void acknowledge() throws InterruptedException, ExecutionException, TimeoutException {
        Visitor wangfang = new Visitor(
                Optional.of(new User("wangfang", "王芳", Role.CITY_DUTY_OFFICER, Optional.empty())),
                Via.PASSWORD,
                "127.0.0.1",
                null,
                true);
        try (TopicReader<Alert> alerts = new TopicReader<>(standalone, Topics.alertState(Realm.LIVE));
                KafkaCommandLog commands = new KafkaCommandLog(
                        standalone.clients(), SchemaRegistry.connect(standalone.clients()), "duty")) {
            Set<String> seen = new TreeSet<>();
            Deque<String> waiting = new ArrayDeque<>();
            while (!over.await(2, TimeUnit.SECONDS)) {
                alerts.all(alert -> alert.getState() == AlertState.FIRING && seen.add(alert.getAlertId()))
                        .forEach(alert -> waiting.add(alert.getAlertId()));
                if (!waiting.isEmpty()) {
                    commands.append(
                                    Realm.LIVE,
                                    AlertCommand.newBuilder()
                                            .setAuthority(CommandAuthorities.of(wangfang, Realm.LIVE))
                                            .setAlertId(waiting.poll())
                                            .setCommandId(UUID.randomUUID().toString())
                                            .setAction(CommandAction.ACKNOWLEDGE)
                                            .setActor("王芳")
                                            .setRequestedAt(Instant.now())
                                            .build())
                            .get(10, TimeUnit.SECONDS);
                }
            }
        }
    }

    /** What no app can read, in a feed and among signals: dead letters, and an alert of Prometheus. */
    private static void poison() throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            for (String topic : List.of(
                    Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR).name(),
                    Topics.alertSignal(Realm.LIVE).name())) {
                for (int i = 0; i < 4; i++) {
                    producer.send(new ProducerRecord<>(topic, "poison", "{}".getBytes(StandardCharsets.UTF_8)))
                            .get();
                    TimeUnit.MILLISECONDS.sleep(1_100);
                }
            }
        }
    }
}
