package io.fengsui.alerting.topology;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * @param wall our clock, which people and machines set
 * @param steady nanoseconds that go on evenly whatever the wall clock is set to; their beginning means nothing
 */
public record Clocks(InstantSource wall, LongSupplier steady) {

    /** With the machine's own steady clock. */
    public static Clocks of(InstantSource wall) {
        return new Clocks(wall, System::nanoTime);
    }
}
