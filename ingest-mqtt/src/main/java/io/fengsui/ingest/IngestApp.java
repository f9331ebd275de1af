package io.fengsui.ingest;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.kafka.KafkaCluster;
import io.fengsui.ingest.kafka.KafkaRecordSink;
import io.fengsui.ingest.kafka.PulseWriter;
import io.fengsui.ingest.kafka.RecordWriters;
import io.fengsui.ingest.kafka.SlotBoard;
import io.fengsui.ingest.kafka.SlotGroup;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.PahoMqttSource;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ops.PartialMessage;
import io.fengsui.ops.SlotState;
import io.fengsui.platform.App;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.serde.SchemaNotRegisteredException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge as an app. The constructor is the wiring, in the order in which a message flows. */
public final class IngestApp implements App {
    private static final Logger logger = LoggerFactory.getLogger(IngestApp.class);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final String processId = UUID.randomUUID().toString();
    private final IngestConfig config;
    private final InstantSource clock;
    private final IngestMetrics metrics;
    private final KafkaCluster kafka;
    private final SchemaRegistryClient registry;
    private final RecordWriters writers;
    private final CompactedTable<Device> devices;
    private final CompactedTable<VendorFactors> factors;
    private final DeviceRegistry who;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final SlotBoard board;
    private final Handover handover;
    private final Lease lease;
    private final Lines lines;
    private final SlotGroup group;
    private final PulseWriter pulses;
    private final CompactedTable<PartialMessage> keptParts;
    private final PendingParts parts;
    private final PartTimeouts partTimeouts;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean started;

    /** Opens nothing yet. */
    public IngestApp(IngestConfig config, MeterRegistry meters, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        metrics = new IngestMetrics(meters);
        registry = SchemaRegistry.connect(config.registry());
        writers = new RecordWriters(registry);
        kafka = new KafkaCluster(admin(config), config.probeTimeout());
        Keepers keepers = new Keepers(Feeds.all());
        devices = new CompactedTable<>(Topics.REF_DEVICE, config.kafka(), registry, "ingest", keepers);
        factors = new CompactedTable<>(Topics.REF_FACTOR, config.kafka(), registry, "ingest", (vendor, codes) -> {});
        keptParts = new CompactedTable<>(Topics.PARTIAL, config.kafka(), registry, "ingest", (device, part) -> {});
        parts = new PendingParts(Decoders.standard(factors::get), config.partialTimeout());
        who = new DeviceRegistry(devices::get, keepers);
        Slots slots = config.slots();
        board = new SlotBoard(config.kafka(), registry, writers, () -> producer("ingest-slot"), this::heard, clock);
        handover = new Handover(config.bridgeId(), slots, this::note, board::healthy, clock);
        lease = new Lease(config.lease(), clock);
        lines = new Lines(slots, this::line, handover, board, lease);
        lines.bind(metrics);
        group = new SlotGroup(this::consumer, lines, lease, clock);
        pulses = new PulseWriter(this::hearts, config.pulseInterval(), clock);
        partTimeouts = new PartTimeouts(parts, this::way, who, metrics, this::isFlowing, clock);
    }

    private void heard(String slot, @Nullable SlotState state) {
        handover.heard(
                slot,
                state == null
                        ? null
                        : new Handover.Standing(state.getSession(), state.getRevision(), state.getReached()));
    }

    private void note(Slot slot, Handover.Standing standing) {
        board.write(
                config.slots().partition(slot),
                SlotState.newBuilder()
                        .setSlot(slot.name())
                        .setSession(standing.session())
                        .setSince(clock.instant())
                        .setBridge(config.bridgeId() + " " + processId)
                        .setRevision(standing.revision())
                        .setReached(standing.reached())
                        .build());
    }

