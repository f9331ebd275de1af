package io.fengsui.standalone.bench.absence;

import io.fengsui.standalone.bench.streams.StreamsStage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Whether watching devices for silence costs the same however many there are, finds all that are silent in time and none that
 * are not, and what the usual way costs in its place: {@link CostTrial} for each number of devices, then
 * {@link DetectionTrial} and {@link ScanTrial} with the largest.
 */
public final class AbsenceBench {
    private static final Duration SHORTEST_BEAT = Duration.ofSeconds(4);
    private static final Duration LONGEST_SCAN = Duration.ofSeconds(30);

    /**
     * What to measure.
     *
     * @param cameras numbers of devices, ascending
     * @param warmUp heartbeats a number of devices that are not counted, at least
     * @param measured heartbeats that are, at least
     * @param rate heartbeats a second while silence is to be found, at most
     */
    public record Plan(List<Integer> cameras, int warmUp, int measured, int rate) {}

    /**
     * What was found.
     *
     * @param table of all figures, the last line in key=value
     */
    public record Report(String table, int missed, int falsely) {}

    private final StreamsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param stage started, with one partition, so that one task has all devices */
    public AbsenceBench(StreamsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    public Report run(Plan plan) throws InterruptedException {
        List<CostTrial.Result> costs = new ArrayList<>();
        CostTrial trial = new CostTrial(stage, clock, progress);
        for (int cameras : plan.cameras()) {
            CostTrial.Result cost = trial.run(application(cameras), cameras, plan.warmUp(), plan.measured());
            progress.accept(row(cost));
            costs.add(cost);
        }
        int largest = plan.cameras().get(plan.cameras().size() - 1);
        Duration beat = longer(SHORTEST_BEAT, Duration.ofSeconds(largest / plan.rate()));
        // One missed heartbeat and a half: whole seconds, and no longer than it takes to tell.
        Cameras cameras =
                new Cameras(stage.seeds(), largest, beat.multipliedBy(3).dividedBy(2), 1);
        DetectionTrial.Result found =
                new DetectionTrial(stage, clock, progress).run(application(largest), cameras, beat);
        progress.accept(line(found));
        ScanTrial.Result scan =
                new ScanTrial(stage, clock, progress).run("bench-scan", cameras, beat, shorter(LONGEST_SCAN, beat));
        progress.accept(line(scan));
        return report(costs, cameras, found, scan);
    }

    private static String application(int cameras) {
        return "bench-" + cameras;
    }

    private static Report report(
            List<CostTrial.Result> costs, Cameras cameras, DetectionTrial.Result found, ScanTrial.Result scan) {
        StringBuilder table = new StringBuilder();
        table.append(
                "| cameras | µs a heartbeat, JVM | µs, its threads | µs, Kafka | heartbeats/s a thread | state bytes"
                        + " | restore s | start s |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        costs.forEach(cost -> table.append(row(cost)).append('\n'));
        double flat =
                costs.stream().mapToDouble(c -> c.pace().processMicros()).max().orElse(0)
                        / costs.stream()
                                .mapToDouble(c -> c.pace().processMicros())
                                .min()
                                .orElse(1);
        int falsely = found.falsely()
                + (int) costs.stream().mapToLong(CostTrial.Result::signals).sum();
        table.append(String.format(
                        Locale.ROOT,
                        "%n%,d cameras, timeout %d s: ",
                        cameras.count(),
                        cameras.timeout().toSeconds()))
                .append(line(found))
                .append('\n')
                .append(line(scan))
                .append('\n')
                .append(String.format(
                        Locale.ROOT,
                        "flat_ratio=%.2f naive_ratio=%.2f missed=%d false=%d%n",
                        flat,
                        scan.pace().threadMicros() / found.pace().threadMicros(),
                        found.missed(),
                        falsely));
        return new Report(table.toString(), found.missed(), falsely);
    }

    private static String row(CostTrial.Result cost) {
        return String.format(
                Locale.ROOT,
                "| %,d | %.1f | %.1f | %.1f | %,.0f | %.0f | %.1f | %.1f |",
                cost.cameras(),
                cost.pace().processMicros(),
                cost.pace().threadMicros(),
                cost.pace().brokerMicros(),
                cost.pace().perSecond(),
                cost.stateBytes(),
                cost.restoring().toMillis() / 1e3,
                cost.starting().toMillis() / 1e3);
    }

    private static String line(DetectionTrial.Result found) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d silenced found, %d false, p50 %d p99 %d max %d ms after the timeout; %,.0f heartbeats/s,"
                        + " %.1f µs each, its threads; started again in %.1f s",
                found.silenced() - found.missed(),
                found.silenced(),
                found.falsely(),
                found.delay(50),
                found.delay(99),
                found.delay(100),
                found.pace().perSecond(),
                found.pace().threadMicros(),
                found.starting().toMillis() / 1e3);
    }

    private static String line(ScanTrial.Result scan) {
        return String.format(
                Locale.ROOT,
                "A scan of all each second: %,.0f heartbeats/s, %.1f µs each, its threads; a scan takes %.0f ms",
                scan.pace().perSecond(),
                scan.pace().threadMicros(),
                scan.scanMillis());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
