package io.fengsui.streams.task;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.absence.DeadlineIndex;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.device.DeviceClocks;
import io.fengsui.streams.device.DeviceClocks.Due;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a task. They are filled from the stored states, which know all deadlines, and from the reference data, so
 * that a device is watched from its registration on, even if it never spoke. When the wall clock is set back, all devices are
 * looked at again, since their timers are ahead. Nothing is judged while the lane is blind, and
 * then as of the time up to which all has been heard. What a tick does is bounded.
 */
final class DeviceTimers {

    /** Receives what the rules say at a deadline. */
    @FunctionalInterface
    interface Signaller {
        void accept(DeviceKey key, Feed<?> feed, Verdict verdict);
    }

    private final World world;
    private final int task;
    private final KeyValueStore<String, DeviceState> devices;
    private final LaneClock clock;
    private final DeviceClocks clocks;
    private final DeadlineIndex index = new DeadlineIndex();
    private final Queue<String> changedDevices = new ConcurrentLinkedQueue<>();
    private final Runnable stopListening;
    private Iterator<String> toWatch = Collections.emptyIterator();
    private long versionSeen = -1;
    private Instant lastTick = Instant.MIN;
    private int measured;

    DeviceTimers(
            World world, int task, KeyValueStore<String, DeviceState> devices, RuleEngine engine, LaneClock clock) {
        this.world = world;
        this.task = task;
        this.devices = devices;
        this.clock = clock;
        this.clocks = new DeviceClocks(world.reference(), world.rules(), engine, world.lane(), clock);
        this.stopListening = world.reference().onDeviceChange(changedDevices::add);
    }

    void start(Instant now) {
        try (KeyValueIterator<String, DeviceState> all = devices.all()) {
            while (all.hasNext()) {
                KeyValue<String, DeviceState> entry = all.next();
                if (!BlindWatch.owns(entry.key)) {
                    onEvent(DeviceKey.parse(entry.key), entry.value, now);
                }
            }
        }
    }

    /** Sets the timer of a device that has just been heard, or tells it so. */
    void onEvent(DeviceKey key, DeviceState state, Instant now) {
        boolean plain = state.open().nextDeadline() == Long.MAX_VALUE && state.lastSeen() <= now.toEpochMilli();
        if (!plain || !index.heard(key.text(), state.lastSeen())) {
            arm(key, clocks.due(key, state, now), now);
        }
    }

    /** @param limit most devices looked at, for each reason to look */
    void tick(Instant now, int limit, Signaller signals) {
        boolean setBack = now.isBefore(lastTick);
        lastTick = now;
        if (setBack || (!toWatch.hasNext() && versionSeen != version())) {
            versionSeen = version();
            toWatch = List.copyOf(world.reference().deviceIds()).iterator();
        }
        for (int i = 0; i < limit && toWatch.hasNext(); i++) {
            watch(toWatch.next(), now);
        }
        String changed = changedDevices.poll();
        for (int i = 1; changed != null; i++) {
            onRegistration(changed, now, signals);
            changed = i < limit ? changedDevices.poll() : null;
        }
        if (clock.judges(now.toEpochMilli())) {
            review(Instant.ofEpochMilli(clock.heardUntil(now.toEpochMilli())), now, limit, signals);
        }
        world.metrics().timers(index.size() - measured);
        measured = index.size();
    }

    void close() {
        stopListening.run();
        world.metrics().timers(-measured);
    }

    /** New rules may watch devices that nothing watched before; new parameters, or another kind of site, may watch them more closely. */
    private long version() {
        return world.rules().version() + world.reference().watchVersion();
    }

    private void onRegistration(String deviceId, Instant now, Signaller signals) {
        if (owns(deviceId)) {
            DeviceKey key = new DeviceKey(Realm.LIVE, deviceId);
            endSilenceIfUnwatched(key, devices.get(key.text()), now, signals);
            watch(deviceId, now);
        }
    }

    /** A device never heard has its full time from now; what was heard keeps its time. */
    private void watch(String deviceId, Instant now) {
        if (!owns(deviceId) || !ofThisLane(world.reference().feedOf(deviceId))) {
            return;
        }
        DeviceKey key = new DeviceKey(Realm.LIVE, deviceId);
        arm(key, clocks.dueAfterChange(key, devices.get(key.text()), now), now);
    }

    /** Looks at the devices whose timers have run out by then. */
    private void review(Instant then, Instant now, int limit, Signaller signals) {
        String due = index.pollDue(then.toEpochMilli());
        for (int i = 1; due != null; i++) {
            onDue(DeviceKey.parse(due), then, now, signals);
            due = i < limit ? index.pollDue(then.toEpochMilli()) : null;
        }
    }

    private void onDue(DeviceKey key, Instant then, Instant now, Signaller signals) {
        DeviceState state = devices.get(key.text());
        endSilenceIfUnwatched(key, state, then, signals);
        Due next = clocks.due(key, state, then, now);
        if (next.at() <= then.toEpochMilli()) {
            DeviceState present = state == null ? new DeviceState(feedOf(key)) : state;
            List<Verdict> verdicts = clocks.fire(key, present, then, now);
            devices.put(key.text(), present);
            signal(key, feedOf(key).isEmpty() ? present.feedId() : feedOf(key), verdicts, signals);
            Due later = clocks.due(key, present, then, now);
            next = new Due(Math.max(later.at(), then.toEpochMilli() + 1), later.patience());
        }
        arm(key, next, then);
    }

    private void endSilenceIfUnwatched(DeviceKey key, @Nullable DeviceState state, Instant now, Signaller signals) {
        if (state == null) {
            return;
        }
        Verdict end = clocks.unwatch(key, state, now);
        if (end != null) {
            devices.put(key.text(), state);
            signal(key, state.feedId(), List.of(end), signals);
        }
    }

    /** The rules' time, or the day on which the device becomes valid or ceases to be. */
    private void arm(DeviceKey key, Due due, Instant now) {
        long latest = world.reference().nextValidityChange(key.deviceId(), now);
        index.arm(key.text(), Math.min(due.at(), latest), due.patience(), latest);
    }

    private static void signal(DeviceKey key, String feedId, List<Verdict> verdicts, Signaller signals) {
        Feeds.byId(feedId).ifPresent(feed -> verdicts.forEach(verdict -> signals.accept(key, feed, verdict)));
    }

    private String feedOf(DeviceKey key) {
        return world.reference().feedOf(key.deviceId());
    }

    private boolean ofThisLane(String feedId) {
        return Feeds.byId(feedId).filter(feed -> feed.lane() == world.lane()).isPresent();
    }

    /** Kafka's default partitioner, which the bridge uses. */
    private boolean owns(@Nullable String deviceId) {
        if (deviceId == null) {
            return false;
        }
        byte[] key = deviceId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % world.partitions() == task;
    }
}
