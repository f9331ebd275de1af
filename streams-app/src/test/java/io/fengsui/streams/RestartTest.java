package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.alert.AlertSignal;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.account.Accounts;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.DeviceStateSerde;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.task.Codecs;
import io.fengsui.streams.task.DeviceProcessor;
import io.fengsui.streams.task.Incoming;
import io.fengsui.streams.task.Outgoing;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a task remembers when it starts again over its stores. */
class RestartTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final int CAMERAS = 30;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StateStore devices = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(DeviceProcessor.STORE), Serdes.String(), new DeviceStateSerde())
            .withLoggingDisabled()
            .build();
    private final StateStore accounts =
            Accounts.storeBuilder().withCachingDisabled().withLoggingDisabled().build();
    private final ReferenceView reference = City.reference();
    private int timersPerTick = 5_000;
    private Instant now = START;
    private Instant lastPulse = START;
    private MockProcessorContext<String, Outgoing> context;
    private DeviceProcessor processor;

    RestartTest() throws Exception {
        for (var topic : Topics.all(City.UNITS, City.ROUTES)) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        }
        for (int i = 0; i < CAMERAS; i++) {
            reference.putDevice("c-" + i, City.device("c-" + i, Feeds.VIDEO_STATUS, "tank-farm", null, 60));
        }
    }

    @Test
    void shouldReportASilentDeviceAtItsTimeoutAlsoOverARestart() {
        start();
        hear();
        pass(Duration.ofSeconds(170));
        processor.close();
        now = now.plusSeconds(5);
        start();
        tick();
        assertThat(silent()).isEmpty();
        pass(Duration.ofSeconds(4));
        assertThat(silent()).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(silent()).hasSize(CAMERAS);
    }

    @Test
    void shouldJudgeNothingBeforeTheBacklogIsRead() {
        start();
        hear();
        pass(Duration.ofSeconds(100));
        processor.close();
        now = now.plusSeconds(600);
        start();
        tick();
        while (lastPulse.isBefore(START.plusSeconds(160))) {
            pulse();
        }
        hear();
        while (lastPulse.isBefore(now)) {
            pulse();
        }
        tick();
        assertThat(silent()).as("heard ten minutes ago and again just now").isEmpty();
    }

    @Test
    void shouldGiveFullTimeAfterAGapBetweenPulses() {
        start();
        hear();
        pass(Duration.ofSeconds(170));
        processor.close();
        now = now.plusSeconds(60);
        lastPulse = now;
        start();
        pass(Duration.ofSeconds(178));
        assertThat(silent()).isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(silent()).hasSize(CAMERAS);
    }

    @Test
    void shouldDoNoMoreThanItsShareEachTick() {
        timersPerTick = 7;
        start();
        hear();
        pass(Duration.ofMinutes(1));
        processor.close();
        start();
        pass(Duration.ofMinutes(2));
        assertThat(silent()).isEmpty();
        now = now.plusSeconds(1);
        pulse();
        tick();
        assertThat(silent()).hasSize(7);
        tick();
        assertThat(silent()).hasSize(14);
    }

    /** A new task over the stores of the former. */
    private void start() {
        context = new MockProcessorContext<>(properties(), new TaskId(0, 0), new File("target/state"));
        for (StateStore store : List.of(devices, accounts)) {
            if (!store.isOpen()) {
                store.init(context.getStateStoreContext(), store);
            }
            context.addStateStore(store);
        }
        World world = new World(
                Lane.TELEMETRY,
                "test",
                reference,
                City.shippedRules(),
                new Codecs(registry),
                topic -> true,
                new StreamsMetrics(meters),
                new TaskBoard(),
                () -> now,
                1);
        processor = new DeviceProcessor(world, new DeviceProcessor.Limits(Duration.ofSeconds(10), timersPerTick));
        processor.init(context);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("bootstrap.servers", "none:1");
        return properties;
    }

    /** Every camera is heard now. */
    @SuppressWarnings("unchecked")
    private void hear() {
        KeyValueStore<String, DeviceState> store = (KeyValueStore<String, DeviceState>) devices;
        for (int i = 0; i < CAMERAS; i++) {
            store.put("L|c-" + i, DeviceState.heardAt(now));
        }
    }

    private void pass(Duration duration) {
        Instant until = now.plus(duration);
        while (now.isBefore(until)) {
            now = now.plusSeconds(1);
            while (lastPulse.isBefore(now)) {
                pulse();
            }
            tick();
        }
    }

    private void pulse() {
        lastPulse = lastPulse.plusSeconds(1);
        Incoming pulse =
                new Incoming.Heartbeat(Lane.TELEMETRY, "telemetry", List.of("telemetry"), lastPulse.toEpochMilli());
        processor.process(new Record<>("bridge", pulse, lastPulse.toEpochMilli()));
    }

    private void tick() {
        context.scheduledPunctuators().forEach(tick -> tick.getPunctuator().punctuate(now.toEpochMilli()));
    }

    private List<String> silent() {
        AvroReader<AlertSignal> reader = new AvroReader<>(registry, AlertSignal.class, AlertSignal.getClassSchema());
        List<String> subjects = new ArrayList<>();
        context.forwarded().forEach(forward -> {
            Outgoing out = forward.record().value();
            if (out.topic().equals(Topics.alertSignal(Realm.LIVE).name())) {
                AlertSignal signal = reader.read(out.value());
                if (signal.getSubject().getId().startsWith("c-")) {
                    subjects.add(signal.getSubject().getId());
                }
            }
        });
        return subjects;
    }
}
