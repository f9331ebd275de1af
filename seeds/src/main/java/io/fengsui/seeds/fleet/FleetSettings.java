package io.fengsui.seeds.fleet;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom the fleet publishes.
 *
 * @param brokers tcp://host:port, tried in turn
 * @param passwords password by vendor; null for a vendor without one stops the start
 * @param clock device clocks
 * @param nanoTime paces; a clock that only runs forward, nanoseconds, such as System::nanoTime
 * @param progress called once a second by a thread of the fleet's own, and once at the end
 */
public record FleetSettings(
        List<URI> brokers,
        Function<String, @Nullable String> passwords,
        InstantSource clock,
        LongSupplier nanoTime,
        Consumer<FleetProgress> progress) {}
