package io.fengsui.standalone.bench;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.seeds.scenario.FeedPlan;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.Standalone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long an event takes from a vendor's publish to its township's topic, and to the console as an alert. Events bear the
 * time of their making, which is the moment before they are published.
 */
public final class LatencyBench {
    private static final int SEED = 7;
    private static final long LAST_EVENTS_SECONDS = 3;

    private final Standalone standalone;
    private final InstantSource clock;
    private final Consumer<String> progress;

    public LatencyBench(Standalone standalone, InstantSource clock, Consumer<String> progress) {
        this.standalone = standalone;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Publishes at a steady rate.
     *
     * @param rate events a second over all feeds
     * @param warmUp how long before anything is measured
     * @return a table
     */
    public String run(int rate, Duration warmUp, Duration measured) throws InterruptedException {
        Latencies toTownship = new Latencies("publish → township topic");
        Latencies toConsole = new Latencies("publish → alert on console");
        Instant from = clock.instant().plus(warmUp);
        FleetReport sent;
        try (ReaderWatch readers = new ReaderWatch(standalone, toTownship, from, clock);
                ConsoleWatch console =
                        new ConsoleWatch(standalone.ports().consoleUrl(), token(), toConsole, from, clock)) {
            start("bench-readers", readers);
            start("bench-console", console);
            sent = publish(scenario(rate, warmUp.plus(measured)));
            TimeUnit.SECONDS.sleep(LAST_EVENTS_SECONDS);
        }
        return String.format(
                        Locale.ROOT,
                        "%,d events published in %d s at %,d a second, the first %d s not counted%n%n",
                        sent.publishedTotal(),
                        sent.elapsed().toSeconds(),
                        rate,
                        warmUp.toSeconds())
                + Latencies.HEADER
                + toTownship.rows()
                + toConsole.rows();
    }

    private String token() {
        return standalone
                .consoleUsers()
                .token()
                .orElseThrow(() -> new StartException(
                        "the users of the console were made by a former start; measure over a new data directory"));
    }

    private FleetReport publish(Scenario scenario) throws InterruptedException {
        FleetSettings settings = new FleetSettings(
                List.of(URI.create(standalone.ports().mqttUri())),
                vendor -> standalone.users().password(vendor).orElse(null),
                clock,
                System::nanoTime,
                now -> progress.accept(
                        String.format("%3d s  published %,d", now.elapsed().toSeconds(), now.published())));
        return new Fleet(scenario, standalone.seeds(), settings).run();
    }

    /**
     * Mostly telemetry, as in a city; enough alarms of both lanes for a 99th percentile.
     *
     * @param duration null: until it is stopped
     */
    static Scenario scenario(int rate, @Nullable Duration duration) {
        return new Scenario(
                "latency",
                "a steady rate without faults",
                SEED,
                OptionalInt.empty(),
                Optional.ofNullable(duration),
                "",
                List.of(
                        plan(Feeds.VIDEO_STATUS, 0.52 * rate, 0.03),
                        plan(Feeds.DUST_SENSOR, 0.35 * rate, 0.03),
                        plan(Feeds.BEIDOU_REPORT, 0.04 * rate, 0.3),
                        plan(Feeds.ELEVATOR_119, 0.08 * rate, 0.3),
                        plan(Feeds.GATEWAY, 0.01 * rate, 0)),
                List.of(),
                List.of());
    }

    private static FeedPlan plan(Feed<?> feed, double rate, double alarm) {
        return new FeedPlan(feed, OptionalInt.empty(), rate, alarm, 0, Map.of());
    }

    private static void start(String name, Runnable watch) {
        Thread thread = new Thread(watch, name);
        thread.setDaemon(true);
        thread.start();
    }
}
