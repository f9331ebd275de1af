package io.fengsui.streams.task;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.absence.BlindAlert;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Verdict;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Watches whether the lane of a task can be heard. Each task sees every bridge's pulses in its own partition; the one of
 * partition 0 speaks for all and keeps in the store whether it did.
 */
final class BlindWatch {
    private static final String KEY = "I|";

    private final Lane lane;
    private final LaneClock clock;
    private final KeyValueStore<String, DeviceState> store;
    private final StreamsMetrics metrics;
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
    }

    /** Whether a key of the store is of this class and no device's. */
    static boolean owns(String key) {
        return key.startsWith(KEY);
    }

    LaneClock clock() {
        return clock;
    }

    void onPulse(Incoming.Heartbeat pulse, Instant now) {
        if (pulse.lane() == lane) {
            clock.onPulse(pulse.sentAt(), now.toEpochMilli());
        }
    }

    /** @param speaks whether this task raises and clears the alert */
    void tick(Instant now, boolean speaks, Consumer<Verdict> signals) {
        measure(clock.blind(now.toEpochMilli()));
        if (speaks) {
            speak(now, signals);
        }
    }

    void close() {
        measure(false);
    }

    private void speak(Instant now, Consumer<Verdict> signals) {
        boolean alarming = clock.alarming(now.toEpochMilli());
        boolean sighted = !clock.blind(now.toEpochMilli());
        String key = KEY + lane.id();
        boolean fires = store.get(key) != null;
        if (alarming && !fires) {
            DeviceState state = new DeviceState("");
            state.open().put(new Case(BlindAlert.RULE_ID, "", BlindAlert.severity(lane), now.toEpochMilli(), 0));
            store.put(key, state);
            signals.accept(BlindAlert.raised(lane, clock.blindAfter(), now));
        } else if (sighted && fires) {
            store.delete(key);
            signals.accept(BlindAlert.cleared(lane, now));
        }
    }

    private void measure(boolean blind) {
        if (blind != frozen) {
            metrics.frozen(lane, blind ? 1 : -1);
        }
        frozen = blind;
    }
}
