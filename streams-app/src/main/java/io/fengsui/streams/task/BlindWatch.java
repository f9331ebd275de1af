package io.fengsui.streams.task;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.absence.BlindAlert;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Watches the lanes of a task. Each task sees every bridge's pulses in its own partition; the one of partition 0 speaks for
 * all and keeps in the store whether it did.
 */
final class BlindWatch {
    private static final String KEY = "I|";

    private final Map<Lane, LaneClock> lanes = new EnumMap<>(Lane.class);
    private final Map<Lane, Boolean> frozen = new EnumMap<>(Lane.class);
    private final KeyValueStore<String, DeviceState> store;
    private final StreamsMetrics metrics;

    BlindWatch(KeyValueStore<String, DeviceState> store, StreamsMetrics metrics, Instant now, long blindAfterMillis) {
        this.store = store;
        this.metrics = metrics;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneClock(now.toEpochMilli(), blindAfterMillis));
            frozen.put(lane, false);
        }
    }

    /** Whether a key of the store is of this class and no device's. */
    static boolean owns(String key) {
        return key.startsWith(KEY);
    }

    Map<Lane, LaneClock> lanes() {
        return lanes;
    }

    void onPulse(Incoming.Heartbeat pulse, Instant now) {
        LaneClock clock = lanes.get(pulse.lane());
        if (clock != null) {
            clock.onPulse(pulse.sentAt(), now.toEpochMilli());
        }
    }

    /** @param speaks whether this task raises and clears the alert */
    void tick(Instant now, boolean speaks, BiConsumer<Lane, Verdict> signals) {
        lanes.forEach((lane, clock) -> {
            measure(lane, clock.blind(now.toEpochMilli()));
            if (speaks) {
                speak(lane, clock, now, signals);
            }
        });
    }

    void close() {
        lanes.keySet().forEach(lane -> measure(lane, false));
    }

    private void speak(Lane lane, LaneClock clock, Instant now, BiConsumer<Lane, Verdict> signals) {
        boolean alarming = clock.alarming(now.toEpochMilli());
        boolean sighted = !clock.blind(now.toEpochMilli());
        String key = KEY + lane.id();
        boolean fires = store.get(key) != null;
        if (alarming && !fires) {
            DeviceState state = new DeviceState("");
            state.open().put(new Case(BlindAlert.RULE_ID, "", BlindAlert.severity(lane), now.toEpochMilli(), 0));
            store.put(key, state);
            signals.accept(lane, BlindAlert.raised(lane, clock.blindAfter(), now));
        } else if (sighted && fires) {
            store.delete(key);
            signals.accept(lane, BlindAlert.cleared(lane, now));
        }
    }

    private void measure(Lane lane, boolean blind) {
        Boolean former = frozen.put(lane, blind);
        if (former == null || former != blind) {
            metrics.frozen(lane, blind ? 1 : -1);
        }
    }
}
