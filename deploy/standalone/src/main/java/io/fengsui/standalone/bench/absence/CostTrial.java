package io.fengsui.standalone.bench.absence;

import io.fengsui.standalone.bench.streams.LaneRun;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.streams.TopologyRun.Pace;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.task.DeviceProcessor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a heartbeat costs. The state of each camera is in the changelog, as after a long time and a compaction; the heartbeats of
 * some minutes are in the feed. So a start restores all states, and then works the minutes off in their own time, timers
 * included. Nobody is silent, so that each signal is a false one.
 */
final class CostTrial {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MISSED = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** At the start every device is looked at once, so many ticks long: that is over before anything is measured. */
    private static final int LOOK_TICKS = 20;

    private static final int LEAST_TIMERS = 5_000;

    /** The clock is a fetch ahead, which is some seconds where few cameras beat. */
    private static final Duration BLIND_AFTER = Duration.ofMinutes(10);

    /**
     * What was measured.
     *
     * @param stateBytes a camera, key and value as stored
     * @param restored states that were restored
     * @param restoring how long that took
     * @param starting from the start to the first tick: restored, and all timers set
     * @param signals which are all false
     */
    record Result(
            int cameras,
            Pace pace,
            double stateBytes,
            long restored,
            Duration restoring,
            Duration starting,
            long signals) {}

    private final StreamsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;

    CostTrial(StreamsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * @param warmUp heartbeats that are not counted, at least
     * @param measured heartbeats that are, at least
     */
    Result run(String applicationId, int count, int warmUp, int measured) throws InterruptedException {
        Cameras cameras = new Cameras(stage.seeds(), count, INTERVAL, MISSED);
        int first = Math.max(1, roundUp(warmUp, count));
        int rounds = first + Math.max(1, roundUp(measured, count));
        Instant from = clock.instant().minus(INTERVAL.multipliedBy(rounds));
        double bytes;
        stage.emptySources();
        try (Publisher publisher = new Publisher(stage)) {
            progress.accept(
                    String.format("%,d cameras: writing their states and %,d heartbeats", count, rounds * count));
            String group = stage.feed().lane().group(applicationId);
            bytes = publisher.states(group, DeviceProcessor.STORE, cameras, from);
            publisher.rounds(cameras, rounds, from);
        }
        StreamTime time = new StreamTime(from);
        Map<String, String> settings = Map.of(
                StreamsAppConfig.BLIND_AFTER, Long.toString(BLIND_AFTER.toMillis()),
                StreamsAppConfig.TIMERS_PER_TICK, Integer.toString(Math.max(LEAST_TIMERS, count / LOOK_TICKS)));
        try (LaneRun lane = new LaneRun(
                stage, applicationId, cameras.reference(), cameras.rules(), time, settings, time.properties())) {
            progress.accept(String.format("%,d cameras: restoring and processing", count));
            Duration starting = lane.start(PATIENCE);
            // A little less than all: the last fetch is a small one, and waits.
            long last = (long) (rounds - first) * count * 99 / 100;
            Pace pace = lane.run().measure(lane::routed, (long) first * count, last, PATIENCE);
            if (lane.notRouted() > 0) {
                throw new IllegalStateException(lane.notRouted() + " heartbeats were not routed");
            }
            return new Result(
                    count, pace, bytes, lane.run().restored(), lane.run().restoring(), starting, lane.signals());
        }
    }

    private static int roundUp(int heartbeats, int count) {
        return (heartbeats + count - 1) / count;
    }
}
