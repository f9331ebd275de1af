package io.fengsui.seeds.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * A time of being away, once or again and again.
 *
 * @param at from the start of the scenario
 * @param lasts how long; empty for until the end
 * @param every from one beginning to the next; empty for once
 */
public record Outage(Duration at, Optional<Duration> lasts, Optional<Duration> every) {

    /** Whether it is on at a time since the start of the scenario. */
    public boolean isOn(long nanos) {
        long since = nanos - at.toNanos();
        if (since < 0) {
            return false;
        }
        long phase = every.map(period -> since % period.toNanos()).orElse(since);
        return lasts.map(length -> phase < length.toNanos()).orElse(true);
    }
}
