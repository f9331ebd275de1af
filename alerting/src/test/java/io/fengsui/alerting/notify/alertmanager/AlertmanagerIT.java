package io.fengsui.alerting.notify.alertmanager;

import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.AlertSource;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.MemoryDeliveryLog;
import io.fengsui.alerting.notify.NotifyLoop;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real Alertmanagers in a cluster, and a receiver behind them. */
@Timeout(120)
class AlertmanagerIT {
    private static final String BINARY = "prometheus-alertmanager";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final List<NotifyLoop> loops = new ArrayList<>();
    private final List<URI> peers = new ArrayList<>();
    private final BlockingQueue<String> notifications = new LinkedBlockingQueue<>();
    private final Board board = new Board();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer webhook;

    @BeforeEach
    void startPeers() throws Exception {
        assumeTrue(isInstalled(), BINARY + " is not on the PATH: skipped");
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            body.get("alerts")
                    .forEach(alert -> notifications.add(alert.get("status").asText() + " "
                            + alert.get("labels").get("severity").asText() + " "
                            + alert.get("labels").get("level").asText()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        webhook.start();
        int first = TestKafka.freePort();
        startPeer("a", first, List.of());
        startPeer("b", TestKafka.freePort(), List.of("--cluster.peer=127.0.0.1:" + first));
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> get(peer, "/-/ready") == 200);
        }
    }

    @AfterEach
    void stopPeers() {
        loops.forEach(NotifyLoop::close);
        processes.forEach(Process::destroyForcibly);
        if (webhook != null) {
            webhook.stop(0);
        }
    }

