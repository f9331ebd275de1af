package io.fengsui.streams;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.account.Accounts;
import io.fengsui.streams.device.DeviceStateSerde;
import io.fengsui.streams.task.CommitPace;
import io.fengsui.streams.task.CommitProcessor;
import io.fengsui.streams.task.DecodeProcessor;
import io.fengsui.streams.task.DeviceProcessor;
import io.fengsui.streams.task.Groups;
import io.fengsui.streams.task.Outgoing;
import io.fengsui.streams.task.ReportAssembly;
import io.fengsui.streams.task.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology of one lane: READ THIS FIRST. One task a partition sees all that concerns its devices, in this order:
 *
 * <pre>
 * feed.*, drill.feed.* of the lane, ingest.pulse, dead letters (bytes, keyed by device, co-partitioned),
 * rule.occurrence.‹lane› (keyed by rule and group: what is counted across devices comes back here)
 *      │ decode     Avro to records; what cannot be read goes on as a dead letter        {@link DecodeProcessor}
 *      │ commit     of telemetry alone: asks for commits, seldom behind a backlog        {@link CommitProcessor}
 *      │ device     duplicate? → who reads it? → what do the rules say? → write          {@link DeviceProcessor}
 *      │              state of the device ({@code devices}), counts ({@code accounts}), timers (in memory),
 *      │              parts of long Beidou reports ({@code fragments}), counts across devices ({@code groups})
 *      ├─ readers       township.‹unit›.‹feed›, city.‹department›.‹feed›, drill.…
 *      ├─ unrouted      feed.unrouted, feed.‹protected feed›.unrouted: no reader, or one of them missed
 *      ├─ dead-letters  feed.dead-letter, feed.‹protected feed›.dead-letter
 *      ├─ signals       alert.signal, drill.alert.signal
 *      ├─ occurrences   rule.occurrence.‹lane›, drill.…: a source of this topology, too
 *      └─ ledger        ledger.account
 * </pre>
 *
 * All of it is one transaction: offsets, states, events, signals and counts are committed together or not at all. Decisions
 * are made by pure classes: {@code route.UnitRouter} (who reads), {@code device.EventJudge} (what an event changes),
 * {@code device.DeviceClocks} (what is due without an event), {@code rule.RuleEngine} (what rules say).
 */
public final class EventTopology {
    private static final String SOURCE = "records";
    private static final String DECODE = "decode";
    private static final String COMMIT = "commit";
    private static final String DEVICE = "device";
    private static final List<String> SINKS =
            List.of("readers", "unrouted", "dead-letters", "signals", "occurrences", "ledger");

    private EventTopology() {}

    /** A pure function of its arguments: opens nothing, reads no clock. */
    public static Topology build(StreamsAppConfig config, World world) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE,
                (record, partitionTime) -> time(record),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                sources(world.lane()).toArray(String[]::new));
        topology.addProcessor(DECODE, () -> new DecodeProcessor(world), SOURCE);
        Duration commit = config.commit(world.lane());
        Duration longest = config.longestCommit(world.lane());
        boolean paced = longest.compareTo(commit) > 0;
        if (paced) {
            // A commit is that of all tasks of a thread: they share the pace.
            ThreadLocal<CommitPace> pace = ThreadLocal.withInitial(() -> new CommitPace(commit, longest));
            topology.addProcessor(COMMIT, () -> new CommitProcessor(world.clock(), commit, pace::get), DECODE);
        }
        topology.addProcessor(DEVICE, () -> new DeviceProcessor(world, config.limits()), paced ? COMMIT : DECODE);
        topology.addStateStore(deviceStore(config.deviceStore()), DEVICE);
        topology.addStateStore(Accounts.storeBuilder(), DEVICE);
        topology.addStateStore(Groups.storeBuilder(), DEVICE);
        if (world.lane() == ReportAssembly.LANE) {
            topology.addStateStore(ReportAssembly.storeBuilder(), DEVICE);
        }
        for (String sink : SINKS) {
            topology.addSink(
                    sink, new Outgoing.Topic(), new StringSerializer(), (topic, record) -> record.value(), DEVICE);
        }
        return topology;
    }

    /** Topics a lane reads; they must exist and have the same number of partitions. */
    public static List<String> sources(Lane lane) {
        List<String> topics = new ArrayList<>();
        for (Realm realm : Realm.values()) {
            for (Feed<?> feed : Feeds.of(lane)) {
                topics.add(Topics.feed(realm, feed).name());
            }
            topics.add(Topics.occurrence(realm, lane).name());
        }
        topics.add(Topics.PULSE.name());
        if (lane == World.CARETAKER) {
            Topics.allDeadLetters().forEach(topic -> topics.add(topic.name()));
        }
        return List.copyOf(topics);
    }

    /** A foreign producer may have set none, which would end the app; epoch milliseconds. */
    static long time(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.timestamp());
    }

    /** One small record a device. No cache: hardly a device speaks twice within a commit (RATIONALE.md has the figures). */
    private static StoreBuilder<?> deviceStore(StreamsAppConfig.DeviceStore kind) {
        KeyValueBytesStoreSupplier supplier =
                switch (kind) {
                    case ROCKSDB -> Stores.persistentKeyValueStore(DeviceProcessor.STORE);
                    case MEMORY -> Stores.inMemoryKeyValueStore(DeviceProcessor.STORE);
                };
        return Stores.keyValueStoreBuilder(supplier, Serdes.String(), new DeviceStateSerde())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
