package io.fengsui.alerting.console;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.audit.AuditLog;
import io.fengsui.alerting.audit.AuditTrail;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.AlertCommands;
import io.fengsui.alerting.board.CommandLog;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.alerting.board.OffsetSource;
import io.fengsui.alerting.board.PublishedRules;
import io.fengsui.alerting.board.ReaderSource;
import io.fengsui.alerting.board.ReadersView;
import io.fengsui.alerting.board.RecordFinder;
import io.fengsui.alerting.board.ReferenceData;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.board.Withdrawals;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.readings.SharedReadings;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.ops.Account;
import io.fengsui.ops.AuditEntry;
import io.fengsui.platform.Health;
import io.fengsui.schema.topic.Realm;
import io.javalin.config.RoutesConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;

/** A console on a free port, over a board without Kafka; commands meet the real lifecycle at once. */
final class TestConsole implements AutoCloseable {
    final Instant now = Instant.now();
    final SampleAlerts samples = new SampleAlerts(now);
    final AlertBoard board = AlertBoard.standing(Plans.shipped());
    final Map<String, OffsetSource.FeedOffsets> offsets = new HashMap<>();
    final LedgerView ledger = new LedgerView(new FixedOffsets(), InstantSource.system());
    /** Occurrences that are over. */
    final List<AlertAccount> accounts = new CopyOnWriteArrayList<>();

    /** What the platforms have read. */
    final List<ReaderSource.Receipt> receipts = new CopyOnWriteArrayList<>();

    final ReadersView readers = new ReadersView(new FixedReceipts(), Duration.ofMinutes(10), InstantSource.system());
    /** Offsets at which withdrawals stand, by topic. */
    final Map<String, Long> withdrawn = new ConcurrentHashMap<>();

    final Withdrawals withdrawals = new Withdrawals(new FixedRecords(), InstantSource.system());
    final PublishedRules rules = PublishedRules.standing();
    /** What devices reported. */
    final SampleReadings deviceReadings = new SampleReadings();

    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final ConsoleServer server;
    final MemoryTrail trail = new MemoryTrail();
    /** How far the console's clock is before the machine's. */
    volatile Duration ahead = Duration.ZERO;

    private final InstantSource clock = () -> Instant.now().plus(ahead);
    volatile boolean fresh = true;
    Health health = Health.up(Map.of("kafka", "connected"));
    /** What happens to commands: they are carried out, lost on the way, or only stored. */
    Log log = Log.WORKS;

    enum Log {
        WORKS,
        FAILS,
        STALLS
    }

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    TestConsole() {
        this(0);
    }

    TestConsole(int port) {
        this(port, Access.withoutLogIn(), routes -> {});
    }

    /** @param more what else is served */
    TestConsole(int port, Consumer<RoutesConfig> more) {
        this(port, Access.withoutLogIn(), more);
    }

    TestConsole(int port, Access access) {
        this(port, access, routes -> {});
    }

    TestConsole(int port, Access access, Consumer<RoutesConfig> more) {
        server = new ConsoleServer(
                new ConsoleSettings(
                        "127.0.0.1", port, Optional.of(URI.create("https://duty.example.cn/fengsui")), access),
                board,
                new AlertCommands(new LifecycleLog(), board, Duration.ofMillis(300)),
                trail,
                trail,
                this::accountsBegunIn,
                ledger,
                readers,
                withdrawals,
                new ReferenceData(ReferenceNames.of(SampleAlerts.units()), SampleCity.sites(), rules),
                new SharedReadings(deviceReadings, clock),
                meters,
                () -> fresh,
                () -> health,
                more,
                clock);
        server.start();
    }

    private List<AlertAccount> accountsBegunIn(Instant from, Instant to) {
        if (trail.away) {
            throw new TopicUnreadableException("Kafka does not answer", new TimeoutException());
        }
        return accounts.stream()
                .filter(account -> !account.getStartedAt().isBefore(from)
                        && account.getStartedAt().isBefore(to))
                .toList();
    }

    void show(Alert alert) {
        board.accept(Realm.of(alert.getStatus()), alert.getAlertId(), alert);
    }

    /** An incident of these alerts, which are shown, too. */
    void show(Incident incident, List<Alert> alerts) {
        board.incidents().accept(Realm.of(incident.getStatus()), incident.getIncidentId(), incident);
        alerts.forEach(alert -> show(
                Alert.newBuilder(alert).setIncidentId(incident.getIncidentId()).build()));
    }

    void account(String feed, long routed, long unrouted, long duplicates, Map<String, Long> reasons) {
        ledger.accept(
                "0|" + feed,
                Account.newBuilder()
                        .setFeed(feed)
                        .setTask(0)
                        .setHour(now.truncatedTo(ChronoUnit.HOURS))
                        .setRouted(routed)
                        .setUnrouted(unrouted)
                        .setDuplicates(duplicates)
                        .setDeadLettered(reasons.values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .setLate(routed / 100)
                        .setReasons(reasons)
                        .build());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a form as a browser would from the console's own page, unless the headers say otherwise. */
    HttpResponse<String> post(String path, Map<String, String> form, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        if (headers.length == 0) {
            request.header("Origin", "http://127.0.0.1:" + server.port());
        } else {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends JSON as a program would. */
    HttpResponse<String> postJson(String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        server.close();
        withdrawals.close();
        ledger.close();
    }

    /** What is written down, and looked up, in memory. */
    static final class MemoryTrail implements AuditLog, AuditTrail {
        final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
        volatile boolean away;

        @Override
        public CompletableFuture<Void> append(AuditEntry entry) {
            if (away) {
                return CompletableFuture.failedFuture(new TimeoutException("no answer from Kafka"));
            }
            entries.add(entry);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Found search(Query query, int most) {
            if (away) {
                throw new TopicUnreadableException("Kafka does not answer", new TimeoutException());
            }
            List<AuditEntry> found =
                    new ArrayList<>(entries.stream().filter(query::matches).toList());
            Collections.reverse(found);
            return new Found(found.subList(0, Math.min(most, found.size())), found.size() > most);
        }

        @Override
        public void close() {}
    }

    private final class FixedReceipts implements ReaderSource {
        @Override
        public List<Receipt> read(Instant due) {
            return List.copyOf(receipts);
        }

        @Override
        public void close() {}
    }

    private final class FixedRecords implements RecordFinder {
        @Override
        public OptionalLong find(String topic, String alertId, int revision, Instant from) {
            Long offset = withdrawn.get(topic);
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }
    }

    private final class FixedOffsets implements OffsetSource {
        @Override
        public Map<String, FeedOffsets> read(Instant from) {
            return Map.copyOf(offsets);
        }

        @Override
        public void close() {}
    }

    private final class LifecycleLog implements CommandLog {
        @Override
        public CompletableFuture<Void> append(Realm realm, AlertCommand command) {
            if (log == Log.FAILS) {
                return CompletableFuture.failedFuture(new TimeoutException("no answer from Kafka"));
            }
            if (log == Log.WORKS) {
                Alert alert = board.get(realm, command.getAlertId()).orElseThrow();
                AlertLifecycle.apply(alert, command, board.duty(), Instant.now())
                        .changed()
                        .ifPresent(changed -> board.accept(realm, command.getAlertId(), changed));
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
