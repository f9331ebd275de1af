package io.fengsui.alerting.notify.alertmanager;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.AlertSource;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.MemoryDeliveryLog;
import io.fengsui.alerting.notify.NotifyLoop;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster whose peers misbehave, each in its own way, beside one that is well. */
@Timeout(60)
class AlertmanagerPeersTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Alert> alerts = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<NotifyLoop> loops = new ArrayList<>();
    private final MemoryDeliveryLog log = new MemoryDeliveryLog();
    private volatile Instant now = T0.plusSeconds(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    @AfterEach
    void stop() {
        finished.countDown();
        loops.forEach(NotifyLoop::close);
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void shouldTellTheOneThatIsWellWhateverTheOthersDo() throws Exception {
        alerts.add(alert("DC-1"));
        alerts.add(alert("BAD"));
        AtomicInteger failures = new AtomicInteger();
        loop(peer(body -> 200));
        loop(peer(body -> body.toString().contains("BAD") ? 400 : 200));
        loop(peer(body -> failures.incrementAndGet() < 3 ? 500 : 200));
        loop(peer(body -> {
            hang();
            return 200;
        }));
        loop(URI.create("http://127.0.0.1:" + TestKafka.freePort()));

        loops.forEach(NotifyLoop::start);

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(outcome(0, "DC-1")).isEqualTo(DeliveryOutcome.DELIVERED));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(outcome(1, "DC-1")).isEqualTo(DeliveryOutcome.DELIVERED);
            assertThat(outcome(1, "BAD")).isEqualTo(DeliveryOutcome.REJECTED);
            assertThat(outcome(2, "BAD")).isEqualTo(DeliveryOutcome.DELIVERED);
            assertThat(outcome(3, "DC-1")).isEqualTo(DeliveryOutcome.RETRY);
            assertThat(outcome(4, "DC-1")).isEqualTo(DeliveryOutcome.RETRY);
        });
        assertThat(delivery(1, "BAD").getReason()).isEqualTo("HTTP 400");
        assertThat(delivery(2, "DC-1").getAttempts()).isEqualTo(3);
        assertThat(delivery(3, "DC-1").getReason()).isEqualTo("no reply within 500 ms");
        assertThat(delivery(4, "DC-1").getReason()).contains("ConnectException");
    }

    /** A proxy that refuses everything for a while, as long as no clock of the Alertmanager behind it has run out. */
    @Test
    void shouldTellOnWhenAPeerRefusesForAWhileWhatItTookBefore() throws Exception {
        alerts.add(alert("LIFT"));
        AtomicInteger status = new AtomicInteger(200);
        AtomicInteger taken = new AtomicInteger();
        loop(peer(body -> {
            if (status.get() == 200) {
                taken.incrementAndGet();
            }
            return status.get();
        }));
        loops.forEach(NotifyLoop::start);
        await().atMost(SOON).untilAsserted(() -> assertThat(outcome(0, "LIFT")).isEqualTo(DeliveryOutcome.DELIVERED));

        status.set(400);
        now = now.plusSeconds(60);
        await().atMost(SOON).untilAsserted(() -> assertThat(outcome(0, "LIFT")).isEqualTo(DeliveryOutcome.REJECTED));
        assertThat(delivery(0, "LIFT").getFiringOccurrence())
                .as("what it took stands")
                .isEqualTo(1);
        status.set(200);
        now = now.plusSeconds(60);

        await().atMost(SOON).untilAsserted(() -> assertThat(outcome(0, "LIFT")).isEqualTo(DeliveryOutcome.DELIVERED));
        assertThat(taken).hasValue(2);
    }

    private DeliveryOutcome outcome(int peer, String subject) {
        return log.get(Realm.LIVE, "alertmanager-" + peer, subject)
                .map(AlertDelivery::getOutcome)
                .orElse(DeliveryOutcome.UNKNOWN);
    }

    private AlertDelivery delivery(int peer, String subject) {
        return log.get(Realm.LIVE, "alertmanager-" + peer, subject).orElseThrow();
    }

    @FunctionalInterface
    private interface Reply {
        int to(JsonNode body);
    }

    private URI peer(Reply reply) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v2/alerts", exchange -> {
            exchange.sendResponseHeaders(reply.to(JSON.readTree(exchange.getRequestBody())), -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void hang() {
        try {
            boolean unused = finished.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(URI url) {
        loops.add(NotifyLoop.repeating(
                new AlertmanagerNotifier(
                        url,
                        loops.size(),
                        Duration.ofMillis(500),
                        new PostableAlerts(
                                alert -> URI.create("http://console/"),
                                new Corrections(figure -> Optional.empty()),
                                Duration.ofMinutes(5),
                                () -> T0)),
                new Standing(alerts),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                log,
                new SimpleMeterRegistry(),
                () -> now));
    }

    private static Alert alert(String id) {
        return AlertLifecycle.apply(null, raise(T0).setAlertId(id).setRuleId(id).build(), T0)
                .changed()
                .orElseThrow();
    }

    private record Standing(List<Alert> alerts) implements AlertSource {
        @Override
        public Collection<Alert> all() {
            return alerts;
        }

        @Override
        public boolean isInhibited(Alert alert, Instant now) {
            return false;
        }

        @Override
        public AutoCloseable onChange(Runnable changed) {
            return () -> {};
        }
    }
}
