package io.fengsui.alerting.topology;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time in the topology: wall clock and steady clock are two, and both are the test's. */
class DutyProcessorTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private DutyPlan plan = Plans.plan();
    private Instant wall = T0;
    private long steady = Duration.ofDays(3).toNanos();

    @BeforeEach
    void start() throws Exception {
        for (Topic<?> topic : Topics.all(
                List.of(
                        unit("zhangpu", UnitKind.TOWNSHIP),
                        unit("work-safety", UnitKind.DEPARTMENT),
                        unit("command", UnitKind.DEPARTMENT)),
                List.of())) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        }
        driver = driver("first");
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldEscalateByItsDeadlinesAndReachTheTopicsOfWhomItIsEscalatedTo() {
        say(Realm.LIVE, Severity.I);
        pass(Duration.ofSeconds(179));
        assertThat(told("city.work-safety.alert")).hasSize(1);

        pass(Duration.ofSeconds(2));
        assertThat(told("city.work-safety.alert")).extracting(Alert::getLevel).containsExactly(CommandLevel.DEPARTMENT);
        assertThat(told("city.command.alert")).isEmpty();

        pass(Duration.ofMinutes(5));
        Alert risen = told("city.command.alert").get(0);
        assertThat(risen.getLevel()).isEqualTo(CommandLevel.CITY);
        assertThat(risen.getState()).isEqualTo(AlertState.FIRING);
        AlertChange change = risen.getHistory().get(2);
        assertThat(change.getAction()).isEqualTo(ChangeAction.ESCALATED);
        assertThat(change.getLevel()).isEqualTo(CommandLevel.CITY);
        assertThat(change.getActor()).isEqualTo("rule:escalation");
        assertThat(told("township.zhangpu.alert")).hasSize(3);

        pass(Duration.ofHours(5));
        assertThat(told("alert.state")).hasSize(3);
    }

    @Test
    void shouldTellTheCitysCommandThatItWasWithdrawn() {
        say(Realm.LIVE, Severity.I);
        pass(Duration.ofSeconds(181));
        pass(Duration.ofSeconds(301));
        input(
                Topics.alertCommand(Realm.LIVE),
                command(CommandAction.CANCEL, "c").setNote("误报").build());

        for (String topic : List.of("township.zhangpu.alert", "city.work-safety.alert", "city.command.alert")) {
            List<Alert> told = told(topic);
            assertThat(told.get(told.size() - 1).getState()).as(topic).isEqualTo(AlertState.CANCELLED);
        }
    }

    @Test
    void shouldLeaveAnAcknowledgedAlertWhereItIs() {
        say(Realm.LIVE, Severity.I);
        input(
                Topics.alertCommand(Realm.LIVE),
                command(CommandAction.ACKNOWLEDGE, "c").build());

        pass(Duration.ofHours(2));

        assertThat(told("alert.state")).hasSize(2);
    }

    @Test
    void shouldTakeOneStepAfterDowntimeAndGiveTheNextLevelItsTime() {
        say(Realm.LIVE, Severity.I);
        restartAfter(Duration.ofHours(1));

        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(290));
        assertThat(told("alert.state")).extracting(Alert::getLevel).containsExactly(CommandLevel.DEPARTMENT);

        pass(Duration.ofSeconds(10));
        assertThat(told("alert.state")).extracting(Alert::getLevel).containsExactly(CommandLevel.CITY);
    }

    @Test
    void shouldNotMindAWallClockThatIsSet() {
        say(Realm.LIVE, Severity.I);
        wall = wall.plus(Duration.ofHours(6));
        pass(Duration.ofSeconds(170));
        assertThat(told("alert.state")).as("set forth: not hastened").hasSize(1);

        wall = wall.minus(Duration.ofHours(12));
        pass(Duration.ofSeconds(11));
        assertThat(told("alert.state")).as("set back: not delayed").hasSize(1);

        pass(Duration.ofSeconds(295));
        assertThat(told("alert.state")).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(told("alert.state")).extracting(Alert::getLevel).containsExactly(CommandLevel.CITY);
    }

    @Test
    void shouldGoByADeadlineThatIsChangedOnTheRunningSystem() {
        say(Realm.LIVE, Severity.I);
        plan = Plans.of(Plans.YAML.replace("departmentMinutes: 3", "departmentMinutes: 1"));

        pass(Duration.ofSeconds(61));

        assertThat(told("alert.state")).hasSize(2);
    }

    @Test
    void shouldKeepRealmsApart() {
        say(Realm.DRILL, Severity.I);
        pass(Duration.ofSeconds(181));
        pass(Duration.ofSeconds(301));

        assertThat(told("drill.city.command.alert")).hasSize(1);
        assertThat(told("city.command.alert")).isEmpty();
        assertThat(told("alert.state")).isEmpty();
    }

    @Test
    void shouldTellOnceThatItFlapsAndOnceThatItIsOver() {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(20));
            say(Realm.LIVE, Severity.III);
            pass(Duration.ofSeconds(20));
            input(
                    Topics.alertSignal(Realm.LIVE),
                    clear(wall).setEventId("end-" + i).build());
        }
        assertThat(told("township.zhangpu.alert"))
                .extracting(alert ->
                        alert.getHistory().get(alert.getHistory().size() - 1).getAction())
                .containsExactly(
                        ChangeAction.RAISED,
                        ChangeAction.CLEARED,
                        ChangeAction.RAISED_AGAIN,
                        ChangeAction.CLEARED,
                        ChangeAction.FLAPPING);
        List<Alert> states = told("alert.state");
        assertThat(states.get(states.size() - 1).getFlaps()).isEqualTo(10);

        restartAfter(Duration.ofMinutes(4));
        pass(Duration.ofSeconds(30));
        assertThat(told("township.zhangpu.alert")).isEmpty();
        pass(Duration.ofSeconds(31));
        assertThat(told("township.zhangpu.alert")).singleElement().satisfies(over -> {
            assertThat(over.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(over.getFlaps()).isZero();
        });
    }

    /** Both clocks go on, and the topology looks. */
    private void pass(Duration time) {
        wall = wall.plus(time);
        steady += time.toNanos();
        driver.advanceWallClockTime(time);
    }

    private void restartAfter(Duration time) {
        told("alert.state");
        told("township.zhangpu.alert");
        TopologyTestDriver former = driver;
        wall = wall.plus(time);
        steady = Duration.ofMinutes(1).toNanos();
        driver = driver("second");
        KeyValueStore<String, byte[]> restored = driver.getKeyValueStore(AlertStore.NAME);
        try (KeyValueIterator<String, byte[]> kept =
                former.<String, byte[]>getKeyValueStore(AlertStore.NAME).all()) {
            kept.forEachRemaining(entry -> restored.put(entry.key, entry.value));
        }
        former.close();
        // Read again as at the start, which was before the store was filled.
        plan = Plans.of(Plans.YAML + "# restored\n");
    }

    private TopologyTestDriver driver(String directory) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "fengsui-alerting");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.resolve(directory).toString());
        AlertTopology topology = new AlertTopology(
                registry,
                new AvroWriter<>(registry, Alert.getClassSchema()),
                () -> CorrelationRules.DEFAULT,
                () -> plan,
                true,
                topic -> true,
                "fengsui-alerting",
                new SimpleMeterRegistry(),
                new Clocks(() -> wall, () -> steady));
        return new TopologyTestDriver(topology.build(), settings, wall);
    }

    private void say(Realm realm, Severity severity) {
        input(
                Topics.alertSignal(realm),
                raise(wall)
                        .setSeverity(severity)
                        .setStatus(realm == Realm.LIVE ? EventStatus.ACTUAL : EventStatus.EXERCISE)
                        .build());
    }

    private <T extends SpecificRecord> void input(Topic<T> topic, T value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        DUST, AvroSerde.of(registry, topic).serializer().serialize(topic.name(), value), wall));
    }

    /** Since the last call. */
    private List<Alert> told(String topic) {
        return driver
                .createOutputTopic(
                        topic,
                        new StringDeserializer(),
                        AvroSerde.of(registry, Topics.alertState(Realm.LIVE)).deserializer())
                .readValuesToList()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static Unit unit(String id, UnitKind kind) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .build();
    }
}
