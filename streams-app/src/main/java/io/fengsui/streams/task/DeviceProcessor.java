package io.fengsui.streams.task;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.platform.BareFailure;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.account.Accounts;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.EventJudge;
import io.fengsui.streams.device.EventJudge.Judgement;
import io.fengsui.streams.device.GroupJudge;
import io.fengsui.streams.meter.EventOutcome;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.Sighting;
import io.fengsui.streams.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with everything of the devices of one partition: an event costs one read and one write of its device's state. What it
 * decides is computed first and written then, so that an event that cannot be processed leaves nothing half done and becomes
 * a dead letter.
 */
public final class DeviceProcessor extends ContextualProcessor<String, Incoming, String, Outgoing> {
    public static final String STORE = "devices";

    private static final Logger logger = LoggerFactory.getLogger(DeviceProcessor.class);
    private static final Duration TICK = Duration.ofMillis(250);

    private final World world;
    private final Limits limits;
    private @Nullable Work work;

    /**
     * Bounds of a task.
     *
     * @param blindAfter without a fresh pulse for so long, absence clocks stand still
     * @param timersPerTick most timers handled at once, so that a tick never holds up events for long
     */
    public record Limits(Duration blindAfter, int timersPerTick) {}

    public DeviceProcessor(World world, Limits limits) {
        this.world = world;
        this.limits = limits;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        super.init(context);
        Work started = new Work(context);
        started.timers.start(world.clock().instant());
        work = started;
    }

    @Override
    public void process(Record<String, Incoming> record) {
        Work task = work();
        Incoming incoming = record.value();
        Instant now = world.clock().instant();
        if (incoming instanceof Incoming.Event event) {
            task.onEvent(record, event, now);
        } else if (incoming instanceof Incoming.Heartbeat pulse) {
            task.blind.onPulse(pulse, now);
        } else if (incoming instanceof Incoming.Unreadable unreadable) {
            task.outbox.deadLetter(unreadable.keeper(), record.key(), unreadable.letter(), record.timestamp());
            task.countDeadLetter(unreadable.letter(), now);
        } else if (incoming instanceof Incoming.Counted counted) {
            AlertSignal signal = task.groups.onOccurrence(counted.occurrence(), now);
            if (signal != null) {
                task.outbox.signal(signal);
            }
        } else if (incoming instanceof Incoming.Over over) {
            task.onOver(over.exercise());
        } else if (incoming instanceof Incoming.Kept kept) {
            task.countDeadLetter(kept.letter(), now);
        }
    }

    @Override
    public void close() {
        Work task = work;
        work = null;
        if (task != null) {
            task.close();
        }
    }

    private Work work() {
        if (work == null) {
            throw new IllegalStateException("process before init");
        }
        return work;
    }

    /** Stands for the place of an event that was made at a tick. */
    private record Derived(String topic, int partition) implements RecordMetadata {
        @Override
        public long offset() {
            return -1;
        }
    }

    /** The parts of a running task. */
    private final class Work {
        private final int task;
        private final KeyValueStore<String, DeviceState> devices;
        private final Accounts accounts;
        private final Outbox outbox;
        private final DeadLetters deadLetters = new DeadLetters(world.process());
        private final Signals signals;
        private final UnitRouter router;
        private final EventJudge judge;
        private final Groups groups;
        private final BlindWatch blind;
        private final DeviceTimers timers;
        private final @Nullable ReportAssembly assembly;
        private final Cancellable ticking;

        Work(ProcessorContext<String, Outgoing> context) {
            Instant now = world.clock().instant();
            StreamsMetrics metrics = world.metrics();
            task = context.taskId().partition();
            devices = context.getStateStore(STORE);
            accounts = Accounts.open(context.getStateStore(Accounts.STORE), world.lane(), task, now);
            outbox = new Outbox(context, world.codecs(), metrics);
            signals = new Signals();
            router = new UnitRouter(world.reference(), world.usableTopic());
            RuleEngine engine = new RuleEngine(metrics::ruleFailed);
            judge = new EventJudge(world.reference(), router, world.rules(), engine);
            groups = new Groups(
                    context.getStateStore(Groups.STORE), new GroupJudge(world.reference(), world.rules()), signals);
            blind = new BlindWatch(
                    world.lane(), devices, metrics, now, limits.blindAfter().toMillis());
            timers = new DeviceTimers(world, task, devices, engine, blind.clock());
            assembly = world.lane() == ReportAssembly.LANE
                    ? new ReportAssembly(context.getStateStore(ReportAssembly.STORE), world.codecs())
                    : null;
            ticking = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
        }

        void onEvent(Record<String, Incoming> record, Incoming.Event event, Instant now) {
            Judgement judgement = judge(record, event, now);
            if (judgement == null) {
                countDeadLetter(event, now);
                return;
            }
            EventOutcome outcome = write(record, event, judgement, now);
            boolean late = event.header().getLate();
            accounts.count(event.feed(), event.realm(), outcome, late, now);
            world.metrics().event(event.feed(), outcome);
            if (outcome == EventOutcome.ROUTED) {
                if (late) {
                    world.metrics().late(event.feed());
                }
                long arrivedAt = event.header().getReceivedAt().toEpochMilli();
                world.metrics().lag(event.feed().lane(), event.realm(), now.toEpochMilli() - arrivedAt);
            }
            if (assembly != null && outcome != EventOutcome.DUPLICATE) {
                DeviceKey device = new DeviceKey(event.realm(), event.header().getDeviceId());
                assembly.onEvent(device, event).forEach(report -> onDerived(report, record.timestamp(), now));
            }
        }

