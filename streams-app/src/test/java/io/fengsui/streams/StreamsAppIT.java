package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.Account;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app on a real broker. */
class StreamsAppIT {
    private static final Logger logger = LoggerFactory.getLogger(StreamsAppIT.class);

    /** More than the telemetry lane can do while a hundred lift events are timed. */
    private static final int BACKLOG = 200_000;

    private static final Topic<VideoStatus> READERS = Topics.township(Realm.LIVE, "zhangpu", Feeds.VIDEO_STATUS);

    @TempDir
    private Path directory;

    private final FlakyRegistry registry = new FlakyRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KafkaFixture kafka;
    private StreamsApp app;

    @BeforeAll
    static void letStreamThreadsDie() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @BeforeEach
    void startKafka() throws Exception {
        kafka = new KafkaFixture(directory.resolve("kafka"), registry);
    }

    @AfterEach
    void close() {
        if (app != null) {
            app.close();
        }
        kafka.close();
    }

    @Test
    void shouldRouteExactlyOnceAlsoOverARestart() throws Exception {
        prepare();
        start();
        send("cam-1", "a", VideoState.OFF);
        send("cam-1", "b", VideoState.OFF);
        send("cam-1", "a", VideoState.OFF);
        kafka.sendBytes("feed.video-status", 0, "cam-1", new byte[] {1, 2, 3});
        awaitRouted(2);
        app.close();
        send("cam-1", "b", VideoState.OFF);
        start();
        send("cam-1", "c", VideoState.OFF);
        awaitRouted(3);

        assertThat(kafka.read(READERS))
                .extracting(e -> e.getHeader().getEventId())
                .containsExactly("acme/cam-1/a", "acme/cam-1/b", "acme/cam-1/c");
        assertThat(kafka.read(Topics.alertSignal(Realm.LIVE)))
                .filteredOn(s -> s.getRuleId().equals("video-offline"))
                .hasSize(1);
        await().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTER)).hasSize(1));
        await().untilAsserted(() -> {
            Account total = account();
            assertThat(total.getRouted()).isEqualTo(3);
            assertThat(total.getDuplicates()).isEqualTo(2);
            assertThat(total.getDeadLettered()).isEqualTo(1);
        });
    }

    @Test
    void shouldRouteALifeSafetyEventWithinASecondBehindABacklogOfTelemetry() throws Exception {
        prepare();
        Topic<VideoStatus> telemetry = Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS);
        for (int i = 0; i < BACKLOG; i++) {
            kafka.sendLater(telemetry, "cam-" + i % 3, video("cam-" + i % 3, "b" + i, VideoState.ON));
        }
        kafka.flush();
        start();

        List<Long> millis = timeLiftEvents(100);

        String group = Lane.TELEMETRY.group("fengsui-streams");
        assertThat(kafka.lag(group, List.of(telemetry.name())))
                .as("the backlog")
                .isPositive();
        assertThat(millis.get(98)).as("p99 of %s", millis).isLessThan(1_000);
    }

    @Test
    void shouldRouteWithinASecondFromTheFirstEventOn() throws Exception {
        prepare();
        start();

        List<Long> millis = timeLiftEvents(100);

        assertThat(millis.get(99)).as("the slowest of %s", millis).isLessThan(1_000);
        assertThat(app.check().ready()).isTrue();
    }

    /** From feed topic to a committed read of a township topic, one at a time; sorted. */
    private List<Long> timeLiftEvents(int count) throws Exception {
        List<Long> millis = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> township = kafka.follow(
                Topics.township(Realm.LIVE, "zhangpu", Feeds.ELEVATOR_119).name())) {
            for (int i = 0; i < count; i++) {
                long sent = System.nanoTime();
                kafka.send(Topics.feed(Realm.LIVE, Feeds.ELEVATOR_119), "lift-1", lift("m" + i));
                while (township.poll(Duration.ofSeconds(10)).isEmpty()) {
                    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(20));
                }
                millis.add(Duration.ofNanos(System.nanoTime() - sent).toMillis());
            }
        }
        List<Long> sorted = millis.stream().sorted().toList();
        logger.info(
                "Feed topic to township topic: first {} ms, then p50 {} ms, p90 {} ms, p99 {} ms",
                millis.get(0),
                sorted.get(count / 2),
                sorted.get(count * 9 / 10),
                sorted.get(count * 99 / 100 - 1));
        return sorted;
    }

    @Test
    void shouldLoseNothingWhileTheRegistryIsDown() throws Exception {
        prepare();
        start();
        registry.down = true;
        send("cam-1", "a", VideoState.ON);
        await().atMost(Duration.ofSeconds(20)).until(() -> registry.refused.get() >= 2);
        registry.down = false;
        awaitRouted(1);

        assertThat(kafka.read(Topics.DEAD_LETTER)).isEmpty();
        assertThat(meters.get("fengsui.streams.threads.replaced").counters()).isNotEmpty();
    }

    @Test
    void shouldReplaceAThreadWhileTheBrokerIsDown() throws Exception {
        prepare();
        start();
        registry.down = true;
        send("cam-1", "a", VideoState.ON);
        // The fourth thread that dies of it is replaced after four seconds.
        await().atMost(Duration.ofSeconds(40)).until(() -> registry.refused.get() >= 4);
        kafka.stopBroker();
        await().atMost(Duration.ofSeconds(20)).until(StreamsAppIT::warmingUp);
        await().atMost(Duration.ofSeconds(20)).until(() -> !warmingUp());
        registry.down = false;
        kafka.startBroker();

        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kafka.read(READERS).size() == 1 && app.check().ready());
    }

    /** Whether a producer is being made and waits for Kafka. */
    private static boolean warmingUp() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("streams-warm-up"));
    }

    @Test
    void shouldSendEventsOfATopicThatWasDeletedToTheUnrouted() throws Exception {
        prepare();
        start();
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of(READERS.name())).all().get(10, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(app.check().details().get("topics")).contains(READERS.name()));
        send("cam-1", "a", VideoState.ON);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(kafka.read(Topics.unrouted(Realm.LIVE)))
                .singleElement()
                .satisfies(unrouted -> assertThat(unrouted.getReason()).isEqualTo("MISSING_TOPIC")));
    }

    @Test
    void shouldKeepTheFormerRulesWhenNewOnesDoNotCompile() throws Exception {
        prepare();
        start();
        kafka.send(
                Topics.REF_RULE,
                "video-status",
                City.ruleFile(Feeds.VIDEO_STATUS, "feed: video-status\nrules: [{id: x}]\n"));
        await().untilAsserted(() -> assertThat(app.check().details().get("rules.video-status"))
                .startsWith("3 rules")
                .contains("refused: video-status.yaml:2:9: "));
        send("cam-1", "a", VideoState.OFF);

        await().untilAsserted(() -> assertThat(kafka.read(Topics.alertSignal(Realm.LIVE)))
                .anySatisfy(s -> assertThat(s.getAlertId()).isEqualTo("video-offline@cam-1")));
        assertThat(app.check().ready()).isTrue();
    }

    @Test
    void shouldSayWhatToDoWhenTopicsAreMissing() {
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("does not exist; run 'fengsui topics apply'");
    }

    private void prepare() throws Exception {
        kafka.createTopics();
        kafka.publishReferenceData();
    }

    private void start() throws InterruptedException {
        Instant begun = Instant.now();
        StreamsAppConfig config = StreamsAppConfig.of(Settings.empty()
                .with("bootstrap.servers", kafka.bootstrapServers)
                .with(StreamsAppConfig.SESSION_TIMEOUT, "1500")
                .with(StreamsAppConfig.STATE_DIR, directory.resolve("state").toString()));
        app = new StreamsApp(config, meters, InstantSource.system(), registry);
        app.start();
        logger.info("Started in {} ms", Duration.between(begun, Instant.now()).toMillis());
    }

    private void send(String deviceId, String messageId, VideoState state) throws Exception {
        kafka.send(Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS), deviceId, video(deviceId, messageId, state));
    }

    private static VideoStatus video(String deviceId, String messageId, VideoState state) {
        return VideoStatus.newBuilder()
                .setHeader(header(deviceId, messageId))
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .build();
    }

    private static Elevator119 lift(String messageId) {
        return Elevator119.newBuilder()
                .setHeader(header("lift-1", messageId))
                .setOrderNo(messageId)
                .setKind(ElevatorOrderKind.ENTRAPMENT)
                .setState(ElevatorOrderState.RECEIVED)
                .setTrapped(1)
                .build();
    }

    private static EventHeader header(String deviceId, String messageId) {
        Instant now = Instant.now();
        return EventHeader.newBuilder()
                .setEventId("acme/" + deviceId + "/" + messageId)
                .setVendor("acme")
                .setDeviceId(deviceId)
                .setEventTime(now)
                .setReceivedAt(now)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("t")
                        .setFormat("json")
                        .setBridge("b")
                        .build())
                .build();
    }

    private void awaitRouted(int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> kafka.read(READERS).size() >= count);
    }

    /** The sum of the last state of each account of video. */
    private Account account() {
        List<Account> all = kafka.read(Topics.ACCOUNT);
        Account sum = new Account("video-status", Instant.EPOCH, 0, 0L, 0L, 0L, 0L, 0L, java.util.Map.of());
        HashSet<String> seen = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Account last = all.get(i);
            if (last.getFeed().equals("video-status") && seen.add(last.getTask() + "|" + last.getHour())) {
                sum = new Account(
                        sum.getFeed(),
                        sum.getHour(),
                        0,
                        sum.getRouted() + last.getRouted(),
                        0L,
                        sum.getDuplicates() + last.getDuplicates(),
                        sum.getDeadLettered() + last.getDeadLettered(),
                        0L,
                        java.util.Map.of());
            }
        }
        return sum;
    }

    /** A registry that can be switched off for readers of new ids. */
    private static final class FlakyRegistry extends MockSchemaRegistryClient {
        private volatile boolean down;
        private final AtomicInteger refused = new AtomicInteger();

        FlakyRegistry() {
            super(List.of(new AvroSchemaProvider()));
        }

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (down) {
                refused.incrementAndGet();
                throw new IOException("connection refused");
            }
            return super.getSchemaById(id);
        }
    }
}