    /** What serves a slot, in the order in which a message flows. */
    private Line line(Slot slot, String note) {
        int partition = config.slots().partition(slot);
        parts.restore(keptParts.values(), topic -> servedBy(topic).equals(slot), clock.instant());
        KafkaRecordSink sink = new KafkaRecordSink(
                () -> producer("ingest-" + slot.name()), () -> kafka.probe(writtenTopics()), writers, partitions);
        Tenure tenure = new Tenure(
                slot,
                note,
                kept -> group.confirm(partition, kept),
                sink,
                () -> lines.awaitTurn(slot),
                handover,
                () -> UUID.randomUUID().toString());
        MqttSource source = new PahoMqttSource(slot, config.mqtt(), tenure, clock, RandomGenerator.getDefault());
        RejectionNotices notices = new RejectionNotices(source, config.rejectionInterval(), clock, metrics);
        Bridge bridge = new Bridge(config.slots(), slot, handover, who, parts, sink, notices, metrics, clock);
        return new Line(slot, source, sink, notices, bridge, lease);
    }

    private List<PulseWriter.Heart> hearts() {
        return lines.all().stream()
                .map(line -> new PulseWriter.Heart(
                        line.slot(), config.slots().of(line.slot().lane()), line.sink(), line::isFlowing))
                .toList();
    }

    private Slot servedBy(String mqttTopic) {
        return config.slots().seeing(mqttTopic).get(0);
    }

    /** How a beginning without end is told of; empty if another bridge serves its slot. */
    private Optional<PartTimeouts.Way> way(String mqttTopic) {
        return lines.of(servedBy(mqttTopic)).map(line -> new PartTimeouts.Way(line.sink(), line.notices()));
    }

    private boolean isFlowing() {
        return lines.all().stream().allMatch(Line::isFlowing);
    }