        /** A report made of its parts: dealt with as if it had come in, but counted apart. */
        private void onDerived(BeidouReport report, long timestamp, Instant now) {
            Incoming.Event event = ReportAssembly.event(report, world.codecs());
            Record<String, Incoming> record = new Record<>(event.header().getDeviceId(), event, timestamp);
            Judgement judgement = judge(record, event, now);
            if (judgement != null) {
                write(record, event, judgement, now);
            }
            accounts.countDerived(event.feed(), event.realm(), now);
        }

        /** What becomes of the event, and of its device's state and alerts; null if it has become a dead letter. */
        private @Nullable Judgement judge(Record<String, Incoming> record, Incoming.Event event, Instant now) {
            EventHeader header = event.header();
            DeviceKey key = new DeviceKey(event.realm(), header.getDeviceId());
            DeviceState stored = devices.get(key.text());
            DeviceState state = stored == null ? new DeviceState(event.feed().id()) : stored;
            Judgement judgement;
            try {
                judgement = judge.judge(event.feed(), event.record(), header, state, now);
            } catch (RuntimeException e) {
                logger.error(
                        "Event {} cannot be processed and becomes a dead letter",
                        header.getEventId(),
                        event.feed().isProtected() ? new BareFailure(e) : e);
                fail(record, event, e);
                return null;
            }
            devices.put(key.text(), state);
            world.metrics().casesRefused(state.open().refused());
            timers.onEvent(key, state, now);
            for (Verdict verdict : judgement.verdicts()) {
                outbox.signal(signals.ofEvent(verdict, event.feed(), header, judgement.routing(), now));
            }
            for (Sighting sighting : judgement.sightings()) {
                outbox.occurrence(
                        signals.occurrence(sighting, event.feed(), header, judgement.routing()), world.lane());
            }
            return judgement;
        }

        private EventOutcome write(
                Record<String, Incoming> record, Incoming.Event event, Judgement judgement, Instant now) {
            if (judgement.duplicate()) {
                return EventOutcome.DUPLICATE;
            }
            Routing routing = judgement.routing();
            event.header().getFlags().forEach(flag -> world.metrics().flagged(event.feed(), flag));
            outbox.route(record, event.record(), routing.place(), routing.topics());
            if (!routing.shortfalls().isEmpty()) {
                outbox.unrouted(record, event, routing, now);
            }
            return routing.routed() ? EventOutcome.ROUTED : EventOutcome.UNROUTED;
        }

        private void fail(Record<String, Incoming> record, Incoming.Event event, RuntimeException e) {
            RecordMetadata place =
                    context().recordMetadata().orElse(new Derived(event.feed().id(), task));
            DeadLetter letter = deadLetters
                    .of(event.feed(), place, event.bytes(), Rejection.PROCESSING_FAILED, e.toString())
                    .setFeed(event.feed().id())
                    .setVendor(event.header().getVendor())
                    .setDeviceId(event.header().getDeviceId())
                    .setEventId(event.header().getEventId())
                    .setStatus(event.header().getStatus())
                    .setReceivedAt(event.header().getReceivedAt())
                    .build();
            outbox.deadLetter(event.feed(), record.key(), letter, record.timestamp());
        }

        private void countDeadLetter(Incoming.Event event, Instant now) {
            accounts.countDeadLetter(event.feed().id(), event.realm(), Rejection.PROCESSING_FAILED.name(), now);
        }

        void countDeadLetter(DeadLetter letter, Instant now) {
            String feed = letter.getFeed() == null ? Accounts.UNKNOWN_FEED : letter.getFeed();
            Realm realm = letter.getStatus() == EventStatus.UNKNOWN ? Realm.LIVE : Realm.of(letter.getStatus());
            accounts.countDeadLetter(feed, realm, letter.getReason(), now);
        }

        /** The devices of an exercise come to rest; their timers find nothing to say. Bounded by what exercises have said. */
        void onOver(String exercise) {
            Map<String, DeviceState> ours = new HashMap<>();
            try (KeyValueIterator<String, DeviceState> drills =
                    devices.range(DeviceKey.DRILLS_FROM, DeviceKey.DRILLS_TO)) {
                drills.forEachRemaining(entry -> {
                    if (entry.value.exercise().equals(exercise)) {
                        ours.put(entry.key, entry.value);
                    }
                });
            }
            ours.forEach((key, state) -> {
                devices.put(key, state.atRest());
                if (assembly != null) {
                    assembly.forget(DeviceKey.parse(key));
                }
            });
        }

        private void tick() {
            Instant now = world.clock().instant();
            timers.tick(now, limits.timersPerTick(), (key, feed, verdict) -> {
                Routing routing = router.route(feed, key.realm(), key.deviceId(), null, now);
                DeviceState state = devices.get(key.text());
                String exercise = state == null ? "" : state.exercise();
                outbox.signal(signals.ofDeadline(verdict, feed, key, exercise, routing, now));
            });
            if (assembly != null && !blind.clock().blind(now.toEpochMilli())) {
                Instant then = Instant.ofEpochMilli(blind.clock().heardUntil(now.toEpochMilli()));
                assembly.tick(then, limits.timersPerTick(), report -> onDerived(report, now.toEpochMilli(), now));
            }
            blind.tick(now, task == 0, verdict -> outbox.signal(signals.ofLane(verdict, world.lane(), now)));
            accounts.publish(now, (key, account) -> outbox.account(key, account, now));
            world.board().signIn(task, now);
        }

        void close() {
            ticking.cancel();
            timers.close();
            blind.close();
            world.board().signOut(task);
        }
    }
}
