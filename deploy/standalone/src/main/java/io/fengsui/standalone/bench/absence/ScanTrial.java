package io.fengsui.standalone.bench.absence;

import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.streams.TopologyRun;
import io.fengsui.standalone.bench.streams.TopologyRun.Pace;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What {@link ScanWatch} costs at the same heartbeats as in {@link DetectionTrial}. */
final class ScanTrial {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /**
     * What was measured.
     *
     * @param scanMillis for so long nothing else is done, each second
     */
    record Result(Pace pace, double scanMillis) {}

    private final StreamsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;

    ScanTrial(StreamsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    Result run(String applicationId, Cameras cameras, Duration beat, Duration during) throws InterruptedException {
        createOutput();
        StreamsMetrics metrics = new StreamsMetrics(new SimpleMeterRegistry());
        StreamsAppConfig config = stage.config(applicationId, Map.of());
        World world = stage.world(applicationId, cameras.reference(), cameras.rules(), metrics, new TaskBoard(), clock);
        ScanWatch watch = new ScanWatch(world, cameras.timeout(), clock);
        String group = world.lane().group(applicationId);
        stage.emptySources();
        try (Publisher publisher = new Publisher(stage)) {
            publisher.lastSeen(group, ScanWatch.STORE, cameras, clock.instant());
            try (TopologyRun run = new TopologyRun(
                    stage, watch.topology(), config, world.lane(), metrics, Map.of(), Set.of(ScanWatch.SILENT))) {
                run.start();
                run.await(run::running, PATIENCE);
                Beating beating = new Beating(publisher, cameras, beat, new BitSet(), clock);
                Thread beats = new Thread(beating, "bench-heartbeats");
                beats.setDaemon(true);
                beats.start();
                progress.accept(String.format(
                        "%,d cameras beat every %d s before a scan each second", cameras.count(), beat.toSeconds()));
                run.measure(watch::heard, SETTLING);
                Pace pace = run.measure(watch::heard, during);
                beating.stop();
                beats.join();
                beating.requireSteady();
                return new Result(pace, watch.scanMillis());
            }
        }
    }

    private void createOutput() throws InterruptedException {
        try (Admin admin = Admin.create(stage.clients())) {
            admin.createTopics(List.of(new NewTopic(ScanWatch.SILENT, 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(ScanWatch.SILENT + " cannot be created: " + e.getMessage(), e);
        }
    }
}
