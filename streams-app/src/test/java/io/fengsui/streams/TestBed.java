package io.fengsui.streams;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.alert.AlertSignal;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.Pulse;
import io.fengsui.ops.Unrouted;
import io.fengsui.platform.Settings;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.task.Codecs;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topologies of both lanes with a small city, one clock and a registry in memory. */
final class TestBed implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final StreamsMetrics metrics = new StreamsMetrics(meters);
    final ReferenceView reference;
    final RuleBook rules;
    final Set<String> topics = new HashSet<>();
    private Instant now = START;
    private final Map<Lane, Topology> topologies = new EnumMap<>(Lane.class);
    private final Map<Lane, TopologyTestDriver> drivers = new EnumMap<>(Lane.class);

    TestBed() {
        this(City.reference(), City.shippedRules());
    }

    TestBed(ReferenceView reference, RuleBook rules) {
        this.reference = reference;
        this.rules = rules;
        for (Topic<?> topic : Topics.all(City.UNITS, City.ROUTES)) {
            topics.add(topic.name());
            register(topic);
        }
        for (Lane lane : Lane.values()) {
            Topology topology = EventTopology.build(config(), world(lane));
            topologies.put(lane, topology);
            drivers.put(lane, new TopologyTestDriver(topology, properties(lane), now));
        }
    }

    private World world(Lane lane) {
        return new World(
                lane,
                lane.group("test"),
                reference,
                rules,
                new Codecs(registry),
                topics::contains,
                metrics,
                new TaskBoard(),
                clock(),
                1);
    }

    private static Properties properties(Lane lane) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.group("test"));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    String describe(Lane lane) {
        return topologies.get(lane).describe().toString();
    }

    static StreamsAppConfig config() {
        return StreamsAppConfig.of(Settings.empty()
                .with(StreamsAppConfig.STATE_DIR, "target/state")
                .with(StreamsAppConfig.DEVICE_STORE, "memory"));
    }

    InstantSource clock() {
        return () -> now;
    }

    Instant now() {
        return now;
    }

    /** The wall clock is set; no time has passed. */
    void setClock(Instant to) {
        now = to;
    }

    private void register(Topic<?> topic) {
        try {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- input

    EventHeader header(Feed<?> feed, String deviceId, String messageId) {
        return EventHeader.newBuilder()
                .setEventId("acme/" + deviceId + "/" + messageId)
                .setVendor("acme")
                .setDeviceId(deviceId)
                .setEventTime(now)
                .setReceivedAt(now)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("fengsui/v1/acme/" + feed.id() + "/" + deviceId)
                        .setFormat("json")
                        .setBridge("fengsui-bridge-0")
                        .build())
                .build();
    }

    void send(Feed<?> feed, SpecificRecord event) {
        EventHeader header = feed.header(event);
        String topic = Topics.feed(Realm.of(header.getStatus()), feed).name();
        sendBytes(topic, header.getDeviceId(), encode(topic, event));
    }

    void pulse() {
        for (Lane lane : Lane.values()) {
            pulse(lane, now);
        }
    }

    void pulse(Lane lane, Instant sentAt) {
        String topic = Topics.PULSE.name();
        sendBytes(
                topic,
                "fengsui-bridge-0",
                encode(topic, new Pulse("fengsui-bridge-0", lane.id(), sentAt, null, List.of())));
    }

    void bridgeDeadLetter(Feed<?> feed, String reason) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(reason)
                .setDetail("detail")
                .setFeed(feed == null ? null : feed.id())
                .setStage(DeadLetterStage.INGEST)
                .setReceivedAt(now)
                .setProcess("fengsui-bridge-0")
                .build();
        String topic = Topics.deadLetter(feed).name();
        sendBytes(topic, "x", encode(topic, letter));
    }

    /** Tells both lanes that an exercise is over. */
    void end(String exercise) {
        for (Lane lane : Lane.values()) {
            sendBytes(Topics.occurrence(Realm.DRILL, lane).name(), exercise, null);
        }
    }

    void sendBytes(String topic, String key, byte[] value) {
        drivers.forEach((lane, driver) -> {
            if (EventTopology.sources(lane).contains(topic)) {
                driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                        .pipeInput(key, value, now);
            }
        });
    }

    <T extends SpecificRecord> byte[] encode(String topic, T value) {
        return new AvroWriter<T>(registry, value.getSchema()).write(topic, value);
    }

    /** Lets time pass, with pulses each second. */
    void pass(Duration duration) {
        pass(duration, true);
    }

    void pass(Duration duration, boolean pulses) {
        pass(duration, Duration.ofSeconds(1), pulses);
    }

    /** In steps of a beat, each with a pulse if there are any. */
    void pass(Duration duration, Duration beat, boolean pulses) {
        Instant until = now.plus(duration);
        while (now.isBefore(until)) {
            Duration left = Duration.between(now, until);
            Duration step = left.compareTo(beat) < 0 ? left : beat;
            now = now.plus(step);
            if (pulses) {
                pulse();
            }
            drivers.values().forEach(driver -> driver.advanceWallClockTime(step));
        }
    }

    // ---- output

    List<DeadLetter> deadLetters() {
        return readAll(Topics.allDeadLetters());
    }

    List<Unrouted> unrouted() {
        return readAll(Topics.allUnrouted(Realm.LIVE));
    }

    private <T extends SpecificRecord> List<T> readAll(List<Topic<T>> topics) {
        return topics.stream().flatMap(topic -> read(topic).stream()).toList();
    }

    List<AlertSignal> signals() {
        return readAll(Topics.alertSignals(Realm.LIVE));
    }

    /** Signals in short: {@code RAISE III rule@subject}. */
    List<String> alerts() {
        return alerts(Realm.LIVE);
    }

    List<String> alerts(Realm realm) {
        return readAll(Topics.alertSignals(realm)).stream()
                .map(s -> s.getAction() + " " + s.getSeverity() + " " + s.getAlertId())
                .toList();
    }

    /** The last state of each account. */
    Map<String, Account> ledger() {
        pass(Duration.ofMillis(250));
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (KeyValue<String, byte[]> record : output(Topics.ACCOUNT.name())) {
            accounts.put(record.key, decode(Topics.ACCOUNT, record.value));
        }
        return accounts;
    }

    /** Ids of the events in a reader topic. */
    List<String> events(String topic) {
        return raw(topic).stream().map(this::eventId).toList();
    }

    List<byte[]> raw(String topic) {
        return output(topic).stream().map(record -> record.value).toList();
    }

    <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return raw(topic.name()).stream().map(bytes -> decode(topic, bytes)).toList();
    }

    <T extends SpecificRecord> T decode(Topic<T> topic, byte[] bytes) {
        return new AvroReader<>(registry, topic.type(), topic.schema()).read(bytes);
    }

    private String eventId(byte[] bytes) {
        for (Feed<?> feed : Feeds.all()) {
            try {
                return eventId(feed, bytes);
            } catch (RuntimeException e) {
                // another feed's
            }
        }
        throw new IllegalStateException("no feed's record");
    }

    private <T extends SpecificRecord> String eventId(Feed<T> feed, byte[] bytes) {
        T event = new AvroReader<>(registry, feed.type(), feed.schema()).read(bytes);
        return feed.header(event).getEventId();
    }

    /** What both lanes have written since the last call, life-safety first. */
    private List<KeyValue<String, byte[]>> output(String topic) {
        return drivers.values().stream()
                .flatMap(driver -> driver
                        .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                        .readKeyValuesToList()
                        .stream())
                .toList();
    }

    @Override
    public void close() {
        drivers.values().forEach(TopologyTestDriver::close);
    }
}
