package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.Pulse;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the bridge: writes the stream of events, heartbeats, pulses and poison at a steady pace, and keeps a list of what
 * it wrote. A thread of its own.
 */
final class Feeder implements AutoCloseable {
    private static final int TICK_MILLIS = 10;
    private static final int SECOND = 1_000 / TICK_MILLIS;
    private static final int POISON_EVERY = 3 * SECOND / 2;

    private final EventStream events;
    private final Poison poison;
    private final CrashCast cast;
    private final InstantSource clock;
    private final AvroWriter<Pulse> pulses;
    private final Producer<String, byte[]> producer;
    private final List<Input> written = new ArrayList<>();
    private final Set<Device> silent = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "crash-feeder");
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    Feeder(
            Map<String, Object> clients,
            SchemaRegistryClient registry,
            CrashCast cast,
            EventStream events,
            Poison poison,
            InstantSource clock) {
        this.events = events;
        this.poison = poison;
        this.cast = cast;
        this.clock = clock;
        this.pulses = new AvroWriter<>(registry, Pulse.getClassSchema());
        Map<String, Object> config = new HashMap<>(clients);
        config.put("max.request.size", 3 * 1_024 * 1_024);
        config.put("linger.ms", 0);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    void start() {
        thread.start();
    }

    /** From now on this device says nothing. */
    void silence(Device device) {
        silent.add(device);
    }

    /** All devices speak again. */
    void revive() {
        silent.clear();
    }

    private void run() {
        long begun = System.nanoTime();
        try {
            for (int tick = 0; !stopped; tick++) {
                long wait = begun + TimeUnit.MILLISECONDS.toNanos((long) tick * TICK_MILLIS) - System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
                tick(tick, clock.instant());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void tick(int tick, Instant now) {
        if (tick % SECOND == 0) {
            pulse(now);
            cast.steady().forEach(device -> events.heartbeat(device, now).forEach(this::write));
            cast.falling().stream()
                    .filter(device -> !silent.contains(device))
                    .forEach(device -> events.heartbeat(device, now).forEach(this::write));
        }
        List<Input> next = events.next(now);
        next.forEach(this::write);
        if (tick % POISON_EVERY == 0 && !next.isEmpty()) {
            write(poison.next(next.get(0), now));
        }
    }

    /** To every partition, as the bridge does. */
    private void pulse(Instant now) {
        String topic = Topics.PULSE.name();
        for (Lane lane : Lane.values()) {
            byte[] pulse = pulses.write(topic, new Pulse("crash-drill", lane.id(), now, null, List.of()));
            for (int partition = 0; partition < CrashStage.PARTITIONS; partition++) {
                write(new Input(topic, partition, "crash-drill", pulse, now));
            }
        }
    }

    private void write(Input input) {
        written.add(input);
        var unused = producer.send(
                new ProducerRecord<>(
                        input.topic(), input.partition(), input.at().toEpochMilli(), input.key(), input.value()),
                (metadata, refused) -> {
                    if (refused != null) {
                        failure = refused;
                    }
                });
    }

    /** Ends it; returns what was written, in its order. */
    List<Input> stop() throws InterruptedException {
        stopped = true;
        thread.join();
        producer.flush();
        Exception refused = failure;
        if (refused != null) {
            throw new IllegalStateException("The records of the drill could not be written", refused);
        }
        return List.copyOf(written);
    }

    @Override
    public void close() {
        stopped = true;
        producer.close();
    }
}
