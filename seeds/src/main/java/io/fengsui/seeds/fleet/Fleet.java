package io.fengsui.seeds.fleet;

import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.link.Link;
import io.fengsui.seeds.scenario.FeedPlan;
import io.fengsui.seeds.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays a scenario: publishes over real MQTT connections, MQTT 5 and QoS 1, as the city's vendors would. The sequence of
 * messages follows from the scenario's seed; times are the clock's.
 *
 * <p>Read {@link #run} first. It publishes on the caller's thread, one message after another, and waits where the broker's
 * receive maximum or the rate says so; what is in memory is what is in flight.
 */
public final class Fleet {
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(30);
    private static final long LOOK_UP_NANOS = 50_000_000;
    private static final double SECOND = 1e9;

    private final Scenario scenario;
    private final SeedSet seeds;
    private final FleetSettings settings;
    private final Random random;
    private final String run;
    private final Expectations expectations;
    private final FleetCounters counters;
    private final Cast cast;
    private final Links links;
    private final GatewayLosses losses;
    private final Timeline timeline = new Timeline();
    private volatile boolean stopped;
    private volatile long startNanos;

    /**
     * Chooses the devices; connects nothing yet.
     *
     * @throws StartException if the reference data has not what the scenario asks for
     */
    public Fleet(Scenario scenario, SeedSet seeds, FleetSettings settings) {
        this.scenario = scenario;
        this.seeds = seeds;
        this.settings = settings;
        this.random = new Random(scenario.seed());
        this.run = Long.toString(settings.clock().millis(), Character.MAX_RADIX);
        this.expectations = new Expectations(run, scenario.ends());
        this.counters = new FleetCounters(expectations);
        this.cast = new Cast(scenario, seeds, settings.clock().instant(), random);
        this.links = new Links(settings, seeds, counters, expectations, run);
        this.losses = new GatewayLosses(links, counters, random, this::sayUp);
    }

    /**
     * Publishes until the scenario ends or {@link #stop} is called, then waits for the last acknowledgements.
     *
     * @throws StartException if the broker does not let a vendor in
     */
    public FleetReport run() throws InterruptedException {
        ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "fleet-progress");
            thread.setDaemon(true);
            return thread;
        });
        try {
            links.connect(taking());
            scenario.feeds().forEach(this::schedule);
            scenario.gatewayLosses().forEach(loss -> losses.schedule(loss, timeline));
            startNanos = settings.nanoTime().getAsLong();
            var unused = progress.scheduleAtFixedRate(this::tellProgress, 1, 1, TimeUnit.SECONDS);
            while (!stopped && !hasEnded() && awaitDue(timeline.nextDue())) {
                timeline.runNext();
            }
            Duration elapsed = Duration.ofNanos(elapsed());
            awaitAcknowledged();
            tellProgress();
            return report(elapsed);
        } finally {
            progress.shutdownNow();
            links.close();
        }
    }

    /** Ends the run soon; may be called by any thread, at any time. */
    public void stop() {
        stopped = true;
        links.all().forEach(Link::stop);
    }

    /** Devices that need a connection, and the gateways before them. */
    private Set<Device> taking() {
        Set<Device> devices = new LinkedHashSet<>();
        for (FeedPlan plan : scenario.feeds()) {
            List<Device> ofFeed = new ArrayList<>(cast.devices(plan.feed()));
            ofFeed.addAll(cast.strays(plan.feed()));
            ofFeed.stream()
                    .map(Links::gatewayOf)
                    .filter(Objects::nonNull)
                    .map(seeds.devices()::get)
                    .forEach(devices::add);
            devices.addAll(ofFeed);
        }
        return devices;
    }

    private void schedule(FeedPlan plan) {
        FeedSource source = new FeedSource(
                plan,
                seeds,
                cast.devices(plan.feed()),
                cast.strays(plan.feed()),
                random,
                expectations,
                scenario.exercise(),
                run);
        emit(plan, source, random.nextDouble(), 0);
    }

    /** The n-th message of a feed is due at (n + phase) / rate seconds. */
    private void emit(FeedPlan plan, FeedSource source, double phase, long n) {
        long due = (long) ((n + phase) / plan.rate() * SECOND);
        timeline.at(due, at -> {
            Optional<Emission> emission = source.next(
                    device -> !losses.isDown(device) && !cast.isSilent(device, at),
                    settings.clock().instant());
            if (emission.isPresent()) {
                publish(plan, emission.get());
            }
            emit(plan, source, phase, n + 1);
        });
    }

    private void publish(FeedPlan plan, Emission emission) throws InterruptedException {
        int number = emission.message().number();
        expectations.published(number);
        if (links.of(emission.sender()).send(emission.message())) {
            counters.published(plan.feed(), emission.kind());
        } else {
            expectations.withdrawn(number);
        }
    }

    /** A gateway that is back says so, whether or not its feed is in the scenario. */
    private void sayUp(Device gateway, long due) {
        FeedPlan plan = new FeedPlan(Feeds.GATEWAY, OptionalInt.empty(), 1, 0, 0, Map.of());
        FeedSource source = new FeedSource(plan, seeds, List.of(gateway), List.of(), random, expectations, "", run);
        timeline.at(due, at -> {
            Optional<Emission> up = source.next(device -> true, settings.clock().instant());
            if (up.isPresent()) {
                publish(plan, up.get());
            }
        });
    }

    private boolean hasEnded() {
        return scenario.total().isPresent()
                && counters.publishedTotal() >= scenario.total().getAsInt();
    }

    /** Waits until a time since the start; false if the scenario is over before. */
    private boolean awaitDue(long due) throws InterruptedException {
        long end = scenario.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        long until = Math.min(due, end);
        long wait = until - elapsed();
        while (wait > 0 && !stopped) {
            LockSupport.parkNanos(Math.min(wait, LOOK_UP_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException("The fleet was interrupted");
            }
            wait = until - elapsed();
        }
        return !stopped && due < end;
    }

    private long elapsed() {
        return settings.nanoTime().getAsLong() - startNanos;
    }

    private void tellProgress() {
        settings.progress()
                .accept(new FleetProgress(
                        Duration.ofNanos(elapsed()),
                        counters.publishedTotal(),
                        counters.acknowledgedTotal(),
                        links.unacknowledged(),
                        counters.resent(),
                        losses.count()));
    }

    private void awaitAcknowledged() throws InterruptedException {
        long deadline = elapsed() + LAST_ACKNOWLEDGEMENTS.toNanos();
        for (Link link : links.all()) {
            link.awaitAcknowledged(Duration.ofNanos(Math.max(0, deadline - elapsed())));
        }
    }

    private FleetReport report(Duration elapsed) {
        return new FleetReport(
                scenario.name(),
                elapsed,
                counters.published(),
                counters.acknowledgements(),
                links.unacknowledged(),
                counters.resent(),
                counters.lastWills(),
                expectations);
    }
}
