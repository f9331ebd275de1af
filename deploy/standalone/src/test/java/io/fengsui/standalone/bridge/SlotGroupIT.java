package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.ingest.IngestApp;
import io.fengsui.ingest.IngestConfig;
import io.fengsui.ingest.Lease;
import io.fengsui.ingest.kafka.RecordWriters;
import io.fengsui.ingest.kafka.SlotBoard;
import io.fengsui.ingest.kafka.SlotGroup;
import io.fengsui.ops.SlotState;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.kafka.EmbeddedKafka;
import io.fengsui.standalone.process.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bridges agree on through Kafka, with a real broker and without MQTT. */
class SlotGroupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<Integer> BOTH = Set.of(0, 1);

    @TempDir
    private static Path directory;

    private static final MockSchemaRegistryClient REGISTRY = new MockSchemaRegistryClient();
    private static final Ports PORTS = Ports.free();
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new EmbeddedKafka(directory, PORTS.kafka(), PORTS.controller());
        kafka.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", PORTS.bootstrapServers()))) {
            assertThat(new TopicAdmin(admin, REGISTRY, 1, (short) 1).apply(Topics.fixed(), false))
                    .allMatch(TopicAdmin.Outcome::ok);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldHandTheNoteOfASlotToItsNextHolder() throws Exception {
        try (Bridge first = new Bridge("notes", "")) {
            await().atMost(PATIENCE).until(() -> first.held().equals(BOTH));
            assertThat(first.notes).containsEntry(0, "").containsEntry(1, "");
            assertThat(first.group.confirm(0, "session-a")).isEmpty();
            assertThat(first.group.confirm(0, "session-b")).isEmpty();
        }
        try (Bridge next = new Bridge("notes", "")) {
            await().atMost(PATIENCE).until(() -> next.held().equals(BOTH));
            assertThat(next.notes).containsEntry(0, "session-b").containsEntry(1, "");
        }
    }

    @Test
    void shouldShareTheSlotsAndTakeThemBackFromABridgeThatLeaves() throws Exception {
        try (Bridge first = new Bridge("share", "")) {
            await().atMost(PATIENCE).until(() -> first.held().equals(BOTH));
            int passedOn;
            try (Bridge second = new Bridge("share", "")) {
                await().atMost(PATIENCE)
                        .until(() -> first.held().size() == 1 && second.held().size() == 1);
                assertThat(first.held()).doesNotContainAnyElementsOf(second.held());
                passedOn = second.held().iterator().next();
                assertThat(first.group.confirm(passedOn, "mine")).isEqualTo("the slot is given up");
                assertThat(second.group.confirm(passedOn, "second's")).isEmpty();
            }
            await().atMost(PATIENCE).until(() -> first.held().equals(BOTH));
            assertThat(first.notes).containsEntry(passedOn, "second's");
            assertThat(first.lost).as("given up in order").isEmpty();
            assertThat(first.lease.isOver()).isFalse();
        }
    }

    /** Two with one name would take the slots from each other for ever; who was there first stops, and says why. */
    @Test
    void shouldServeNothingOnceAnotherBridgeHasTheSameName() {
        try (Bridge first = new Bridge("fenced", "one")) {
            await().atMost(PATIENCE).until(() -> first.held().equals(BOTH));
            try (Bridge second = new Bridge("fenced", "one")) {
                await().atMost(PATIENCE).until(() -> !first.group.failure().isEmpty());
                await().atMost(PATIENCE).until(() -> second.held().equals(BOTH));

                assertThat(first.group.failure()).contains("ingest.group.instance.id");
                assertThat(first.lost).containsExactlyInAnyOrderElementsOf(BOTH);
                assertThat(first.held()).isEmpty();
                assertThat(second.group.failure()).isEmpty();
            }
        }
    }

    @Test
    void shouldGiveABridgeThatIsRestartedUnderItsNameItsSlotsBack() {
        try (Bridge other = new Bridge("named", "two")) {
            Set<Integer> before;
            try (Bridge first = new Bridge("named", "one")) {
                await().atMost(PATIENCE)
                        .until(() -> first.held().size() == 1 && other.held().size() == 1);
                before = first.held();
            }
            try (Bridge again = new Bridge("named", "one")) {
                await().atMost(PATIENCE).until(() -> again.held().equals(before));
                assertThat(other.held()).hasSize(1);
            }
        }
    }

    @Test
    void shouldTellHowToMendATopicWithTooFewPartitions() {
        IngestConfig config = IngestConfig.of(settings("few", "").with("ingest.slots", "dust-sensor,grid-report@west"));
        try (IngestApp app = new IngestApp(config, new SimpleMeterRegistry(), InstantSource.system())) {
            assertThatThrownBy(app::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("ingest.slot has 2 partitions, too few for the 4 slots")
                    .hasMessageContaining("fengsui topics apply --slots 4");
        }
    }

    @Test
    void shouldTellAllBridgesWhereASlotStands() throws Exception {
        Map<String, SlotState> heard = new ConcurrentHashMap<>();
        SlotState state = state("life-safety", "session-a");
        try (SlotBoard writer = board(PORTS.bootstrapServers(), new ConcurrentHashMap<>(), InstantSource.system())) {
            writer.write(0, state("life-safety", "older"));
            writer.write(0, state);
        }
        try (SlotBoard reader = board(PORTS.bootstrapServers(), heard, InstantSource.system())) {
            reader.start();
            reader.awaitLoaded(PATIENCE);

            assertThat(reader.get("life-safety")).contains(state);
            assertThat(heard).containsEntry("life-safety", state);
            assertThat(reader.healthy()).isTrue();
        }
    }

    @Test
    void shouldWriteWhereASlotStandsOnceKafkaIsThere(@TempDir Path late) throws Exception {
        Ports ports = Ports.free();
        Instant[] now = {Instant.parse("2026-11-23T00:00:00Z")};
        Map<String, SlotState> heard = new ConcurrentHashMap<>();
        try (SlotBoard board = board(ports.bootstrapServers(), heard, () -> now[0]);
                EmbeddedKafka starting = new EmbeddedKafka(late, ports.kafka(), ports.controller())) {
            board.write(0, state("life-safety", "kept"));
            board.write(1, state("telemetry", "given up"));
            board.forget(1);
            starting.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", ports.bootstrapServers()))) {
                new TopicAdmin(admin, REGISTRY, 1, (short) 1).apply(List.of(Topics.SLOT), false);
            }
            board.start();
            await().atMost(PATIENCE).until(() -> {
                now[0] = now[0].plusSeconds(2);
                board.turn();
                return heard.containsKey("life-safety");
            });

            assertThat(heard.get("life-safety").getSession()).isEqualTo("kept");
            assertThat(heard).doesNotContainKey("telemetry");
        }
    }

    private static SlotBoard board(String servers, Map<String, SlotState> heard, InstantSource clock) {
        RecordWriters writers = new RecordWriters(REGISTRY);
        return new SlotBoard(
                Map.of("bootstrap.servers", servers),
                REGISTRY,
                writers,
                () -> producer(servers),
                (slot, state) -> heard.put(slot, state),
                clock);
    }

    private static Producer<String, byte[]> producer(String servers) {
        Map<String, Object> producer =
                new HashMap<>(IngestConfig.of(Settings.empty().with("bootstrap.servers", servers))
                        .producer());
        producer.put("max.block.ms", 200);
        return new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer());
    }

    private static SlotState state(String slot, String session) {
        return SlotState.newBuilder()
                .setSlot(slot)
                .setSession(session)
                .setSince(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setBridge("one")
                .setRevision(1)
                .setReached(Map.of())
                .build();
    }

    private static Settings settings(String id, String name) {
        return Settings.empty()
                .with("bootstrap.servers", PORTS.bootstrapServers())
                .with("ingest.bridge.id", id)
                .with("ingest.group.instance.id", name);
    }

    /** A bridge without MQTT. */
    private static final class Bridge implements SlotGroup.Holder, AutoCloseable {
        private final Set<Integer> held = new HashSet<>();
        private final Map<Integer, String> notes = new ConcurrentHashMap<>();
        private final List<Integer> lost = new CopyOnWriteArrayList<>();
        private final Lease lease;
        private final SlotGroup group;

        Bridge(String id, String name) {
            IngestConfig config = IngestConfig.of(settings(id, name));
            lease = new Lease(config.lease(), InstantSource.system());
            group = new SlotGroup(
                    () -> new KafkaConsumer<>(config.group(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    this,
                    lease,
                    InstantSource.system());
            group.start();
        }

        synchronized Set<Integer> held() {
            return Set.copyOf(held);
        }

        @Override
        public synchronized void assigned(Map<Integer, String> former) {
            held.addAll(former.keySet());
            notes.putAll(former);
        }

        @Override
        public synchronized void revoked(Set<Integer> partitions) {
            held.removeAll(partitions);
        }

        @Override
        public synchronized void lost(Set<Integer> partitions) {
            held.removeAll(partitions);
            lost.addAll(partitions);
        }

        @Override
        public void turn() {
            // Nothing to be done.
        }

        @Override
        public void close() {
            group.close();
        }
    }
}
