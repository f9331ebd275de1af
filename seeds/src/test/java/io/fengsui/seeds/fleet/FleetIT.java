package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.platform.StartException;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {
    private static EmbeddedBroker broker;
    private static SeedSet seeds;

    @TempDir
    private Path directory;

    private Subscriber subscriber;
    private final List<FleetProgress> progress = new ArrayList<>();

    @BeforeAll
    static void startBroker(@TempDir Path data) throws IOException {
        broker = new EmbeddedBroker(data);
        seeds = SeedSet.load(KunshanFiles.DIRECTORY);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void subscribe() throws Exception {
        subscriber = new Subscriber(broker.uri());
    }

    @AfterEach
    void unsubscribe() throws Exception {
        subscriber.close();
    }

    @Test
    void shouldReportExactlyWhatArrives() throws Exception {
        FleetReport report = fleet("""
                        name: test
                        total: 3000
                        faults: {malformed: 0.05, unknown-device: 0.02, duplicate: 0.05, exercise: 0.02, late: 0.01,
                                 out-of-order: 0.01, unrouted: 0.01}
                        feeds:
                          video-status: {devices: 60, rate: 700, alarm: 0.02, native: 0.5}
                          dust-sensor: {devices: all, rate: 300, alarm: 0.02}
                          beidou-report: {devices: 10, rate: 200, native: 0.3}
                          elevator-119: {devices: 20, rate: 200, alarm: 0.1}
                          gateway: {devices: all, rate: 100}
                        """).run();

        assertThat(report.publishedTotal()).isEqualTo(3_000);
        assertThat(report.acknowledged()).containsOnly(Map.entry(0, 3_000L));
        assertThat(report.unacknowledged()).isZero();
        assertThat(report.published(EventKind.MALFORMED)).isBetween(146L, 154L);
        assertThat(report.published(EventKind.DUPLICATE)).isBetween(143L, 155L);
        assertThat(report.published(EventKind.EXERCISE)).isBetween(56L, 64L);
        await().atMost(Duration.ofSeconds(20)).until(() -> subscriber.messages().size() >= 3_000);
        assertThat(copiesOf(subscriber.messages())).isEqualTo(expectedCopies(report));
        assertThat(progress).last().satisfies(last -> assertThat(last.acknowledged())
                .isEqualTo(3_000));
    }

    @Test
    void shouldExpectOutcomesThatTheReferenceDataSays() throws Exception {
        FleetReport report = fleet("""
                        name: test
                        total: 600
                        faults: {malformed: 0.2, unknown-device: 0.1, exercise: 0.1, unrouted: 0.1, late: 0.1}
                        feeds:
                          video-status: {devices: 60, rate: 2000}
                        """).run();

        List<Expectation> expectations = new ArrayList<>();
        report.expectations().forEach(expectations::add);
        assertThat(expectations).hasSize(600).allMatch(Expectation::due);
        assertThat(expectations).filteredOn(e -> e.outcome() == Outcome.ROUTED).allMatch(e -> e.topics().stream()
                .allMatch(t -> t.startsWith(e.realm().prefix() + "township.")
                        || t.equals(e.realm().prefix() + "city.work-safety.video-status")));
        assertThat(expectations)
                .filteredOn(e -> e.outcome() == Outcome.UNROUTED)
                .hasSizeBetween(58, 62)
                .allMatch(e -> e.topics().equals(List.of("feed.unrouted")));
        assertThat(expectations).filteredOn(e -> e.realm() == Realm.DRILL).hasSizeBetween(58, 62);
        assertThat(expectations).filteredOn(Expectation::late).hasSizeBetween(58, 62);
        assertThat(expectations)
                .filteredOn(e -> e.reason() == Rejection.UNKNOWN_DEVICE)
                .hasSizeBetween(58, 62);
        assertThat(reasons(expectations))
                .contains(
                        Rejection.NOT_JSON,
                        Rejection.EMPTY,
                        Rejection.OVERSIZED,
                        Rejection.NOT_UTF8,
                        Rejection.TOO_DEEP,
                        Rejection.MISSING_FIELD,
                        Rejection.UNKNOWN_VALUE,
                        Rejection.CLOCK_IN_FUTURE,
                        Rejection.WRONG_VENDOR,
                        Rejection.WRONG_FEED,
                        Rejection.NOT_XML);
    }

    @Test
    void shouldMakeTheBrokerPublishTheLastWillOfALostGateway() throws Exception {
        FleetReport report = fleet("""
                        name: test
                        duration: 3s
                        feeds:
                          video-status: {devices: all, rate: 200}
                        gateway-losses:
                          - {gateways: 2, at: 500ms, for: 1s}
                        """).run();

        assertThat(report.lastWills()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(10)).until(() -> subscriber.messages().size() >= report.publishedTotal() + 2);
        List<String> told = subscriber.messages().stream()
                .filter(m -> m.topic().contains("/gateway/"))
                .map(m -> m.topic() + " " + m.text())
                .toList();
        assertThat(told).filteredOn(text -> text.contains("\"DOWN\"")).hasSize(2);
        assertThat(told).filteredOn(text -> text.contains("\"UP\"")).hasSize(2);
        assertThat(copiesOf(subscriber.messages())).isEqualTo(expectedCopies(report));
    }

    @Test
    void shouldKeepTheRateWhileDevicesAreSilentAndNotHearOfThem() throws Exception {
        FleetReport report = fleet("""
                        name: test
                        duration: 2s
                        feeds:
                          dust-sensor: {devices: 10, rate: 200}
                        silences:
                          - {feed: dust-sensor, devices: 9, at: 1s}
                        """).run();

        assertThat(report.publishedTotal()).isBetween(398L, 402L);
        await().atMost(Duration.ofSeconds(10)).until(() -> subscriber.messages().size() >= report.publishedTotal());
        List<String> topics = subscriber.messages().stream().map(m -> m.topic()).toList();
        assertThat(new HashSet<>(topics.subList(0, 150))).hasSize(10);
        assertThat(new HashSet<>(topics.subList(250, topics.size()))).hasSize(1);
    }

    @Test
    void shouldStopAtAnyTimeAndAccountForAllItSent() throws Exception {
        Fleet fleet = fleet("name: test\nfeeds:\n  gateway: {devices: all, rate: 500}\n");
        CompletableFuture<FleetReport> running = CompletableFuture.supplyAsync(() -> {
            try {
                return fleet.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> subscriber.messages().size() > 100);

        fleet.stop();

        FleetReport report = running.get(5, TimeUnit.SECONDS);
        assertThat(report.acknowledgedWithSuccess()).isEqualTo(report.publishedTotal());
        assertThat(report.expectations().size())
                .as("a run without end keeps no list")
                .isZero();
    }

    @Test
    void shouldSendTheSameMessagesForTheSameSeed() throws Exception {
        String yaml =
                "name: test\ntotal: 200\nseed: 9\nfeeds:\n  elevator-119: {devices: 20, rate: 2000, alarm: 0.3}\n";
        fleet(yaml).run();
        await().until(() -> subscriber.messages().size() == 200);
        List<String> first = subscriber.messages().stream().map(m -> m.topic()).toList();
        subscriber.messages().clear();

        fleet(yaml).run();

        await().until(() -> subscriber.messages().size() == 200);
        assertThat(subscriber.messages().stream().map(m -> m.topic())).containsExactlyElementsOf(first);
    }

    @Test
    void shouldSayWhoCannotConnectWhere() throws Exception {
        FleetSettings nowhere = new FleetSettings(
                List.of(URI.create("tcp://127.0.0.1:1")), v -> "secret", Clock.systemUTC(), System::nanoTime, p -> {});
        Scenario scenario = scenario("name: test\ntotal: 1\nfeeds:\n  gateway: {devices: 1, rate: 1}\n");

        assertThatThrownBy(() -> new Fleet(scenario, seeds, nowhere).run())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("tcp://127.0.0.1:1")
                .hasMessageContaining(" as ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseMoreDevicesThanThereAre() throws Exception {
        long gateways = seeds.devices().values().stream()
                .filter(device -> device.getFeed().equals("gateway"))
                .count();

        assertThatThrownBy(() -> fleet("name: test\ntotal: 1\nfeeds:\n  gateway: {devices: 1000, rate: 1}\n"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("feeds.gateway.devices: found 1000, expected at most " + gateways);
    }

    private Fleet fleet(String yaml) throws IOException {
        FleetSettings settings = new FleetSettings(
                List.of(broker.uri()), v -> "password of " + v, Clock.systemUTC(), System::nanoTime, progress::add);
        return new Fleet(scenario(yaml), seeds, settings);
    }

    private Scenario scenario(String yaml) throws IOException {
        return Scenario.load(Files.writeString(directory.resolve("test.yaml"), yaml));
    }

    private static Set<Rejection> reasons(List<Expectation> expectations) {
        return expectations.stream()
                .map(Expectation::reason)
                .filter(r -> r != null)
                .collect(Collectors.toSet());
    }

    private static Map<String, Integer> copiesOf(List<Subscriber.Message> messages) {
        Map<String, Integer> copies = new HashMap<>();
        messages.forEach(m -> copies.merge(m.eventId(), 1, Integer::sum));
        return copies;
    }

    private static Map<String, Integer> expectedCopies(FleetReport report) {
        Map<String, Integer> copies = new HashMap<>();
        report.expectations().forEach(e -> copies.put(e.eventId(), e.copies()));
        return copies;
    }
}
