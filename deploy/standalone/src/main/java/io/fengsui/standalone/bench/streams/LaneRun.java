package io.fengsui.standalone.bench.streams;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.EventTopology;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.meter.EventOutcome;
import io.fengsui.streams.meter.StreamsMeters;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** One lane of the streams app over reference data in memory: its own topology, processors, stores and properties. */
public final class LaneRun implements AutoCloseable {
    private final StreamsStage stage;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TaskBoard board = new TaskBoard();
    private final TopologyRun run;

    /**
     * @param settings of the streams app that differ from the defaults
     * @param further properties of Kafka Streams
     */
    public LaneRun(
            StreamsStage stage,
            String applicationId,
            ReferenceView reference,
            RuleBook rules,
            InstantSource clock,
            Map<String, String> settings,
            Map<String, Object> further) {
        this.stage = stage;
        Lane lane = stage.feed().lane();
        StreamsAppConfig config = stage.config(applicationId, settings);
        StreamsMetrics metrics = new StreamsMetrics(meters);
        World world = stage.world(applicationId, reference, rules, metrics, board, clock);
        run = new TopologyRun(
                stage, EventTopology.build(config, world), config, lane, metrics, further, stage.topicNames());
    }

    /**
     * Returns when every task has ticked.
     *
     * @return how long that took
     */
    public Duration start(Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        run.start();
        run.await(() -> run.running() && board.tasks() == stage.partitions(), patience);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    public TopologyRun run() {
        return run;
    }

    /** Events that were routed. */
    public long routed() {
        return (long) meters
                .find(StreamsMeters.EVENTS.meterName())
                .tag("feed", stage.feed().id())
                .tag("outcome", EventOutcome.ROUTED.tag())
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Events that were anything else: unrouted, duplicates. */
    public long notRouted() {
        return count(StreamsMeters.EVENTS) - routed();
    }

    /** Alerts that were signalled. */
    public long signals() {
        return count(StreamsMeters.SIGNALS);
    }

    private long count(StreamsMeters meter) {
        return (long) meters.find(meter.meterName()).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        run.close();
    }
}
