package io.fengsui.alerting.notify.alertmanager;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AlertmanagerNotifierTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer server;
    private Instant now = T0;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        finished.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "200,DELIVERED",
        "400,REJECTED",
        "413,REJECTED",
        "401,RETRY",
        "404,RETRY",
        "429,RETRY",
        "500,RETRY",
        "503,RETRY"
    })
    void shouldKnowWhatAReplyMeans(int status, Delivery delivery) {
        answer(status);

        assertThat(notifier(url()).send(List.of(firing())).delivery()).isEqualTo(delivery);
    }

    @Test
    void shouldTryAgainWhenThereIsNoReplyInTime() {
        server.createContext("/api/v2/alerts", exchange -> {
            try {
                boolean unused = finished.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(notifier(url()).send(List.of(firing())).delivery()).isEqualTo(Delivery.RETRY);
    }

    @Test
    void shouldTryAgainWhenTheReplyStallsBehindItsHeaders() {
        server.createContext("/api/v2/alerts", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                boolean unused = finished.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(notifier(url()).send(List.of(firing())).delivery()).isEqualTo(Delivery.RETRY);
        assertThat(finished.getCount()).as("it does not wait for the server").isEqualTo(1);
    }

    @Test
    void shouldTryAgainWhenNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(notifier(URI.create("http://127.0.0.1:" + free))
                        .send(List.of(firing()))
                        .delivery())
                .isEqualTo(Delivery.RETRY);
    }

    @Test
    void shouldSendIdentityAsLabelsAndTheRestAsAnnotations() throws Exception {
        answer(200);

        notifier(url()).send(List.of(firing()));

        JsonNode alert = new ObjectMapper().readTree(bodies.take()).get(0);
        assertThat(alert.get("labels").toString())
                .isEqualTo("{\"alertname\":\"dust-hopper-temperature\",\"department\":\"work-safety\","
                        + "\"feed\":\"dust-sensor\",\"lane\":\"telemetry\",\"level\":\"UNIT\",\"severity\":\"III\","
                        + "\"subject\":\"DC-0001\",\"unit\":\"zhangpu\"}");
        assertThat(alert.get("annotations").get("title_zh").asText()).isEqualTo("灰斗温度过高");
        assertThat(alert.get("annotations").get("explanation_en").asText()).isEqualTo("Hopper at 72 °C");
        assertThat(alert.get("annotations").get("runbook_zh").asText()).isEqualTo("停机检查");
        assertThat(alert.get("startsAt").asText()).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(alert.get("endsAt").asText()).isEqualTo("2026-11-23T00:04:00Z");
        assertThat(alert.get("generatorURL").asText()).isEqualTo("http://console/alerts");
    }

    @Test
    void shouldTellCorrectedFiguresWithoutChangingWhatTheAlertIs() throws Exception {
        answer(200);
        Alert revised = act(
                firing().alert(),
                command(CommandAction.REVISE, "r").setNote("医院核实").setFigures(Map.of("hopperTemperatureCelsius", "75")),
                60);

        notifier(url()).send(List.of(firing(), firing(revised)));

        JsonNode alerts = new ObjectMapper().readTree(bodies.take());
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).get("labels")).isEqualTo(alerts.get(0).get("labels"));
        assertThat(alerts.get(0).get("annotations").has("revised_zh")).isFalse();
        assertThat(alerts.get(1).get("annotations").get("revised_zh").asText()).isEqualTo("灰斗温度 75 °C");
        assertThat(alerts.get(1).get("annotations").get("revised_en").asText()).isEqualTo("Hopper temperature 75 °C");
        assertThat(alerts.get(1).get("annotations").get("revised_why").asText()).isEqualTo("医院核实");
    }

    @Test
    void shouldFireAtTheLevelItRoseToAndEndTheFormerOne() throws Exception {
        answer(200);
        Alert risen = act(firing().alert(), command(CommandAction.ESCALATE, "a"), 60);
        now = T0.plusSeconds(61);

        notifier(url()).send(List.of(firing(risen)));

        assertThat(posted())
                .containsExactly("III DEPARTMENT until 2026-11-23T00:05:01Z", "III UNIT until 2026-11-23T00:01:00Z");
        now = T0.plusSeconds(400);
        notifier(url()).send(List.of(firing(risen)));
        assertThat(posted())
                .as("the end is not repeated for ever")
                .containsExactly("III DEPARTMENT until 2026-11-23T00:10:40Z");
    }

    @Test
    void shouldEndEachLevelOfAFormerSeverityAndOfAnAlertThatIsOver() throws Exception {
        answer(200);
        Alert risen = act(firing().alert(), command(CommandAction.ESCALATE, "a"), 60);
        Alert worse = AlertLifecycle.apply(
                        risen,
                        raise(T0.plusSeconds(70)).setSeverity(Severity.II).build(),
                        T0.plusSeconds(70))
                .changed()
                .orElseThrow();
        Alert city = act(worse, command(CommandAction.ESCALATE, "b"), 80);
        Alert over = AlertLifecycle.apply(city, clear(T0.plusSeconds(90)).build(), T0.plusSeconds(90))
                .changed()
                .orElseThrow();
        now = T0.plusSeconds(91);

        notifier(url())
                .send(List.of(
                        new AlertNotice(over, Severity.II, false, T0, T0.plusSeconds(90)),
                        new AlertNotice(over, Severity.III, false, T0, T0.plusSeconds(70))));

        assertThat(posted())
                .containsExactly(
                        "II CITY until 2026-11-23T00:01:30Z",
                        "II DEPARTMENT until 2026-11-23T00:01:20Z",
                        "III UNIT until 2026-11-23T00:01:00Z",
                        "III DEPARTMENT until 2026-11-23T00:01:10Z");
        now = T0.plusSeconds(7_200);
        notifier(url()).send(List.of(new AlertNotice(over, Severity.III, false, T0, T0.plusSeconds(70))));
        assertThat(posted())
                .as("told late: the last it had")
                .containsExactly("III DEPARTMENT until 2026-11-23T00:01:10Z");
    }

    @Test
    void shouldBeginANewOccurrenceAtItsUnit() throws Exception {
        answer(200);
        Alert risen = act(firing().alert(), command(CommandAction.ESCALATE, "a"), 60);
        Alert over = AlertLifecycle.apply(risen, clear(T0.plusSeconds(70)).build(), T0.plusSeconds(70))
                .changed()
                .orElseThrow();
        Alert again = AlertLifecycle.apply(
                        over, raise(T0.plusSeconds(80)).setEventId("n").build(), T0.plusSeconds(80))
                .changed()
                .orElseThrow();
        now = T0.plusSeconds(81);

        notifier(url()).send(List.of(firing(again)));

        assertThat(posted())
                .containsExactly("III UNIT until 2026-11-23T00:05:21Z", "III DEPARTMENT until 2026-11-23T00:01:20Z");
    }

    @Test
    void shouldNameTheDepartmentItRoseToWhereTheAlertHasNone() throws Exception {
        answer(200);
        Alert alert = AlertLifecycle.apply(
                        null,
                        raise(T0)
                                .setSeverity(Severity.I)
                                .setSubject(Samples.subject("DC-0001")
                                        .setDepartmentIds(List.of())
                                        .build())
                                .build(),
                        T0)
                .changed()
                .orElseThrow();
        Alert risen = act(alert, command(CommandAction.ESCALATE, "a"), 60);
        now = T0.plusSeconds(61);

        notifier(url()).send(List.of(firing(risen)));

        JsonNode alerts = new ObjectMapper().readTree(bodies.take());
        assertThat(alerts.get(0).get("labels").get("department").asText()).isEqualTo("police");
        assertThat(alerts.get(0).get("annotations").get("escalated_to").asText())
                .isEqualTo("police");
        assertThat(alerts.get(1).get("labels").has("department")).isFalse();
    }

    private static Alert act(Alert alert, AlertCommand.Builder command, int seconds) {
        return AlertLifecycle.apply(alert, command.build(), Plans.plan(), T0.plusSeconds(seconds))
                .changed()
                .orElseThrow();
    }

    private AlertNotice firing(Alert alert) {
        return new AlertNotice(alert, alert.getSeverity(), true, T0, now.plusSeconds(240));
    }

    private List<String> posted() throws Exception {
        List<String> posted = new ArrayList<>();
        new ObjectMapper()
                .readTree(bodies.take())
                .forEach(alert -> posted.add(alert.get("labels").get("severity").asText() + " "
                        + alert.get("labels").get("level").asText() + " until "
                        + alert.get("endsAt").asText()));
        return posted;
    }

    private void answer(int status) {
        server.createContext("/api/v2/alerts", exchange -> reply(exchange, status));
    }

    private void reply(HttpExchange exchange, int status) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private AlertmanagerNotifier notifier(URI url) {
        return new AlertmanagerNotifier(
                url,
                0,
                TIMEOUT,
                new PostableAlerts(
                        alert -> URI.create("http://console/alerts"),
                        new Corrections(figure -> Optional.empty()),
                        Duration.ofMinutes(5),
                        () -> now));
    }

    @Test
    void shouldSayInLabelsThatAnExerciseIsOneAlsoWithoutAName() throws Exception {
        answer(200);
        Alert exercise = Alert.newBuilder(firing().alert())
                .setStatus(EventStatus.EXERCISE)
                .setExercise("粉尘演练")
                .build();
        Alert test = Alert.newBuilder(exercise)
                .setStatus(EventStatus.TEST)
                .setExercise(null)
                .build();

        notifier(url())
                .send(List.of(
                        new AlertNotice(exercise, Severity.III, true, T0, T0.plusSeconds(240)),
                        new AlertNotice(test, Severity.III, true, T0, T0.plusSeconds(240))));

        JsonNode alerts = new ObjectMapper().readTree(bodies.take());
        assertThat(alerts.get(0).get("labels").get("exercise").asText()).isEqualTo("粉尘演练");
        assertThat(alerts.get(0).get("labels").get("status").asText()).isEqualTo("EXERCISE");
        assertThat(alerts.get(0).get("annotations").get("title_zh").asText()).isEqualTo("【演练】灰斗温度过高");
        assertThat(alerts.get(1).get("labels").get("exercise").asText()).isEqualTo("-");
        assertThat(alerts.get(1).get("labels").get("status").asText()).isEqualTo("TEST");
    }

    private static AlertNotice firing() {
        Alert alert =
                AlertLifecycle.apply(null, raise(T0).build(), T0).changed().orElseThrow();
        return new AlertNotice(alert, Severity.III, true, T0, T0.plusSeconds(240));
    }
}