    @Test
    void shouldFireChangeAndResolveAtBothPeers() throws Exception {
        startLoops();
        Instant now = Instant.now();
        Alert firing = board.after(raise(now).build());

        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer)).containsExactly("DC-0001 III"));
        }
        assertThat(notifications.poll(20, TimeUnit.SECONDS)).isEqualTo("firing III UNIT");

        board.after(raise(now.plusSeconds(1)).setSeverity(Severity.II).build());
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer)).containsExactly("DC-0001 II"));
        }

        board.after(clear(now.plusSeconds(2)).build());
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer)).isEmpty());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> notifications.contains("resolved II UNIT"));
        assertThat(firing.getRevision()).isEqualTo(1);
    }

    /** At one peer: which of two notifies first, and with what, is theirs to settle. */
    @Test
    void shouldTellOnceMoreWhenAnAlertRises() throws Exception {
        processes.get(1).destroyForcibly().waitFor();
        startLoops();
        Instant now = Instant.now();
        board.after(raise(now).build());
        assertThat(notifications.poll(20, TimeUnit.SECONDS)).isEqualTo("firing III UNIT");

        board.risen();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> notifications.containsAll(List.of("firing III DEPARTMENT", "resolved III UNIT")));
        notifications.clear();
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        assertThat(notifications).as("once is enough").isEmpty();

        board.after(clear(now.plusSeconds(2)).build());
        await().atMost(Duration.ofSeconds(30)).until(() -> notifications.contains("resolved III DEPARTMENT"));
        assertThat(notifications).as("UNIT is over as it was").doesNotContain("firing III UNIT");
    }

    @Test
    void shouldEndTheFormerLevelAtBothPeers() throws Exception {
        startLoops();
        Instant now = Instant.now();
        board.after(raise(now).build());
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer, "level")).containsExactly("UNIT"));
        }

        board.risen();
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer, "level")).containsExactly("DEPARTMENT"));
        }

        board.after(clear(now.plusSeconds(2)).build());
        for (URI peer : peers) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(active(peer, "level")).isEmpty());
        }
    }

    @Test
    void shouldGoOnAtOnePeerWhenTheOtherIsKilled() throws Exception {
        startLoops();
        processes.get(0).destroyForcibly().waitFor();
        board.after(raise(Instant.now()).build());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(active(peers.get(1))).containsExactly("DC-0001 III"));
    }

    @Test
    void shouldStoreTheValidOnesWhenOneIsRefused() throws Exception {
        Instant now = Instant.now();
        Alert good =
                AlertLifecycle.apply(null, raise(now).build(), now).changed().orElseThrow();
        Alert nameless = Alert.newBuilder(good).setRuleId("").setFeed("").build();
        AlertmanagerNotifier notifier = notifier(0);

        Delivery delivery = notifier.send(List.of(
                        notice(good, now), new AlertNotice(nameless, Severity.I, true, now.plusSeconds(60), now)))
                .delivery();

        assertThat(delivery).isEqualTo(Delivery.REJECTED);
        assertThat(active(peers.get(0))).containsExactly("DC-0001 III");
    }

    private static AlertNotice notice(Alert alert, Instant now) {
        return new AlertNotice(alert, alert.getSeverity(), true, now, now.plusSeconds(240));
    }

    private void startLoops() {
        for (int i = 0; i < peers.size(); i++) {
            NotifyLoop loop = NotifyLoop.repeating(
                    notifier(i),
                    board,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    new MemoryDeliveryLog(),
                    new SimpleMeterRegistry(),
                    Clock.systemUTC());
            loops.add(loop);
            loop.start();
        }
    }

    private AlertmanagerNotifier notifier(int peer) {
        return new AlertmanagerNotifier(
                peers.get(peer),
                peer,
                Duration.ofSeconds(5),
                new PostableAlerts(
                        alert -> URI.create("http://127.0.0.1:8080/alerts/live/x"),
                        new Corrections(figure -> Optional.empty()),
                        Duration.ofMinutes(5),
                        Clock.systemUTC()));
    }

    /** Subject and severity of what a peer holds as firing. */
    private List<String> active(URI peer) throws Exception {
        return active(peer, "subject", "severity");
    }

    /** Labels of what a peer holds as firing. */
    private List<String> active(URI peer, String... labels) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(peer + "/api/v2/alerts?active=true"))
                .build();
        List<String> found = new ArrayList<>();
        JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .forEach(alert -> found.add(Stream.of(labels)
                        .map(label -> alert.get("labels").get(label).asText())
                        .collect(Collectors.joining(" "))));
        return found;
    }

    private int get(URI peer, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(peer + path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private void startPeer(String name, int clusterPort, List<String> more) throws Exception {
        int port = TestKafka.freePort();
        Path home = Files.createDirectory(directory.resolve(name));
        Path config = Files.writeString(home.resolve("alertmanager.yml"), """
                route: {receiver: webhook, group_by: [alertname, subject], group_wait: 0s, group_interval: 1s}
                receivers:
                  - name: webhook
                    webhook_configs: [{url: "http://127.0.0.1:%d/"}]
                """.formatted(
                        webhook.getAddress().getPort()));
        List<String> command = new ArrayList<>(List.of(
                BINARY,
                "--config.file=" + config,
                "--storage.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=127.0.0.1:" + clusterPort,
                "--cluster.settle-timeout=1s",
                "--cluster.peer-timeout=1s",
                "--cluster.gossip-interval=50ms"));
        command.addAll(more);
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start());
        peers.add(URI.create("http://127.0.0.1:" + port));
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder(BINARY, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Board implements AlertSource {
        private final ConcurrentHashMap<String, Alert> alerts = new ConcurrentHashMap<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        Alert after(AlertSignal signal) {
            Alert next = AlertLifecycle.apply(alerts.get(signal.getAlertId()), signal, Instant.now())
                    .changed()
                    .orElseThrow();
            alerts.put(next.getAlertId(), next);
            listeners.forEach(Runnable::run);
            return next;
        }

        void risen() {
            alerts.replaceAll((id, alert) -> AlertLifecycle.apply(
                            alert, command(CommandAction.ESCALATE, "a").build(), Plans.plan(), Instant.now())
                    .changed()
                    .orElseThrow());
            listeners.forEach(Runnable::run);
        }

        @Override
        public Collection<Alert> all() {
            return alerts.values();
        }

        @Override
        public boolean isInhibited(Alert alert, Instant now) {
            return false;
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            listeners.add(changed);
            return () -> listeners.remove(changed);
        }
    }
}
