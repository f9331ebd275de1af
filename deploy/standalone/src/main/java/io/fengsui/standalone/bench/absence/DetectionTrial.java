package io.fengsui.standalone.bench.absence;

import io.fengsui.standalone.bench.streams.LaneRun;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.streams.TopologyRun.Pace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How soon and how surely silence is found while all others go on beating, in real time and with the default settings. */
final class DetectionTrial {
    private static final int SEED = 7;
    private static final int SILENT_PART = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** After the last timeout; who is not found by then is missed. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /**
     * What was found.
     *
     * @param delays beyond the timeout, sorted, milliseconds
     * @param falsely cameras that were told silent and were not
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Result(int silenced, int missed, int falsely, long[] delays, Pace pace, Duration starting) {

        /** Nearest rank; 0 if nothing was found. */
        long delay(int percent) {
            int rank = (int) Math.ceil(percent / 100.0 * delays.length);
            return delays.length == 0 ? 0 : delays[Math.max(0, rank - 1)];
        }
    }

    private final StreamsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;

    DetectionTrial(StreamsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * @param applicationId whose state there is
     * @param beat how often they really beat; their timeout is that of the reference data
     */
    Result run(String applicationId, Cameras cameras, Duration beat) throws InterruptedException {
        BitSet silent = choose(cameras.count());
        stage.emptySources();
        try (Publisher publisher = new Publisher(stage);
                LaneRun lane = new LaneRun(
                        stage, applicationId, cameras.reference(), cameras.rules(), clock, Map.of(), Map.of());
                SignalWatch signals = new SignalWatch(stage, clock)) {
            Duration starting = lane.start(PATIENCE);
            start("bench-signals", signals);
            Beating beating = new Beating(publisher, cameras, beat, silent, clock);
            Thread beats = start("bench-heartbeats", beating);
            progress.accept(String.format(
                    "%,d cameras beat every %d s, %,d of them once; timeout %d s",
                    cameras.count(),
                    beat.toSeconds(),
                    silent.cardinality(),
                    cameras.timeout().toSeconds()));
            lane.run().await(elapsed(beat), beat.plus(PATIENCE));
            Pace pace = lane.run().measure(lane::routed, cameras.timeout());
            lane.run().await(found(signals, silent.cardinality()), GRACE.plus(PATIENCE));
            beating.stop();
            beats.join();
            beating.requireSteady();
            return judge(silent, beating, signals.toldAt(), cameras, pace, starting);
        }
    }

    private static Result judge(
            BitSet silent, Beating beating, Map<Integer, Long> toldAt, Cameras cameras, Pace pace, Duration starting) {
        long[] delays = silent.stream()
                .filter(toldAt::containsKey)
                .mapToLong(i -> toldAt.getOrDefault(i, 0L)
                        - beating.lastBeat(i)
                        - cameras.timeout().toMillis())
                .sorted()
                .toArray();
        int falsely = (int) toldAt.keySet().stream().filter(i -> !silent.get(i)).count()
                + (int) Arrays.stream(delays).filter(delay -> delay < 0).count();
        int silenced = silent.cardinality();
        return new Result(silenced, silenced - delays.length, falsely, delays, pace, starting);
    }

    private static BooleanSupplier elapsed(Duration wait) {
        long began = System.nanoTime();
        return () -> System.nanoTime() - began >= wait.toNanos();
    }

    private static BooleanSupplier found(SignalWatch signals, int silenced) {
        BooleanSupplier over = elapsed(GRACE);
        return () -> signals.told() >= silenced || over.getAsBoolean();
    }

    private static BitSet choose(int count) {
        BitSet silent = new BitSet(count);
        Random random = new Random(SEED);
        int wanted = Math.max(1, count / SILENT_PART);
        while (silent.cardinality() < wanted) {
            silent.set(random.nextInt(count));
        }
        return silent;
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
