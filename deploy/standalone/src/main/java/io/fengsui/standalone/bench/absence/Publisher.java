package io.fengsui.standalone.bench.absence;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.DeviceStateSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes what bridges would, and changelogs as they stand after a long time. For one thread. */
final class Publisher implements AutoCloseable {
    private static final int PARTITION = 0;
    private static final long PULSE_MILLIS = 1_000;
    private static final String BRIDGE = "fengsui-bridge-telemetry";

    private final StreamsStage stage;
    private final String heartbeats = Topics.feed(Realm.LIVE, Cameras.FEED).name();
    private final AvroWriter<VideoStatus> heartbeatWriter;
    private final AvroWriter<Pulse> pulseWriter;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long pulsedUntil;

    Publisher(StreamsStage stage) {
        this.stage = stage;
        SchemaRegistryClient registry = stage.registry();
        heartbeatWriter = new AvroWriter<>(registry, VideoStatus.getClassSchema());
        pulseWriter = new AvroWriter<>(registry, Pulse.getClassSchema());
        Map<String, Object> config = new HashMap<>(stage.clients());
        config.put("linger.ms", 5);
        config.put("batch.size", 256 << 10);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A camera beats, and the bridge with it if its second is over. */
    void heartbeat(Cameras cameras, int number, Instant at) {
        pulse(at);
        send(heartbeats, Cameras.id(number), heartbeatWriter.write(heartbeats, cameras.heartbeat(number, at)), at);
    }

    /** A pulse, unless there was one within the second. */
    void pulse(Instant at) {
        if (at.toEpochMilli() - pulsedUntil >= PULSE_MILLIS) {
            pulsedUntil = at.toEpochMilli();
            String topic = Topics.PULSE.name();
            send(
                    topic,
                    BRIDGE,
                    pulseWriter.write(topic, new Pulse(BRIDGE, Lane.TELEMETRY.id(), at, null, List.of())),
                    at);
        }
    }

    /** All cameras beat so often, one interval after the other, as fast as Kafka takes it. */
    void rounds(Cameras cameras, int rounds, Instant from) {
        for (int round = 0; round < rounds; round++) {
            Instant begin = from.plus(cameras.interval().multipliedBy(round));
            for (int i = 0; i < cameras.count(); i++) {
                heartbeat(cameras, i, begin.plus(cameras.phase(i)));
            }
        }
        flush();
    }

    /**
     * Creates and fills the changelog of a store of states.
     *
     * @return bytes a camera, key and value
     */
    double states(String application, String store, Cameras cameras, Instant before) throws InterruptedException {
        Cameras.States states = cameras.statesBefore(before);
        try (DeviceStateSerde serde = new DeviceStateSerde()) {
            Serializer<DeviceState> serializer = serde.serializer();
            return changelog(
                    application + "-" + store + "-changelog",
                    cameras,
                    Cameras::key,
                    number -> serializer.serialize(store, states.of(number)),
                    before);
        }
    }

    /** Creates and fills the changelog of a store that holds when each camera was heard. */
    void lastSeen(String application, String store, Cameras cameras, Instant before) throws InterruptedException {
        try (LongSerializer serializer = new LongSerializer()) {
            changelog(
                    application + "-" + store + "-changelog",
                    cameras,
                    Cameras::id,
                    number -> serializer.serialize(store, before.toEpochMilli()),
                    before);
        }
    }

    private double changelog(
            String topic, Cameras cameras, IntFunction<String> keys, IntFunction<byte[]> values, Instant at)
            throws InterruptedException {
        try (Admin admin = Admin.create(stage.clients())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(topic + " cannot be created: " + e.getMessage(), e);
        }
        long bytes = 0;
        for (int i = 0; i < cameras.count(); i++) {
            String key = keys.apply(i);
            byte[] encoded = values.apply(i);
            bytes += key.length() + encoded.length;
            send(topic, key, encoded, at);
        }
        flush();
        return (double) bytes / cameras.count();
    }

    private void send(String topic, String key, byte[] value, Instant at) {
        Future<?> unused = producer.send(
                new ProducerRecord<>(topic, PARTITION, at.toEpochMilli(), key.getBytes(StandardCharsets.UTF_8), value),
                (metadata, thrown) -> {
                    if (thrown != null) {
                        failure.compareAndSet(null, thrown);
                    }
                });
    }

    /** @throws IllegalStateException if Kafka did not take all that was sent */
    void flush() {
        producer.flush();
        Exception thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("Kafka does not take what the benchmark writes: " + thrown, thrown);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
