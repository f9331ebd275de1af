package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GatewayState;
import io.fengsui.event.GatewayStatus;
import io.fengsui.event.SiteKind;
import io.fengsui.ops.Account;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Board, commands, names and ledger against a real broker. */
class KafkaBoardIT {
    private static final String STREAMS = "fengsui-streams";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static TestKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new TestKafka(directory);
        kafka.create(Topics.fixed());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldFollowAlertsOfBothRealms() throws Exception {
        Alert before = AlertBoardTest.device("before", "g-1");
        kafka.send(Topics.alertState(Realm.LIVE), "before", before);
        try (AlertBoard board = new AlertBoard(settings(), kafka.registry, "alerting", () -> DutyPlan.NONE)) {
            board.start();
            board.awaitLoaded(PATIENCE);
            assertThat(board.get(Realm.LIVE, "before")).contains(before);

            kafka.send(
                    Topics.alertState(Realm.DRILL),
                    "after",
                    Alert.newBuilder(AlertBoardTest.device("after", "g-1"))
                            .setStatus(EventStatus.EXERCISE)
                            .build());
            await().atMost(PATIENCE).until(() -> board.get(Realm.DRILL, "after").isPresent());
            assertThat(board.get(Realm.LIVE, "after")).isEmpty();
            assertThat(board.healthy()).isTrue();
        }
    }

