package io.fengsui.streams.task;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.absence.DeadlineIndex;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.device.DeviceClocks;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
 * that a device is watched from its registration on, even if it never spoke.
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
    private final DeviceClocks clocks;
    private final DeadlineIndex index = new DeadlineIndex();
    private final Queue<String> changedDevices = new ConcurrentLinkedQueue<>();
    private final Runnable stopListening;
    private long rulesSeen;
    private int measured;

    DeviceTimers(
            World world, int task, KeyValueStore<String, DeviceState> devices, RuleEngine engine, LaneClock clock) {
        this.world = world;
        this.task = task;
        this.devices = devices;
        this.clocks = new DeviceClocks(world.reference(), world.rules(), engine, world.lane(), clock);
        this.stopListening = world.reference().onDeviceChange(changedDevices::add);
    }

    void start(Instant now) {
        try (KeyValueIterator<String, DeviceState> all = devices.all()) {
            while (all.hasNext()) {
                KeyValue<String, DeviceState> entry = all.next();
                if (!BlindWatch.owns(entry.key)) {
                    arm(DeviceKey.parse(entry.key), entry.value, now);
                }
            }
        }
        watchRegistered(now);
    }

    /** Sets the timer of a device that has just been heard. */
    void arm(DeviceKey key, DeviceState state, Instant now) {
        String text = key.text();
        if (!index.armed(text) || state.open().nextDeadline() < Long.MAX_VALUE) {
            index.arm(text, clocks.due(key, state, now));
        }
    }

    void tick(Instant now, int limit, Signaller signals) {
        if (rulesSeen != world.rules().version()) {
            watchRegistered(now);
        }
        for (String id = changedDevices.poll(); id != null; id = changedDevices.poll()) {
            onRegistration(id, now, signals);
        }
        String due = index.pollDue(now.toEpochMilli());
        for (int handled = 1; due != null; handled++) {
            onDue(DeviceKey.parse(due), now, signals);
            due = handled < limit ? index.pollDue(now.toEpochMilli()) : null;
        }
        world.metrics().timers(index.size() - measured);
        measured = index.size();
    }

    void close() {
        stopListening.run();
        world.metrics().timers(-measured);
    }

    /** New rules may watch devices that nothing watched before. */
    private void watchRegistered(Instant now) {
        rulesSeen = world.rules().version();
        world.reference().devices().forEach((id, device) -> {
            if (ofThisLane(device)) {
                watch(id, now);
            }
        });
    }

    private void onRegistration(String deviceId, Instant now, Signaller signals) {
        if (!owns(deviceId)) {
            return;
        }
        DeviceKey key = new DeviceKey(Realm.LIVE, deviceId);
        DeviceState state = devices.get(key.text());
        Verdict end = state == null ? null : clocks.unwatch(key, state, now);
        if (end != null) {
            devices.put(key.text(), state);
            signal(key, state, List.of(end), signals);
        }
        watch(deviceId, now);
    }

    /** A device never heard has its full time from now; what was heard keeps its time. */
    private void watch(String deviceId, Instant now) {
        DeviceKey key = new DeviceKey(Realm.LIVE, deviceId);
        if (!owns(deviceId) || index.armed(key.text())) {
            return;
        }
        DeviceState state = devices.get(key.text());
        DeviceState asIfHeardNow = state == null ? DeviceState.heardAt(now) : state;
        index.arm(key.text(), clocks.due(key, asIfHeardNow, now));
    }

    private void onDue(DeviceKey key, Instant now, Signaller signals) {
        DeviceState state = devices.get(key.text());
        long later = clocks.blindUntil(key, state, now);
        if (later == Long.MIN_VALUE) {
            later = clocks.due(key, state, now);
            if (later <= now.toEpochMilli()) {
                DeviceState present = state == null ? new DeviceState(feedOf(key)) : state;
                List<Verdict> verdicts = clocks.fire(key, present, now);
                devices.put(key.text(), present);
                signal(key, present, verdicts, signals);
                later = clocks.due(key, present, now);
            }
        }
        index.arm(key.text(), later);
    }

    private void signal(DeviceKey key, DeviceState state, List<Verdict> verdicts, Signaller signals) {
        Device device = world.reference().devices().get(key.deviceId());
        String feedId = device == null ? state.feedId() : device.getFeed();
        Feeds.byId(feedId).ifPresent(feed -> verdicts.forEach(verdict -> signals.accept(key, feed, verdict)));
    }

    private String feedOf(DeviceKey key) {
        Device device = world.reference().devices().get(key.deviceId());
        return device == null ? "" : device.getFeed();
    }

    private boolean ofThisLane(Device device) {
        return Feeds.byId(device.getFeed())
                .filter(feed -> feed.lane() == world.lane())
                .isPresent();
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
