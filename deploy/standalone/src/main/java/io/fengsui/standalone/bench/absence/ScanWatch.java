package io.fengsui.standalone.bench.absence;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.task.DecodeProcessor;
import io.fengsui.streams.task.Incoming;
import io.fengsui.streams.task.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The usual way to watch devices: when each was last heard in a store, and a look at all of them each second, without which
 * nothing could be found within its timeout and a second. It decodes the same records as we do, and does nothing else: no
 * duplicates, no routes, no rules, no accounts, one timeout for all.
 */
final class ScanWatch {
    static final String STORE = "last-seen";
    static final String SILENT = "bench.silent";

    private static final Duration TICK = Duration.ofSeconds(1);

    private final World world;
    private final Duration timeout;
    private final InstantSource clock;
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong scans = new AtomicLong();
    private final AtomicLong scanNanos = new AtomicLong();

    ScanWatch(World world, Duration timeout, InstantSource clock) {
        this.world = world;
        this.timeout = timeout;
        this.clock = clock;
    }

    Topology topology() {
        Topology topology = new Topology();
        topology.addSource(
                "records",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.feed(Realm.LIVE, Cameras.FEED).name());
        topology.addProcessor("decode", () -> new DecodeProcessor(world), "records");
        topology.addProcessor("watch", Watching::new, "decode");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.Long())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of()),
                "watch");
        topology.addSink("silent", SILENT, new StringSerializer(), new LongSerializer(), "watch");
        return topology;
    }

    /** Heartbeats processed. */
    long heard() {
        return heard.get();
    }

    /** Mean of a look at all devices, during which nothing else is done; milliseconds. */
    double scanMillis() {
        return scanNanos.get() / 1e6 / Math.max(1, scans.get());
    }

    private final class Watching extends ContextualProcessor<String, Incoming, String, Long> {
        private final List<KeyValueStore<String, Long>> stores = new ArrayList<>(1);

        @Override
        public void init(ProcessorContext<String, Long> context) {
            super.init(context);
            stores.add(context.getStateStore(STORE));
            var unused = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> scan());
        }

        @Override
        public void process(Record<String, Incoming> record) {
            if (record.value() instanceof Incoming.Event event) {
                stores.get(0).put(record.key(), event.header().getReceivedAt().toEpochMilli());
                heard.incrementAndGet();
            }
        }

        private void scan() {
            long began = System.nanoTime();
            long now = clock.millis();
            try (KeyValueIterator<String, Long> all = stores.get(0).all()) {
                while (all.hasNext()) {
                    KeyValue<String, Long> entry = all.next();
                    if (now - entry.value > timeout.toMillis()) {
                        context().forward(new Record<>(entry.key, entry.value, now));
                        stores.get(0).delete(entry.key);
                    }
                }
            }
            scanNanos.addAndGet(System.nanoTime() - began);
            scans.incrementAndGet();
        }
    }
}
