package io.fengsui.alerting.topology;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static io.fengsui.alerting.testkit.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.CommandAuthority;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.SignalAction;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.incident.CorrelationFile;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AlertTopologyTest {
    private static final String APPLICATION = "fengsui-alerting";
    private static final CorrelationRules RULES = rules();

    private final BreakableRegistry registry = new BreakableRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> readerTopics = new TreeSet<>();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private DutyPlan plan = DutyPlan.NONE;
    private Instant now = T0.plusMillis(40);
    private long steady;

    @BeforeEach
    void start() throws Exception {
        List<Unit> units = List.of(unit("zhangpu", UnitKind.TOWNSHIP), unit("work-safety", UnitKind.DEPARTMENT));
        for (Topic<?> topic : Topics.all(units, List.of())) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
            if (topic.name().endsWith(".alert")) {
                readerTopics.add(topic.name());
            }
        }
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(topology(), settings, T0);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldBeTheGoldenTopology() throws IOException {
        Path golden = Path.of("src/test/resources/topology.txt");

        assertThat(topology().describe().toString())
                .as("if the change is meant, renew %s", golden)
                .isEqualTo(Files.readString(golden));
    }

    @Test
    void shouldTellStateTownshipAndDepartmentWhenASignalRaises() {
        signal(Realm.LIVE, raise(T0).build());

        Alert alert = alerts(Topics.alertState(Realm.LIVE)).get(0);
        assertThat(alert.getState()).isEqualTo(AlertState.FIRING);
        assertThat(alert.getChangedAt()).isEqualTo(T0.plusMillis(40));
        assertThat(alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu"))).containsExactly(alert);
        assertThat(alerts(Topics.cityAlert(Realm.LIVE, "work-safety"))).containsExactly(alert);
        assertThat(meters.get("fengsui.alerting.signals")
                        .tags("realm", "LIVE", "outcome", "RAISED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("fengsui.alerting.signal.lag")
                        .tag("lane", "telemetry")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }

    @Test
    void shouldTellEachChangeOnceWhenSignalsAndCommandsMeet() {
        signal(Realm.LIVE, raise(T0).build());
        signal(Realm.LIVE, raise(T0).build());
        order(Realm.LIVE, CommandAction.ACKNOWLEDGE, "c1");
        order(Realm.LIVE, CommandAction.ACKNOWLEDGE, "c1");
        signal(Realm.LIVE, raise(T0.plusSeconds(1)).setSeverity(Severity.I).build());
        signal(Realm.LIVE, clear(T0.plusSeconds(2)).build());
        order(Realm.LIVE, CommandAction.CANCEL, "c2");

        List<Alert> told = alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu"));
        assertThat(told)
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.FIRING, AlertState.RESOLVED);
        assertThat(told).extracting(Alert::getRevision).containsExactly(1, 2, 3, 4);
        assertThat(alerts(Topics.alertState(Realm.LIVE))).isEqualTo(told);
        assertThat(AlertingMeters.COMMANDS
                        .counter(meters, "LIVE", "CANCEL", "ENDED")
                        .count())
                .isEqualTo(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void shouldRefuseAndAuditWhatNoConsoleAllowed() {
        signal(Realm.LIVE, raise(T0).build());
        CommandAuthority city = authority(Role.CITY_DUTY_OFFICER, null, Realm.LIVE);

        order(Realm.LIVE, command(CommandAction.CANCEL, "c1"));
        order(Realm.LIVE, command(CommandAction.CANCEL, "c2").setAuthority(with(city, "OPEN", "limin")));
        order(Realm.LIVE, command(CommandAction.CANCEL, "c3").setAuthority(with(city, "SHELL", "limin")));
        order(Realm.LIVE, command(CommandAction.CANCEL, "c4").setAuthority(with(city, "PASSWORD", "")));
        order(
                Realm.LIVE,
                command(CommandAction.CANCEL, "c5").setAuthority(authority(Role.CITY_DUTY_OFFICER, null, Realm.DRILL)));

        assertThat(alerts(Topics.alertState(Realm.LIVE)))
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING);
        assertThat(audited())
                .extracting(AuditEntry::getCommandId, AuditEntry::getOutcome, AuditEntry::getReason)
                .containsExactly(
                        tuple("c1", AuditOutcome.REFUSED, "NOT_AUTHORISED"),
                        tuple("c2", AuditOutcome.REFUSED, "NOT_AUTHORISED"),
                        tuple("c3", AuditOutcome.REFUSED, "NOT_AUTHORISED"),
                        tuple("c4", AuditOutcome.REFUSED, "NOT_AUTHORISED"),
                        tuple("c5", AuditOutcome.REFUSED, "NOT_AUTHORISED"));
    }

    private static CommandAuthority with(CommandAuthority authority, String via, String user) {
        return CommandAuthority.newBuilder(authority).setVia(via).setUser(user).build();
    }

    @Test
    void shouldRefuseAndAuditAnotherUnitsCommandAndAReplayedOne() {
        signal(Realm.LIVE, raise(T0).build());
        AlertCommand.Builder own = command(CommandAction.ACKNOWLEDGE, "c2")
                .setAuthority(authority(Role.UNIT_OFFICER, "zhangpu", Realm.LIVE));

        order(
                Realm.LIVE,
                command(CommandAction.ACKNOWLEDGE, "c1")
                        .setAuthority(authority(Role.UNIT_OFFICER, "zhoushi", Realm.LIVE)));
        order(Realm.LIVE, own);
        order(Realm.LIVE, own);

        assertThat(alerts(Topics.alertState(Realm.LIVE)))
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED);
        assertThat(audited())
                .extracting(AuditEntry::getCommandId, AuditEntry::getOutcome, AuditEntry::getReason)
                .containsExactly(
                        tuple("c1", AuditOutcome.REFUSED, "NOT_PERMITTED"),
                        tuple("c2", AuditOutcome.DONE, null),
                        tuple("c2", AuditOutcome.REPEATED, "REPEATED"));
    }

    /** The history is bounded: a copy of an old command must not act on what was raised since. */
    @Test
    void shouldRefuseAndAuditAReplayThatTheHistoryNoLongerKnows() {
        signal(Realm.LIVE, raise(T0).build());
        AlertCommand.Builder once = command(CommandAction.ACKNOWLEDGE, "c1")
                .setRevision(1)
                .setAuthority(authority(Role.CITY_DUTY_OFFICER, null, Realm.LIVE));
        order(Realm.LIVE, once);
        for (int i = 1; i <= 100; i++) {
            signal(Realm.LIVE, clear(T0.plusSeconds(2L * i)).build());
            signal(Realm.LIVE, raise(T0.plusSeconds(2L * i + 1)).build());
        }
        List<Alert> before = alerts(Topics.alertState(Realm.LIVE));
        Alert open = before.get(before.size() - 1);
        assertThat(open.getState()).isEqualTo(AlertState.FIRING);
        assertThat(open.getHistory()).noneMatch(change -> "c1".equals(change.getCommandId()));

        order(Realm.LIVE, once);

        assertThat(alerts(Topics.alertState(Realm.LIVE))).as("nothing more").isEmpty();
        assertThat(audited())
                .extracting(AuditEntry::getCommandId, AuditEntry::getOutcome, AuditEntry::getReason)
                .containsExactly(
                        tuple("c1", AuditOutcome.DONE, null), tuple("c1", AuditOutcome.REFUSED, "CHANGED_SINCE"));
    }

    /** Life safety and people's commands have sources of their own, whose records seem to be older than all others. */
    @Test
    void shouldKeepTheRealTimeOfWhatGoesAhead() {
        input(
                Topics.alertSignal(Realm.LIVE, Lane.LIFE_SAFETY),
                DUST,
                raise(T0).setLifeSafety(true).build());
        order(Realm.LIVE, CommandAction.ACKNOWLEDGE, "c1");

        assertThat(driver.createOutputTopic(
                                Topics.alertState(Realm.LIVE).name(),
                                new StringDeserializer(),
                                AvroSerde.of(registry, Topics.alertState(Realm.LIVE))
                                        .deserializer())
                        .readRecordsToList())
                .filteredOn(told -> told.value() != null)
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.getRecordTime()).isEqualTo(T0));
    }

    @Test
    void shouldSayInTheAuditWhoWasAllowedFromWhere() {
        signal(Realm.LIVE, raise(T0).build());
        order(Realm.LIVE, CommandAction.ACKNOWLEDGE, "c1");

        assertThat(audited()).singleElement().satisfies(entry -> {
            assertThat(entry.getUser()).isEqualTo("limin");
            assertThat(entry.getRole()).isEqualTo("city-duty-officer");
            assertThat(entry.getAddress()).isEqualTo("10.0.0.7");
            assertThat(entry.getAct()).isEqualTo("acknowledge");
            assertThat(entry.getRealm()).isEqualTo("live");
            assertThat(entry.getAlertId()).isEqualTo(DUST);
            assertThat(entry.getAt()).isEqualTo(T0.plusMillis(40));
        });
    }

    @Test
    void shouldDecideOnceWhenSignalsAreNearlySimultaneous() {
        for (int i = 0; i < 10; i++) {
            signal(Realm.LIVE, raise(T0).setEventId("suke/DC-0001/" + i).build());
        }

        assertThat(alerts(Topics.alertState(Realm.LIVE))).hasSize(1);
    }

    @Test
    void shouldKeepADrillBehindItsPrefixWhenTheSameAlertIsLive() {
        signal(
                Realm.DRILL,
                raise(T0).setStatus(EventStatus.EXERCISE).setExercise("2026 演练").build());
        signal(Realm.LIVE, raise(T0).build());
        order(Realm.DRILL, CommandAction.CANCEL, "c1");

        assertThat(alerts(Topics.alertState(Realm.LIVE)))
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING);
        assertThat(alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu")))
                .extracting(Alert::getStatus)
                .containsExactly(EventStatus.ACTUAL);
        assertThat(alerts(Topics.alertState(Realm.DRILL)))
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING, AlertState.CANCELLED);
        assertThat(alerts(Topics.townshipAlert(Realm.DRILL, "zhangpu"))).hasSize(2);
        assertThat(alerts(Topics.cityAlert(Realm.DRILL, "work-safety"))).hasSize(2);
    }

    @Test
    void shouldKeepTheAccountOfALiveAlertThatIsOverAndOfNoExercise() {
        signal(Realm.LIVE, raise(T0).build());
        signal(
                Realm.DRILL,
                raise(T0).setStatus(EventStatus.EXERCISE).setExercise("2026 演练").build());
        assertThat(accounts()).as("it is open").isEmpty();

        order(Realm.DRILL, CommandAction.CANCEL, "c1");
        order(Realm.LIVE, CommandAction.CANCEL, "c2");
        order(
                Realm.LIVE,
                command(CommandAction.COMMENT, "c3")
                        .setNote("已核实")
                        .setAuthority(authority(Role.CITY_DUTY_OFFICER, null, Realm.LIVE)));

        assertThat(accounts())
                .extracting(AlertAccount::getAlertId, AlertAccount::getRevision, AlertAccount::getState)
                .containsExactly(tuple(DUST, 2, AlertState.CANCELLED), tuple(DUST, 3, AlertState.CANCELLED));
    }

    private List<AlertAccount> accounts() {
        return driver.createOutputTopic(
                        Topics.ALERT_ACCOUNT.name(),
                        new StringDeserializer(),
                        AvroSerde.of(registry, Topics.ALERT_ACCOUNT).deserializer())
                .readValuesToList();
    }

    @Test
    void shouldBuryAnExerciseWhenItComesInALiveTopic() {
        signal(Realm.LIVE, raise(T0).setStatus(EventStatus.EXERCISE).build());

        assertThat(deadLetters()).extracting(DeadLetter::getReason).containsExactly("PROCESSING_FAILED");
        assertThat(alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu"))).isEmpty();
        assertThat(alerts(Topics.alertState(Realm.DRILL))).isEmpty();
    }

    @Test
    void shouldBuryWhatCannotBeReadAndGoOn() {
        Topic<AlertSignal> signals = Topics.alertSignal(Realm.LIVE);
        bytes(signals, DUST, "not avro".getBytes(StandardCharsets.UTF_8));
        bytes(signals, DUST, new byte[] {0, 0, 0, 0x7f, 0x7f, 1});
        bytes(signals, DUST, null);
        bytes(Topics.alertCommand(Realm.DRILL), null, new byte[0]);
        input(signals, "another-key", raise(T0).build());
        input(signals, null, raise(T0).build());
        signal(Realm.LIVE, raise(T0).setAction(SignalAction.UNKNOWN).build());
        signal(Realm.LIVE, raise(T0).build());

        List<DeadLetter> letters = deadLetters();
        assertThat(letters)
                .extracting(DeadLetter::getReason)
                .containsExactly(
                        Rejection.NOT_AVRO.name(),
                        Rejection.UNKNOWN_SCHEMA_ID.name(),
                        Rejection.NULL_VALUE.name(),
                        Rejection.NOT_AVRO.name(),
                        Rejection.KEY_MISMATCH.name(),
                        Rejection.KEY_MISMATCH.name(),
                        Rejection.PROCESSING_FAILED.name());
        assertThat(letters.get(0)).satisfies(letter -> {
            assertThat(letter.getPayload().array()).asString().isEqualTo("not avro");
            assertThat(letter.getStage()).isEqualTo(DeadLetterStage.STREAMS);
            assertThat(letter.getKafkaTopic()).isEqualTo("alert.signal");
            assertThat(letter.getKafkaPartition()).isZero();
            assertThat(letter.getKafkaOffset()).isZero();
            assertThat(letter.getProcess()).isEqualTo(APPLICATION);
        });
        assertThat(letters.get(2).getPayload()).isNull();
        assertThat(AlertingMeters.DEAD_LETTERS
                        .counter(meters, "LIVE", "signals", "KEY_MISMATCH")
                        .count())
                .isEqualTo(2);
        assertThat(AlertingMeters.DEAD_LETTERS
                        .counter(meters, "DRILL", "commands", "NOT_AVRO")
                        .count())
                .isEqualTo(1);
        assertThat(letters.get(3).getKafkaTopic()).isEqualTo("drill.alert.command");
        assertThat(alerts(Topics.alertState(Realm.LIVE))).hasSize(1);
    }

    @Test
    void shouldCountWhatAlarmsAreRaisedOnFromZero() {
        assertThat(meters.get("fengsui.alerting.dead.letters")
                        .tags("realm", "LIVE", "input", "signals")
                        .counters())
                .hasSize(5)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(meters.get("fengsui.alerting.unknown.targets").counters()).hasSize(2);
    }

    @Test
    void shouldTellTheSecondOfTwoOrdersThoughTheFirstIsAcknowledged() {
        signal(Realm.LIVE, raise(T0).setEventId("lift/1").setOccasion("WX-1").build());
        order(Realm.LIVE, CommandAction.ACKNOWLEDGE, "c1");
        signal(
                Realm.LIVE,
                raise(T0.plusSeconds(1))
                        .setEventId("lift/2")
                        .setOccasion("WX-2")
                        .build());
        input(
                Topics.alertCommand(Realm.LIVE),
                DUST,
                command(CommandAction.RESOLVE, "c2").setRevision(2).build());

        assertThat(alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu")))
                .extracting(Alert::getState)
                .containsExactly(AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.FIRING);
        assertThat(AlertingMeters.COMMANDS
                        .counter(meters, "LIVE", "RESOLVE", "CHANGED_SINCE")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldBuryASignalWhoseAlertKafkaWouldRefuse() {
        signal(
                Realm.LIVE,
                raise(T0).setExplanation(text("长".repeat(200_000), "long")).build());

        assertThat(deadLetters()).singleElement().satisfies(letter -> assertThat(letter.getDetail())
                .contains("bytes, at most 524288"));
        assertThat(alerts(Topics.alertState(Realm.LIVE))).isEmpty();
    }

    @Test
    void shouldTellTheOthersWhenATargetIsUnknownAndSayOnceWhichTopicIsMissing() {
        Logger logger = (Logger) LoggerFactory.getLogger(AlertTargets.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        AlertSubject subject =
                subject("DC-0001").setUnitIds(List.of("atlantis", "zhangpu")).build();
        signal(Realm.LIVE, raise(T0).setSubject(subject).build());
        signal(Realm.LIVE, raise(T0).setAlertId("another").setSubject(subject).build());
        logger.detachAppender(told);

        assertThat(alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu"))).hasSize(2);
        assertThat(alerts(Topics.alertState(Realm.LIVE))).hasSize(2);
        assertThat(AlertingMeters.UNKNOWN_TARGETS.counter(meters, "LIVE").count())
                .isEqualTo(2);
        assertThat(told.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .contains("atlantis", "fengsui topics apply"));
    }

    @Test
    void shouldTryAgainAndBuryNothingWhenTheRegistryDoesNotAnswer() {
        signal(Realm.LIVE, raise(T0).build());
        byte[] ofAnotherSchema = {0, 0, 0, 0, 99, 1};
        registry.broken = true;

        assertThatThrownBy(() -> bytes(Topics.alertSignal(Realm.LIVE), DUST, ofAnotherSchema))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining(RegistryUnavailableException.class.getName());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void shouldBeginAnewWhenTheStoredStateIsUnreadable() {
        driver.<String, byte[]>getKeyValueStore(AlertStore.NAME).put("LIVE|" + DUST, new byte[] {1, 2, 3});

        signal(Realm.LIVE, raise(T0).build());

        assertThat(alerts(Topics.alertState(Realm.LIVE))).hasSize(1);
    }

    @Test
    void shouldNameTheIncidentOnItsAlertsAndTellReadersAndRaiseThePattern() {
        signal(Realm.LIVE, atPlant("dust-spark", "dust-sensor", "d1").build());
        signal(
                Realm.DRILL,
                atPlant("video-offline", "video-status", "c9")
                        .setStatus(EventStatus.EXERCISE)
                        .build());
        assertThat(incidents(Realm.LIVE)).isEmpty();

        signal(Realm.LIVE, atPlant("video-offline", "video-status", "c1").build());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        Incident incident = incidents(Realm.LIVE).get(0);
        assertThat(incident.getPatternId()).isEqualTo("two");
        assertThat(incident.getReferences()).containsExactly("dust-spark@d1", "video-offline@c1");
        List<Alert> told = alerts(Topics.townshipAlert(Realm.LIVE, "zhangpu"));
        assertThat(told)
                .filteredOn(alert -> alert.getIncidentId() != null)
                .extracting(Alert::getAlertId)
                .containsExactlyInAnyOrder("dust-spark@d1", "video-offline@c1", "two@" + incident.getIncidentId());
        assertThat(alerts(Topics.alertState(Realm.LIVE))).isEqualTo(told);
        assertThat(incidents(Realm.DRILL)).as("an exercise joins nothing live").isEmpty();
        assertThat(deadLetters()).isEmpty();
        assertThat(AlertingMeters.INCIDENT_STEPS
                        .counter(meters, "LIVE", "PATTERN_MATCHED")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldGoOnWithItsIncidentsWhenTheTaskStartsAgain() {
        signal(Realm.LIVE, atPlant("dust-spark", "dust-sensor", "d1").build());
        signal(Realm.LIVE, atPlant("video-offline", "video-status", "c1").build());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        String id = incidents(Realm.LIVE).get(0).getIncidentId();

        // What cannot be correlated at all makes the processor read its stores again.
        byte[] garbage = {0, 0, 0, 0, 99, 1};
        bytes(Topics.alertChange(Realm.LIVE), "x", garbage);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        signal(
                Realm.LIVE,
                atPlant("dust-spark", "dust-sensor", "d1")
                        .setAction(SignalAction.CLEAR)
                        .build());
        signal(
                Realm.LIVE,
                atPlant("video-offline", "video-status", "c1")
                        .setAction(SignalAction.CLEAR)
                        .build());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<Incident> told = incidents(Realm.LIVE);
        assertThat(told.get(told.size() - 1).getIncidentId()).isEqualTo(id);
        assertThat(told.get(told.size() - 1).getState()).isEqualTo(IncidentState.ENDED);
        assertThat(deadLetters()).hasSize(1);
    }

    private static AlertSignal.Builder atPlant(String rule, String feed, String device) {
        return raise(T0)
                .setAlertId(rule + "@" + device)
                .setRuleId(rule)
                .setFeed(feed)
                .setSubject(subject(device)
                        .setPlace(Place.newBuilder()
                                .setSiteId("plant")
                                .setSiteName("工厂")
                                .build())
                        .build());
    }

    private List<Incident> incidents(Realm realm) {
        Topic<Incident> topic = Topics.alertIncident(realm);
        return driver
                .createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        AvroSerde.of(registry, topic).deserializer())
                .readValuesToList()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static CorrelationRules rules() {
        try {
            return CorrelationFile.compile("incidents.yaml", """
                    join: {metres: 500, minutes: 10, reopenMinutes: 10, extentMetres: 3000}
                    patterns:
                      - id: two
                        severity: I
                        title: {zh: 二, en: two}
                        runbook: {zh: 做, en: do}
                        metres: 200
                        minutes: 30
                        needs: [{rules: [dust-spark]}, {feeds: [video-status]}]
                    """, rule -> true);
        } catch (YamlFileException e) {
            throw new AssertionError(e);
        }
    }

    private Topology topology() {
        return new AlertTopology(
                        registry,
                        new AvroWriter<>(registry, Alert.getClassSchema()),
                        () -> RULES,
                        () -> plan,
                        false,
                        readerTopics::contains,
                        APPLICATION,
                        meters,
                        new Clocks(() -> now, () -> steady))
                .build();
    }

    private void signal(Realm realm, AlertSignal signal) {
        input(Topics.alertSignal(realm), signal.getAlertId(), signal);
    }

    private void order(Realm realm, CommandAction action, String id) {
        order(realm, command(action, id).setAuthority(authority(Role.CITY_DUTY_OFFICER, null, realm)));
    }

    private void order(Realm realm, AlertCommand.Builder command) {
        input(Topics.alertCommand(realm), DUST, command.build());
    }

    private static CommandAuthority authority(Role role, String unit, Realm realm) {
        User user = new User("limin", "李敏", role, Optional.ofNullable(unit));
        return CommandAuthorities.of(
                new Visitor(Optional.of(user), Visitor.Via.PASSWORD, "10.0.0.7", null, true), realm);
    }

    private List<AuditEntry> audited() {
        return driver.createOutputTopic(
                        Topics.AUDIT.name(),
                        new StringDeserializer(),
                        AvroSerde.of(registry, Topics.AUDIT).deserializer())
                .readValuesToList();
    }

    private <T extends SpecificRecord> void input(Topic<T> topic, String key, T value) {
        bytes(topic, key, AvroSerde.of(registry, topic).serializer().serialize(topic.name(), value));
    }

    private void bytes(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, T0));
    }

    /** What has been written since the last call, each under its alert's id. */
    private List<Alert> alerts(Topic<Alert> topic) {
        return driver
                .createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        AvroSerde.of(registry, topic).deserializer())
                .readKeyValuesToList()
                .stream()
                .filter(told -> told.value != null) // a warm-up leaves a tombstone
                .peek(told -> assertThat(told.key).isEqualTo(told.value.getAlertId()))
                .map(told -> told.value)
                .toList();
    }

    private List<DeadLetter> deadLetters() {
        return driver.createOutputTopic(
                        Topics.DEAD_LETTER.name(),
                        new StringDeserializer(),
                        AvroSerde.of(registry, Topics.DEAD_LETTER).deserializer())
                .readValuesToList();
    }

    private static Unit unit(String id, UnitKind kind) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .build();
    }

    private static final class BreakableRegistry extends MockSchemaRegistryClient {
        private boolean broken;

        BreakableRegistry() {
            super(List.of(new AvroSchemaProvider()));
        }

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (broken) {
                throw new IOException("connection refused");
            }
            return super.getSchemaById(id);
        }
    }
}