    private static Map<String, Object> admin(IngestConfig config) {
        Map<String, Object> admin = new HashMap<>(config.kafka());
        int timeout = Math.toIntExact(config.probeTimeout().toMillis());
        admin.put("client.id", "ingest-admin");
        admin.put("request.timeout.ms", timeout);
        admin.put("default.api.timeout.ms", timeout);
        return admin;
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(config.group(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<String, byte[]> producer(String clientId) {
        Map<String, Object> producer = new HashMap<>(config.producer());
        producer.put("client.id", clientId);
        return new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Kafka, registry and reference data first, then the slots. Whatever does not answer is tried again until the start
     * timeout. A bridge that gets no slot is ready to take one over.
     */
    @Override
    public void start() throws InterruptedException {
        Instant deadline = clock.instant().plus(config.startTimeout());
        List<Topic<?>> topics = writtenTopics();
        partitions.putAll(awaitTopics(topics, deadline));
        requireSlots();
        awaitSchemas(topics, deadline);
        devices.start();
        factors.start();
        keptParts.start();
        board.start();
        devices.awaitLoaded(Duration.between(clock.instant(), deadline));
        board.awaitLoaded(Duration.between(clock.instant(), deadline));
        factors.awaitLoaded(Duration.between(clock.instant(), deadline));
        keptParts.awaitLoaded(Duration.between(clock.instant(), deadline));
        group.start();
        pulses.start();
        partTimeouts.start();
        started = true;
        awaitSlots(deadline);
        logger.info("The bridge takes messages from {}", config.mqtt().uri());
    }

    private void requireSlots() {
        int wanted = config.slots().all().size();
        int have = partitions.getOrDefault(Topics.SLOT.name(), 0);
        if (have < wanted) {
            throw new StartException(Topics.SLOT.name() + " has " + have + " partitions, too few for the " + wanted
                    + " slots: " + GroupSettings.SLOTS + " and the two lanes; run 'fengsui topics apply --slots "
                    + wanted
                    + "'");
        }
    }

    private static List<Topic<?>> writtenTopics() {
        List<Topic<?>> topics = new ArrayList<>(Topics.allDeadLetters());
        topics.add(Topics.PULSE);
        topics.add(Topics.PARTIAL);
        topics.add(Topics.SLOT);
        for (Realm realm : Realm.values()) {
            for (Feed<?> feed : Feeds.all()) {
                topics.add(Topics.feed(realm, feed));
            }
        }
        return List.copyOf(topics);
    }

    private Map<String, Integer> awaitTopics(List<Topic<?>> topics, Instant deadline) throws InterruptedException {
        while (true) {
            try {
                return kafka.partitions(topics);
            } catch (TimeoutException e) {
                retry(deadline, "Kafka at " + config.kafka().get("bootstrap.servers") + " does not answer", e);
            }
        }
    }

    /** Schema ids are looked up now and kept, so that the registry may go down while messages flow. */
    private void awaitSchemas(List<Topic<?>> topics, Instant deadline) throws InterruptedException {
        boolean prepared = false;
        while (!prepared) {
            try {
                writers.prepare(topics);
                prepared = true;
            } catch (SchemaNotRegisteredException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            } catch (RegistryUnavailableException e) {
                retry(deadline, String.valueOf(e.getMessage()), e);
            }
        }
    }

    private void awaitSlots(Instant deadline) throws InterruptedException {
        String waitsFor = waitsFor();
        while (!waitsFor.isEmpty()) {
            retry(deadline, waitsFor, null);
            waitsFor = waitsFor();
        }
    }

    /** Empty once the coordinator has given this bridge its slots, if any, and each is subscribed. */
    private String waitsFor() {
        if (!group.failure().isEmpty()) {
            throw new StartException(
                    "This bridge cannot take part in group " + config.bridgeId() + ": " + group.failure());
        }
        if (!group.hasJoined()) {
            return "Kafka's coordinator of group " + config.bridgeId() + " has not said which slots are this bridge's";
        }
        return lines.all().stream()
                .filter(line -> !line.isSubscribed())
                .findFirst()
                .map(line -> line.slot().clientId() + " is not subscribed: "
                        + line.source().state().detail())
                .orElse("");
    }

    private void retry(Instant deadline, String trouble, @Nullable Exception cause) throws InterruptedException {
        boolean over = !clock.instant().isBefore(deadline);
        if (over || closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            String message =
                    trouble + (over ? " (tried for " + config.startTimeout().toSeconds() + " s)" : " (closed)");
            throw cause == null ? new StartException(message) : new StartException(message, cause);
        }
    }

    @Override
    public Health check() {
        Map<String, String> details = new LinkedHashMap<>();
        List<Line> held = lines.all();
        boolean ready = started && group.hasJoined();
        boolean live = group.failure().isEmpty();
        details.put(
                "group",
                live
                        ? "holds " + held.size() + " of " + config.slots().all().size() + " slots"
                                + (held.isEmpty() ? "; standby" : "")
                        : "takes part no more: " + group.failure() + "; restart");
        for (Slot slot : config.slots().all()) {
            details.put(slot.name(), lines.of(slot).map(IngestApp::describe).orElse("not held by this bridge"));
        }
        for (Line line : held) {
            ready &= line.isSubscribed();
            live &= line.source().alive();
        }
        live &= followed(devices, Topics.REF_DEVICE, "devices", details);
        live &= followed(factors, Topics.REF_FACTOR, "vendors", details);
        live &= followed(keptParts, Topics.PARTIAL, "parts", details);
        if (!board.healthy()) {
            details.put(Topics.SLOT.name(), "is no longer followed; restart");
            live = false;
        }
        if (!live) {
            return Health.dead(details);
        }
        return ready ? Health.up(details) : Health.notReady(details);
    }

    private static boolean followed(CompactedTable<?> table, Topic<?> topic, String what, Map<String, String> details) {
        details.put(
                topic.name(), table.healthy() ? table.values().size() + " " + what : "is no longer followed; restart");
        return table.healthy();
    }

    private static String describe(Line line) {
        MqttSource.State state = line.source().state();
        return state.phase() + " since " + state.since() + ": " + state.detail();
    }

    @Override
    public void close() {
        closing.countDown();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (started) {
            pulses.close();
            partTimeouts.close();
            group.close();
        }
        board.close();
        devices.close();
        factors.close();
        keptParts.close();
        kafka.close();
        try {
            registry.close();
        } catch (IOException e) {
            logger.debug("The registry's client did not close in order", e);
        }
    }
}
