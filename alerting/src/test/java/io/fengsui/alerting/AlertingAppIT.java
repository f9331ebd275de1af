package io.fengsui.alerting;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AlertingAppIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private TestKafka kafka;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = new TestKafka(directory.resolve("kafka"));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void shouldCarryAnAlertThroughItsLifeAndOverARestart() throws Exception {
        createTopics();
        Instant now = Instant.now();
        try (AlertingApp app = app(Map.of())) {
            app.start();
            assertThat(app.check().ready()).as("%s", app.check().details()).isTrue();

            kafka.send(Topics.alertSignal(Realm.LIVE), DUST, raise(now).build());
            await().atMost(SOON).until(() -> told("township.zhangpu.alert"), told -> told.size() == 1);
            kafka.send(
                    Topics.alertCommand(Realm.LIVE),
                    DUST,
                    command(CommandAction.ACKNOWLEDGE, "c1").setRevision(1).build());
            await().atMost(SOON).until(() -> told("city.work-safety.alert"), told -> told.size() == 2);
        }
        try (AlertingApp again = app(Map.of())) {
            Instant starting = Instant.now();
            again.start();
            assertThat(Duration.between(starting, Instant.now()))
                    .as("a warm-up that is never seen to end takes ten seconds")
                    .isLessThan(Duration.ofSeconds(10));
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    raise(now.plusSeconds(1)).setSeverity(Severity.I).build());
            kafka.send(
                    Topics.alertSignal(Realm.LIVE),
                    DUST,
                    clear(now.plusSeconds(2)).build());

            List<Alert> told = await().atMost(SOON).until(() -> told("township.zhangpu.alert"), t -> t.size() == 4);
            assertThat(told)
                    .extracting(Alert::getState)
                    .containsExactly(
                            AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.FIRING, AlertState.RESOLVED);
            assertThat(told).extracting(Alert::getRevision).containsExactly(1, 2, 3, 4);
            assertThat(told("drill.township.zhangpu.alert")).isEmpty();
        }
    }

    @Test
    void shouldKeepADrillToItselfAndSurviveABadRecord() throws Exception {
        createTopics();
        Instant now = Instant.now();
        try (AlertingApp app = app(Map.of())) {
            app.start();
            kafka.send(
                    Topics.alertSignal(Realm.DRILL),
                    "wrong-key",
                    raise(now).setStatus(EventStatus.EXERCISE).build());
            kafka.send(
                    Topics.alertSignal(Realm.DRILL),
                    DUST,
                    raise(now).setStatus(EventStatus.EXERCISE).build());

            await().atMost(SOON).until(() -> told("drill.township.zhangpu.alert"), told -> told.size() == 1);
            assertThat(told("township.zhangpu.alert")).isEmpty();
            assertThat(records(Topics.DEAD_LETTER.name())).hasSize(1);
        }
    }

    @Test
    void shouldShowAlertsSoonFromTheFirstOn() throws Exception {
        createTopics();
        try (AlertingApp app = app(Map.of());
                AlertBoard board = new AlertBoard(
                        Map.of("bootstrap.servers", kafka.bootstrapServers),
                        kafka.registry,
                        "test",
                        () -> DutyPlan.NONE)) {
            app.start();
            List<Long> lags = new CopyOnWriteArrayList<>();
            board.listen((realm, alert) -> lags.add(
                    Duration.between(alert.getReceivedAt(), Instant.now()).toMillis()));
            board.start();
            board.awaitLoaded(SOON);
            for (int i = 0; i < 200; i++) {
                raiseNow("dust-hopper-temperature@" + i);
                int seen = i + 1;
                if (i < 20) {
                    await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> lags.size() >= seen);
                }
            }
            await().atMost(SOON).until(() -> lags.size() == 200);
            assertThat(lags)
                    .as("milliseconds from arrival to the board; far above the goal, for machines that are busy")
                    .allMatch(lag -> lag < 10_000);

            await().atMost(SOON)
                    .until(
                            () -> meters.find("fengsui.alerts")
                                    .tag("unit", "zhangpu")
                                    .gauge(),
                            gauge -> gauge != null && gauge.value() == 200);
            assertThat(meters.scrape())
                    .contains("fengsui_alerts{feed=\"dust-sensor\",severity=\"III\",state=\"FIRING\",unit=\"zhangpu\"}")
                    .contains(
                            "fengsui_alerting_visible_lag_seconds_bucket{lane=\"telemetry\",realm=\"live\",le=\"0.5\"}");
        }
    }

    /** A consumer whose Kafka is gone waits in silence: the board must not look as if all were well. */
    @Test
    void shouldSayThatItStandsStillWhenKafkaIsGone() throws Exception {
        createTopics();
        try (AlertingApp app = app(Map.of())) {
            app.start();
            assertThat(get(app, "/").body()).doesNotContain("值班台停止更新");
            assertThat(get(app, "/health/ready").statusCode()).isEqualTo(200);

            kafka.close();

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> get(app, "/health/ready").statusCode() == 503);
            assertThat(get(app, "/").body()).contains("值班台停止更新", "没有新告警不代表平安");
            assertThat(get(app, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(AlertingApp app, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldNameTheRemedyWhenTopicsAreMissing() {
        try (AlertingApp app = app(Map.of())) {
            assertThatThrownBy(app::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageMatching("Topic \\S+ does not exist; run 'fengsui topics apply'");
        }
    }

    private void raiseNow(String alertId) throws Exception {
        Instant now = Instant.now();
        kafka.send(
                Topics.alertSignal(Realm.LIVE),
                alertId,
                raise(now)
                        .setAlertId(alertId)
                        .setReceivedAt(now)
                        .setSubject(subject(alertId).build())
                        .build());
    }

    private AlertingApp app(Map<String, String> more) {
        AlertingConfig config = AlertingConfig.of(Settings.empty()
                .with("bootstrap.servers", kafka.bootstrapServers)
                .with("alerting.state.dir", directory.resolve("state").toString())
                .with("alerting.http.port", "0")
                .with("alerting.console.users", "none")
                .with("alerting.session.timeout.ms", "3000")
                .with(more));
        return new AlertingApp(config, kafka.registry, meters, Clock.systemUTC(), Map.of());
    }

    private void createTopics() throws Exception {
        List<Unit> units = List.of(unit("zhangpu", UnitKind.TOWNSHIP), unit("work-safety", UnitKind.DEPARTMENT));
        List<Topic<?>> topics = Topics.all(units, List.of());
        kafka.create(topics);
        for (Unit unit : units) {
            kafka.send(Topics.REF_UNIT, unit.getUnitId(), unit);
        }
    }

    private static Unit unit(String id, UnitKind kind) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .build();
    }

    private List<Alert> told(String topic) {
        AvroReader<Alert> reader = new AvroReader<>(kafka.registry, Alert.class, Alert.getClassSchema());
        return records(topic).stream()
                .map(record -> reader.read(record.value()))
                .toList();
    }

    /** Everything that a committed reader sees in a topic now. */
    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers,
                "group.id",
                UUID.randomUUID().toString(),
                "isolation.level",
                "read_committed",
                // A consumer closes when the fetch under way has ended.
                "fetch.max.wait.ms",
                10);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
