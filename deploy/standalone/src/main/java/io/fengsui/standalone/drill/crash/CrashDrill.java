package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.drill.GroupLag;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * kill -9 of a streams app at random moments, again and again, while events come; its successor starts at once. Then all that
 * readers were given is held to what an undisturbed app makes of the same records. Seeded: victims and pauses are the same
 * each time, the moments within a transaction are chance.
 */
public final class CrashDrill implements AutoCloseable {
    private static final Duration FLOWING = Duration.ofMinutes(1);
    private static final Duration TAKEN_OVER = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final Duration REVIVED = Duration.ofSeconds(2);
    private static final Duration SILENCE_IS_TOLD = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_MILLIS = 20;

    /** Longest pause before a kill: several transactions, and not so long that a kill is foreseen. */
    private static final int MOST_PAUSE_MILLIS = 2_000;

    /** One kill in so many does not wait until the one before is overcome: it hits a restore, a rebalance or a start. */
    private static final int HASTY = 4;

    private final Path directory;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final Random random;
    private final CrashCast cast;
    private final CrashStage stage;
    private final List<Duration> takeovers = new ArrayList<>();

    /**
     * @param directory data and logs, empty
     * @param seeds of the city, of which some devices take part
     * @param progress takes a line now and then
     */
    public CrashDrill(
            Path directory,
            SeedSet seeds,
            Path registryHome,
            long seed,
            InstantSource clock,
            Consumer<String> progress) {
        this.directory = directory;
        this.clock = clock;
        this.progress = progress;
        this.random = new Random(seed);
        this.cast = new CrashCast(seeds, random);
        this.stage = new CrashStage(directory, cast.seeds(), registryHome);
    }

    /** @throws StartException if it cannot be played: Kafka does not start, the apps never come back */
    public CrashReport run(int kills) throws InterruptedException {
        progress.accept("Starting Kafka, the registry and two streams apps");
        stage.start();
        SchemaRegistryClient registry = stage.registryClient();
        WholeOutput.Variable variable = variableRules();
        WholeOutput written = new WholeOutput(cast.seeds(), registry, variable);
        String run = "c" + Long.toString(clock.millis(), Character.MAX_RADIX);
        EventStream events = new EventStream(cast, registry, new Random(random.nextLong()), run);
        Poison poison = new Poison(registry, new Random(random.nextLong()));
        List<Input> inputs;
        Instant begun = clock.instant();
        Duration took;
        try (OutputReader reader = new OutputReader(stage.clients(), written);
                Feeder feeder = new Feeder(stage.clients(), registry, cast, events, poison, clock)) {
            reader.start();
            feeder.start();
            if (!await(FLOWING, () -> reader.allBeyond(begun))) {
                throw new StartException("No events come out of the streams apps; their logs are in " + directory);
            }
            kill(kills, reader, feeder);
            took = Duration.between(begun, clock.instant());
            inputs = close(reader, feeder);
        }
        Instant ended = clock.instant();
        stage.apps().forEach(ExternalApp::close);
        progress.accept("Playing the same " + inputs.size() + " records to an app that nothing happens to");
        WholeOutput expected = new WholeOutput(cast.seeds(), registry, variable);
        new Undisturbed(cast.seeds(), registry, CrashStage.APPLICATION_ID, directory.resolve("undisturbed"))
                .play(inputs, ended, expected);
        long cut = OutputReader.countAll(stage.clients(), written, "read_uncommitted")
                - OutputReader.countAll(stage.clients(), written, "read_committed");
        Collections.sort(takeovers);
        return new CrashReport(
                kills,
                took,
                inputs.size(),
                cut,
                List.copyOf(takeovers),
                written.blind(),
                written.silent().size(),
                cast.falling().stream()
                        .map(Device::getDeviceId)
                        .filter(device -> !written.silent().contains(device))
                        .toList(),
                Comparison.of(expected.told(), written.told(), expected.accounts(), written.accounts()));
    }

    private void kill(int kills, OutputReader reader, Feeder feeder) throws InterruptedException {
        List<Device> falling = new ArrayList<>(cast.falling());
        for (int kill = 1; kill <= kills; kill++) {
            int fall = (falling.size() + kills - kill) / (kills - kill + 1);
            for (int i = 0; i < fall; i++) {
                feeder.silence(falling.remove(falling.size() - 1));
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
            int victim = random.nextInt(stage.apps().size());
            ExternalApp app = stage.apps().get(victim);
            Instant at = clock.instant();
            app.kill();
            app.launch();
            boolean waits = kill % HASTY != 0;
            Optional<Duration> takeover = waits ? takeover(reader, at) : Optional.empty();
            takeover.ifPresent(takeovers::add);
            progress.accept(String.format(
                    "kill %d of %d: streams-%d%s",
                    kill,
                    kills,
                    victim,
                    takeover.map(time -> ", every partition gives output again after " + time.toMillis() + " ms")
                            .orElse(", and the next at once")));
        }
    }

    private Optional<Duration> takeover(OutputReader reader, Instant killed) throws InterruptedException {
        if (!await(TAKEN_OVER, () -> reader.allBeyond(killed))) {
            throw new StartException("After a kill no output came for " + TAKEN_OVER.toSeconds()
                    + " s; the logs of the apps are in " + directory);
        }
        return Optional.of(Duration.between(killed, clock.instant()));
    }

    /** Lets the silent devices be told and speak again, and waits until all that came in has come out. */
    private List<Input> close(OutputReader reader, Feeder feeder) throws InterruptedException {
        for (ExternalApp app : stage.apps()) {
            app.awaitReady();
        }
        Set<String> falling = cast.falling().stream().map(Device::getDeviceId).collect(Collectors.toSet());
        progress.accept("Waiting until " + falling.size() + " silent devices are told");
        await(SILENCE_IS_TOLD, () -> reader.silent().containsAll(falling));
        feeder.revive();
        TimeUnit.MILLISECONDS.sleep(REVIVED.toMillis());
        List<Input> inputs = feeder.stop();
        try (Admin admin = Admin.create(stage.clients())) {
            GroupLag lag = new GroupLag(admin);
            long deadline = System.nanoTime() + SETTLED.toNanos();
            while (lag.ofEvents(CrashStage.APPLICATION_ID) > 0 || reader.quiet().compareTo(STILL) < 0) {
                if (System.nanoTime() > deadline) {
                    throw new StartException("The streams apps did not come to rest within " + SETTLED.toSeconds()
                            + " s; their logs are in " + directory);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        }
        return inputs;
    }

    private WholeOutput.Variable variableRules() {
        RuleBook book = new RuleBook(feed -> {});
        cast.seeds().rules().forEach(book::accept);
        Set<String> silence = new HashSet<>();
        Set<String> across = new HashSet<>();
        for (String feed : cast.seeds().rules().keySet()) {
            RuleSet set = book.of(feed);
            for (Rule rule : set == null ? List.<Rule>of() : set.rules()) {
                if (rule.trigger() instanceof Trigger.Absence) {
                    silence.add(rule.id());
                } else if (rule.trigger() instanceof Trigger.Group) {
                    across.add(rule.id());
                }
            }
        }
        return new WholeOutput.Variable(silence, across);
    }

    private static boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return true;
    }

    @Override
    public void close() {
        stage.close();
    }
}
