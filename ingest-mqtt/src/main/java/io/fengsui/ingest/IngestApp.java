package io.fengsui.ingest;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.kafka.KafkaCluster;
import io.fengsui.ingest.kafka.KafkaRecordSink;
import io.fengsui.ingest.kafka.PulseWriter;
import io.fengsui.ingest.meter.IngestMeters;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.PahoMqttSource;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ops.PartialMessage;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge as an app. The constructor is the wiring, in the order in which a message flows. */
public final class IngestApp implements App {
    private static final Logger logger = LoggerFactory.getLogger(IngestApp.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** All that serves one slot. */
    private record Line(Slot slot, MqttSource source, KafkaRecordSink sink, Bridge bridge) {
        boolean subscribed() {
            return source.state().phase() == MqttSource.Phase.SUBSCRIBED;
        }
    }

    private final IngestConfig config;
    private final InstantSource clock;
    private final KafkaCluster kafka;
    private final SchemaRegistryClient registry;
    private final CompactedTable<Device> devices;
    private final CompactedTable<VendorFactors> factors;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final List<Line> lines = new ArrayList<>();
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
        IngestMetrics metrics = new IngestMetrics(meters);
        registry = SchemaRegistry.connect(config.registry());
        kafka = new KafkaCluster(admin(config), config.probeTimeout());
        Keepers keepers = new Keepers(Feeds.all());
        devices = new CompactedTable<>(Topics.REF_DEVICE, config.kafka(), registry, "ingest", keepers);
        factors = new CompactedTable<>(Topics.REF_FACTOR, config.kafka(), registry, "ingest", (vendor, codes) -> {});
        Decoders decoders = Decoders.standard(factors::get);
        DeviceRegistry who = new DeviceRegistry(devices::get, keepers);
        keptParts = new CompactedTable<>(Topics.PARTIAL, config.kafka(), registry, "ingest", (device, part) -> {});
        parts = new PendingParts(decoders, config.partialTimeout());
        PartTimeouts timeouts = null;
        Handover handover = new Handover(config.bridgeId(), clock);
        for (Slot slot : Slot.ofLanes(config.bridgeId())) {
            KafkaRecordSink sink = new KafkaRecordSink(() -> producer(slot), kafka::probe, registry, partitions);
            MqttSource source =
                    new PahoMqttSource(slot, config.mqtt(), sink::reopen, clock, RandomGenerator.getDefault());
            handover.watch(slot.lane(), source);
            RejectionNotices notices = new RejectionNotices(source, config.rejectionInterval(), clock, metrics);
            Bridge bridge = new Bridge(slot, handover, who, parts, sink, notices, metrics, clock);
            lines.add(new Line(slot, source, sink, bridge));
            if (slot.lane() == Feeds.BEIDOU_REPORT.lane()) {
                timeouts = new PartTimeouts(parts, sink, who, notices, metrics, source::isFlowing, clock);
            }
            metrics.gauge(IngestMeters.IN_FLIGHT, slot.lane(), source, MqttSource::inFlight);
            metrics.gauge(
                    IngestMeters.CONNECTED,
                    slot.lane(),
                    source,
                    s -> s.state().phase() == MqttSource.Phase.SUBSCRIBED ? 1 : 0);
            metrics.count(IngestMeters.CONNECTIONS_LOST, slot.lane(), source, MqttSource::connectionsLost);
            metrics.count(IngestMeters.MESSAGES_LOST, slot.lane(), source, MqttSource::messagesLost);
        }
        partTimeouts = Objects.requireNonNull(timeouts);
        pulses = new PulseWriter(
                lines.stream()
                        .map(line -> new PulseWriter.Heart(
                                line.slot().clientId(), line.slot().lane(), line.sink(), line.source()::isFlowing))
                        .toList(),
                config.pulseInterval(),
                clock);
    }

    private static Map<String, Object> admin(IngestConfig config) {
        Map<String, Object> admin = new HashMap<>(config.kafka());
        int timeout = Math.toIntExact(config.probeTimeout().toMillis());
        admin.put("client.id", "ingest-admin");
        admin.put("request.timeout.ms", timeout);
        admin.put("default.api.timeout.ms", timeout);
        return admin;
    }

    private Producer<String, byte[]> producer(Slot slot) {
        Map<String, Object> producer = new HashMap<>(config.producer());
        producer.put("client.id", "ingest-" + slot.lane().id());
        return new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Kafka, registry and reference data first, then the lanes, life-safety before telemetry. Whatever does not answer is
     * tried again until the start timeout.
     */
    @Override
    public void start() throws InterruptedException {
        Instant deadline = clock.instant().plus(config.startTimeout());
        List<Topic<?>> topics = writtenTopics();
        partitions.putAll(awaitTopics(topics, deadline));
        awaitSchemas(topics, deadline);
        devices.start();
        factors.start();
        devices.awaitLoaded(Duration.between(clock.instant(), deadline));
        factors.awaitLoaded(Duration.between(clock.instant(), deadline));
        keptParts.start();
        keptParts.awaitLoaded(Duration.between(clock.instant(), deadline));
        parts.restore(keptParts.values(), clock.instant());
        keptParts.close();
        for (Line line : lines) {
            line.source().start(line.bridge());
            awaitSubscribed(line, deadline);
        }
        pulses.start();
        partTimeouts.start();
        started = true;
        logger.info("The bridge takes messages from {}", config.mqtt().uri());
    }

    private static List<Topic<?>> writtenTopics() {
        List<Topic<?>> topics = new ArrayList<>(Topics.allDeadLetters());
        topics.add(Topics.PULSE);
        topics.add(Topics.PARTIAL);
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
        for (Line line : lines) {
            boolean prepared = false;
            while (!prepared) {
                try {
                    line.sink().prepare(topics);
                    prepared = true;
                } catch (SchemaNotRegisteredException e) {
                    throw new StartException(String.valueOf(e.getMessage()), e);
                } catch (RegistryUnavailableException e) {
                    retry(deadline, String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    private void awaitSubscribed(Line line, Instant deadline) throws InterruptedException {
        while (!line.subscribed()) {
            MqttSource.State state = line.source().state();
            retry(deadline, line.slot().clientId() + " is not subscribed: " + state.detail(), null);
        }
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
        boolean live = true;
        boolean ready = started;
        for (Line line : lines) {
            MqttSource.State state = line.source().state();
            details.put(line.slot().lane().id(), state.phase() + " since " + state.since() + ": " + state.detail());
            ready &= line.subscribed();
            live &= !started || line.source().alive();
        }
        live &= followed(devices, Topics.REF_DEVICE, "devices", details);
        live &= followed(factors, Topics.REF_FACTOR, "vendors", details);
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

    /** Lanes are closed in reverse, so that telemetry never covers for a life-safety lane that is merely closing. */
    @Override
    public void close() {
        closing.countDown();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (started) {
            pulses.close();
            partTimeouts.close();
        }
        List<Line> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        reversed.forEach(line -> line.source().close());
        reversed.forEach(line -> line.sink().close());
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