    @Test
    void shouldWriteACommandUnderItsAlertsId() throws Exception {
        AlertCommand command = AlertCommand.newBuilder()
                .setAlertId("rule@设备")
                .setCommandId("c-1")
                .setAction(CommandAction.ACKNOWLEDGE)
                .setActor("李敏")
                .setRevision(1)
                .setRequestedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
        try (CommandLog log = new KafkaCommandLog(settings(), kafka.registry, "alerting")) {
            log.append(Realm.DRILL, command).get(10, TimeUnit.SECONDS);
        }
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("group.id", "reader");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, AlertCommand> reader = new KafkaConsumer<>(
                settings,
                new StringDeserializer(),
                AvroSerde.of(kafka.registry, Topics.alertCommand(Realm.DRILL)).deserializer())) {
            reader.subscribe(List.of(Topics.alertCommand(Realm.DRILL).name()));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(reader.poll(Duration.ofMillis(200)))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.key()).isEqualTo("rule@设备");
                        assertThat(record.value()).isEqualTo(command);
                    }));
        }
    }

    /** A platform that has read everything, marks of transactions or not, owes nothing; one that has not, since its first unread. */
    @Test
    void shouldTellWhoHasReadWhat() throws Exception {
        Topic<Alert> topic = Topics.townshipAlert(Realm.LIVE, "readers-it");
        kafka.create(List.of(topic));
        long before = Instant.now().minusSeconds(3_600).toEpochMilli();
        Map<String, Object> producing = new HashMap<>(settings());
        producing.put("transactional.id", "readers-it");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int i = 1; i <= 3; i++) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(topic.name(), 0, before + i, "a", new byte[1]))
                        .get(10, TimeUnit.SECONDS);
                producer.commitTransaction();
            }
        }
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (Admin admin = Admin.create(settings());
                KafkaReaders readers = new KafkaReaders(settings(), "test")) {
            // Offsets 0, 2 and 4 are records, 1, 3 and 5 marks.
            admin.alterConsumerGroupOffsets("late", Map.of(partition, new OffsetAndMetadata(1)))
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets("done", Map.of(partition, new OffsetAndMetadata(5)))
                    .all()
                    .get();

            assertThat(readers.read(Instant.now().plusSeconds(60)))
                    .filteredOn(receipt -> receipt.unit().equals("readers-it"))
                    .containsExactly(
                            new Receipt("readers-it", "done", 0, 0, 0, null, 5),
                            new Receipt("readers-it", "late", 0, 5, 5, Instant.ofEpochMilli(before + 2), 1));
            assertThat(readers.read(Instant.ofEpochMilli(before + 2)))
                    .filteredOn(receipt -> receipt.group().equals("late"))
                    .extracting(Receipt::overdue)
                    .containsExactly(0L);
        }
    }

    @Test
    void shouldSayThatACommandIsNotStoredWhenKafkaIsAway() throws Exception {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:" + TestKafka.freePort(), "max.block.ms", 300);
        AlertCommand command = AlertCommand.newBuilder()
                .setAlertId("a")
                .setCommandId("c-2")
                .setAction(CommandAction.COMMENT)
                .setActor("x")
                .setRequestedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
        try (CommandLog log = new KafkaCommandLog(nowhere, kafka.registry, "alerting")) {
            assertThat(log.append(Realm.LIVE, command)).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldKnowTheNamesOfTheReferenceData() throws Exception {
        Unit unit = Unit.newBuilder()
                .setUnitId("zhangpu")
                .setKind(UnitKind.TOWNSHIP)
                .setNameZh("张浦镇")
                .setNameEn("Zhangpu Town")
                .build();
        kafka.send(Topics.REF_UNIT, "zhangpu", unit);
        try (ReferenceNames names = new ReferenceNames(settings(), kafka.registry, "alerting")) {
            names.start();
            names.awaitLoaded(PATIENCE);
            assertThat(names.name("zhangpu").getZh()).isEqualTo("张浦镇");
            assertThat(names.name("nowhere").getZh()).isEqualTo("nowhere");
            assertThat(names.townships()).containsExactly(unit);
            assertThat(names.departments()).isEmpty();
        }
    }

    @Test
    void shouldFollowSitesAndTellWhenRulesWerePublished() throws Exception {
        Site site = Site.newBuilder()
                .setSiteId("s-1")
                .setName("样例场所")
                .setKind(SiteKind.OTHER)
                .setUnitIds(List.of("zhangpu"))
                .setValidTo(LocalDate.of(2026, 1, 31))
                .build();
        kafka.send(Topics.REF_SITE, "s-1", site);
        Instant before = Instant.now().minusSeconds(1);
        kafka.send(
                Topics.REF_RULE,
                "gateway",
                new RuleFile("gateway", "rules/gateway.yaml", "v1", "feed: gateway\nrules: []\n", null));
        for (ParameterScope scope : List.of(ParameterScope.CITY, ParameterScope.DEVICE)) {
            kafka.send(
                    Topics.REF_PARAMETER,
                    scope + "|x|limit",
                    Parameter.newBuilder()
                            .setScope(scope)
                            .setId("x")
                            .setName("limit")
                            .setValue(scope == ParameterScope.CITY ? 60 : 99)
                            .build());
        }
        try (ReferenceData reference = ReferenceData.following(settings(), kafka.registry, "alerting")) {
            reference.start();
            reference.awaitLoaded(PATIENCE);
            assertThat(reference.healthy()).isTrue();
            assertThat(reference.sites().all(Instant.parse("2026-01-31T15:59:59Z")))
                    .containsExactly(site);
            assertThat(reference.sites().site("s-1", Instant.parse("2026-01-31T16:00:00Z")))
                    .isEmpty();
            assertThat(reference.rules().sheets()).singleElement().satisfies(sheet -> {
                assertThat(sheet.version()).isEqualTo("v1");
                assertThat(sheet.publishedAt()).isBetween(before, Instant.now().plusSeconds(1));
            });
            assertThat(reference.rules().cityValue("limit", Instant.now())).contains(60.0);
        }
    }

    @Test
    void shouldBalanceTheLedgerOverBothRealmsAndSeeWhatIsMissing() throws Exception {
        for (int i = 0; i < 10; i++) {
            kafka.send(Topics.feed(Realm.LIVE, Feeds.GATEWAY), "gw-" + i, event("gw-" + i, EventStatus.ACTUAL));
        }
        kafka.send(Topics.feed(Realm.DRILL, Feeds.GATEWAY), "gw-1", event("gw-1", EventStatus.EXERCISE));
        try (LedgerView view =
                new LedgerView(settings(), kafka.registry, "alerting", STREAMS, InstantSource.system())) {
            view.start();
            view.awaitLoaded(PATIENCE);
            await().atMost(PATIENCE).until(() -> view.ledger().isPresent());
            assertThat(gateway(view).inFlight()).isEqualTo(11);
            assertThat(gateway(view).lastDayAccepted()).isEqualTo(11);

            account(10);
            commitAll();
            await().atMost(PATIENCE).until(() -> gateway(view).difference() == 1);
            account(11);
            await().atMost(PATIENCE).until(() -> view.ledger().orElseThrow().balances());
            assertThat(gateway(view).accepted()).isEqualTo(11);
            assertThat(view.healthy()).isTrue();
        }
    }

    private static FeedAccount gateway(LedgerView view) {
        return view.ledger().orElseThrow().feeds().stream()
                .filter(account -> account.feed().equals("gateway"))
                .findFirst()
                .orElseThrow();
    }

    private static void account(long routed) throws Exception {
        kafka.send(
                Topics.ACCOUNT,
                "0|gateway|now|LIVE",
                Account.newBuilder()
                        .setFeed("gateway")
                        .setTask(0)
                        .setHour(Instant.now().truncatedTo(ChronoUnit.HOURS))
                        .setRouted(routed)
                        .setUnrouted(0)
                        .setDuplicates(0)
                        .setDeadLettered(0)
                        .setLate(0)
                        .build());
    }

    /** As if the streams app had done with every record. */
    private static void commitAll() throws Exception {
        try (Admin admin = Admin.create(settings())) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (Realm realm : Realm.values()) {
                for (int partition = 0; partition < TestKafka.PARTITIONS; partition++) {
                    asked.put(
                            new TopicPartition(Topics.feed(realm, Feeds.GATEWAY).name(), partition),
                            OffsetSpec.latest());
                }
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(Feeds.GATEWAY.lane().group(STREAMS), offsets)
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static GatewayStatus event(String deviceId, EventStatus status) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return GatewayStatus.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("sample/" + deviceId + "/1")
                        .setVendor("sample")
                        .setDeviceId(deviceId)
                        .setEventTime(now)
                        .setReceivedAt(now)
                        .setStatus(status)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/sample/gateway/" + deviceId)
                                .setFormat("json")
                                .setBridge("test")
                                .build())
                        .build())
                .setState(GatewayState.UP)
                .build();
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers);
    }
}
