package io.fengsui.alerting.notify.webhook;

import static io.fengsui.alerting.testkit.Samples.T0;
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
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.Outcome;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WebhookNotifierTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer server;

    private record Request(String body, String signature, String delivery) {}

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
        "204,DELIVERED",
        "302,RETRY",
        "400,REJECTED",
        "401,RETRY",
        "404,RETRY",
        "408,RETRY",
        "413,REJECTED",
        "422,REJECTED",
        "429,RETRY",
        "500,RETRY",
        "503,RETRY"
    })
    void shouldKnowWhatAReplyMeans(int status, Delivery delivery) {
        answer(status);

        assertThat(notifier().send(List.of(firing())).delivery()).isEqualTo(delivery);
    }

    @Test
    void shouldSignTimeAndBodyAsAReceiverChecksIt() throws Exception {
        answer(200);

        Outcome outcome = notifier().send(List.of(firing()));

        Request request = requests.take();
        String[] parts = request.signature().split("[=,]");
        assertThat(parts[1]).isEqualTo(Long.toString(T0.getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts[1] + "." + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(outcome.reference()).isEqualTo("dust-hopper-temperature@DC-0001#1");
        assertThat(request.delivery()).isEqualTo(outcome.reference());
    }

    /** RFC 4231, test case 2, whose key is shorter than ours may be. */
    @Test
    void shouldBeTheHmacOfTheStandard() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("Jefe".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));

        assertThat(HexFormat.of()
                        .formatHex(mac.doFinal("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void shouldTellTheWholeAlert() throws Exception {
        answer(200);
        notifier().send(List.of(firing()));

        JsonNode body = new ObjectMapper().readTree(requests.take().body());

        assertThat(body.get("version").asInt()).isEqualTo(1);
        assertThat(body.get("id").asText()).isEqualTo("dust-hopper-temperature@DC-0001#1");
        assertThat(body.get("status").asText()).isEqualTo("ACTUAL");
        assertThat(body.get("state").asText()).isEqualTo("FIRING");
        assertThat(body.get("severity").asText()).isEqualTo("III");
        assertThat(body.get("title").get("zh").asText()).isEqualTo("灰斗温度过高");
        assertThat(body.get("units").get(0).asText()).isEqualTo("zhangpu");
        assertThat(body.get("changedAt").asText()).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(body.get("url").asText()).isEqualTo("http://console/alerts");
    }

    @Test
    void shouldTellCorrectedFiguresAsTheyAreInForceAndWhoCorrectedThemWhy() throws Exception {
        answer(200);
        Alert alert = act(firing().alert(), CommandAction.REVISE, 60, command -> command.setNote("医院 <核实>")
                .setFigures(Map.of("deaths", "3", "hopperTemperatureCelsius", "75")));
        notifier().send(List.of(notice(alert)));

        JsonNode body = new ObjectMapper().readTree(requests.take().body());

        assertThat(body.get("values").toString()).isEqualTo("{\"deaths\":\"3\",\"hopperTemperatureCelsius\":\"75\"}");
        assertThat(body.get("revised").get(0).toString())
                .isEqualTo("{\"name\":\"deaths\",\"value\":\"3\",\"by\":\"王芳\",\"at\":\"2026-11-23T00:01:00Z\","
                        + "\"revision\":2,\"reason\":\"医院 <核实>\"}");
        assertThat(body.get("revised").get(1).get("unit").asText()).isEqualTo("°C");
    }

    @Test
    void shouldTellWhoMustActAndToWhomItRose() throws Exception {
        answer(200);
        Alert alert = act(firing().alert(), CommandAction.ESCALATE, 60, command -> command);
        alert = act(alert, CommandAction.ESCALATE, 120, command -> command);
        notifier().send(List.of(firing(), notice(alert)));

        JsonNode first = new ObjectMapper().readTree(requests.take().body());
        JsonNode risen = new ObjectMapper().readTree(requests.take().body());

        assertThat(first.get("level").asText()).isEqualTo("UNIT");
        assertThat(first.get("escalatedTo")).isEmpty();
        assertThat(first.get("revised")).isEmpty();
        assertThat(risen.get("level").asText()).isEqualTo("CITY");
        assertThat(risen.get("escalatedTo").toString()).isEqualTo("[\"command\"]");
        assertThat(risen.get("departments").toString()).isEqualTo("[\"work-safety\",\"command\"]");
    }

    private static Alert act(Alert alert, CommandAction action, int seconds, UnaryOperator<AlertCommand.Builder> with) {
        return AlertLifecycle.apply(
                        alert,
                        with.apply(command(action, "c" + seconds)).build(),
                        Plans.plan(),
                        T0.plusSeconds(seconds))
                .changed()
                .orElseThrow();
    }

    private static AlertNotice notice(Alert alert) {
        return new AlertNotice(alert, alert.getSeverity(), true, T0, T0);
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        CountDownLatch elsewhere = new CountDownLatch(1);
        server.createContext("/elsewhere", exchange -> {
            elsewhere.countDown();
            reply(exchange, 200);
        });
        server.createContext("/hook", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            reply(exchange, 307);
        });

        Outcome outcome = notifier().send(List.of(firing()));

        assertThat(outcome.delivery()).isEqualTo(Delivery.RETRY);
        assertThat(outcome.reason()).contains("redirects are not followed");
        assertThat(elsewhere.getCount()).isEqualTo(1);
    }

    @Test
    void shouldTryAgainWhenNothingComesInTime() {
        server.createContext("/hook", exchange -> hang());

        Outcome outcome = notifier().send(List.of(firing()));

        assertThat(outcome).isEqualTo(Outcome.retry("no reply within 500 ms"));
    }

    @Test
    void shouldNotReadAnEndlessReply() {
        server.createContext("/hook", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[65_536];
            while (finished.getCount() > 0) {
                exchange.getResponseBody().write(chunk);
            }
        });

        assertThat(notifier().send(List.of(firing())).delivery()).isEqualTo(Delivery.RETRY);
    }

    @Test
    void shouldTryAgainWhenNobodyListens() throws Exception {
        URI nowhere = URI.create("http://127.0.0.1:" + TestKafka.freePort() + "/hook");

        Outcome outcome = notifier(nowhere).send(List.of(firing()));

        assertThat(outcome.delivery()).isEqualTo(Delivery.RETRY);
        assertThat(outcome.reason()).contains("ConnectException");
    }

    @Test
    void shouldNotSayItsSecret() {
        assertThat(new Signature(SECRET).toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldNameADeliveryInAHeaderWhateverTheAlertIsCalled() throws Exception {
        answer(200);
        Alert alert =
                Alert.newBuilder(firing().alert()).setAlertId("规则@设备\r\nX: 1").build();

        notifier().send(List.of(new AlertNotice(alert, Severity.III, true, T0, T0)));

        assertThat(requests.take().delivery()).matches("[%0-9A-Za-z@#:]+").contains("%0D%0A");
    }

    private void answer(int status) {
        server.createContext("/hook", exchange -> reply(exchange, status));
    }

    private void reply(HttpExchange exchange, int status) throws IOException {
        requests.add(new Request(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Fengsui-Signature"),
                exchange.getRequestHeaders().getFirst("Fengsui-Delivery")));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void hang() {
        try {
            boolean unused = finished.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebhookNotifier notifier() {
        return notifier(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"));
    }

    private static WebhookNotifier notifier(URI url) {
        return new WebhookNotifier(
                url, 0, TIMEOUT, new Signature(SECRET), alert -> URI.create("http://console/alerts"), () -> T0);
    }

    private static AlertNotice firing() {
        Alert alert =
                AlertLifecycle.apply(null, raise(T0).build(), T0).changed().orElseThrow();
        return new AlertNotice(alert, Severity.III, true, T0, T0);
    }
}
