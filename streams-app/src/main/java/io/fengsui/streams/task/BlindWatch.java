package io.fengsui.streams.task;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.absence.BlindAlert;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.absence.LaneClock.Sight;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Watches whether the lane of a task can be heard. Each task sees every bridge's pulses in its own partition, and keeps in the
 * store what its clock knows; the one of partition 0 speaks for all. A stall of all lanes is one alert, that of life safety.
 */
final class BlindWatch {
    private static final String KEY = "I|";

    /**
     * Not a rule: the cases that keep since when each slot is sighted and its last pulse. The key is the slot, empty for that
     * of the lane's name: so it stood when a lane had one slot only.
     */
    private static final String SIGHT = "sight";

    private final Lane lane;
    private final LaneClock clock;
    private final KeyValueStore<String, DeviceState> store;
    private final DeviceState kept;
    private final StreamsMetrics metrics;
    private long lifeSafetyHeardAt;
    private Map<String, Sight> lastKept = Map.of();
    private boolean frozen;

    BlindWatch(
            Lane lane,
            KeyValueStore<String, DeviceState> store,
            StreamsMetrics metrics,
            Instant now,
            long blindAfterMillis) {
        this.lane = lane;
        this.store = store;
        this.metrics = metrics;
        this.clock = new LaneClock(now.toEpochMilli(), blindAfterMillis);
        DeviceState stored = store.get(KEY);
        this.kept = stored == null ? new DeviceState("") : stored;
        for (Case former : kept.open().all()) {
            if (former.ruleId().equals(SIGHT)) {
                String slot = former.key().isEmpty() ? lane.id() : former.key();
                clock.resume(slot, new Sight(former.since(), former.deadline()));
            }
        }
    }

    /** Whether a key of the store is of this class and no device's. */
    static boolean owns(String key) {
        return key.startsWith(KEY);
    }

    LaneClock clock() {
        return clock;
    }

    void onPulse(Incoming.Heartbeat pulse, Instant now) {
        if (pulse.lane() == Lane.LIFE_SAFETY) {
            lifeSafetyHeardAt = now.toEpochMilli();
        }
        if (pulse.lane() == lane) {
            clock.onPulse(pulse.slot(), pulse.slots(), pulse.sentAt(), now.toEpochMilli());
        }
    }

    /** @param speaks whether this task raises and clears the alert */
    void tick(Instant now, boolean speaks, Consumer<Verdict> signals) {
        boolean blind = clock.blind(now.toEpochMilli());
        measure(blind);
        keep(clock.sights());
        boolean fires = kept.open().fires(BlindAlert.RULE_ID);
        if (speaks && !fires && clock.alarming(now.toEpochMilli()) && !toldByLifeSafety(now)) {
            kept.open().put(new Case(BlindAlert.RULE_ID, "", BlindAlert.severity(lane), now.toEpochMilli(), 0));
            store.put(KEY, kept);
            signals.accept(BlindAlert.raised(lane, clock.blindSlots(now.toEpochMilli()), clock.blindAfter(), now));
        } else if (speaks && fires && !blind) {
            kept.open().removeAll(BlindAlert.RULE_ID);
            store.put(KEY, kept);
            signals.accept(BlindAlert.cleared(lane, now));
        }
    }

    private void keep(Map<String, Sight> sights) {
        if (!sights.equals(lastKept)) {
            lastKept = sights;
            kept.open().removeAll(SIGHT);
            sights.forEach((slot, sight) -> kept.open()
                    .put(new Case(
                            SIGHT, slot.equals(lane.id()) ? "" : slot, null, sight.sightedSince(), sight.lastPulse())));
            store.put(KEY, kept);
        }
    }

    void close() {
        measure(false);
    }

    /**
     * Not even late pulses of life safety come: what stands still is the intake of both, and the graver alert tells it. Half
     * the time will do, since the lanes' last pulses are not of the same instant.
     */
    private boolean toldByLifeSafety(Instant now) {
        return lane != Lane.LIFE_SAFETY && now.toEpochMilli() - lifeSafetyHeardAt > clock.blindAfter() / 2;
    }

    private void measure(boolean blind) {
        if (blind != frozen) {
            metrics.frozen(lane, blind ? 1 : -1);
        }
        frozen = blind;
    }
}
