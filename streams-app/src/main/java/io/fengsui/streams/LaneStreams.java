package io.fengsui.streams;

import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.failure.ThreadPolicy;
import io.fengsui.streams.sink.WarmClients;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one lane: threads, consumers, producers, transactions and stores of its own, so that it waits for nothing
 * that the other lane does.
 */
final class LaneStreams implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(LaneStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 20;
    private static final String DEAD = "DEAD";

    private final StreamsAppConfig config;
    private final World world;
    private final Lane lane;
    private final TaskBoard board;
    private final ThreadPolicy threads;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics clientMetrics;

    LaneStreams(StreamsAppConfig config, World world, WarmClients clients) {
        this.config = config;
        this.world = world;
        lane = world.lane();
        board = world.board();
        threads = new ThreadPolicy(world.metrics(), board.setAside(), world.clock());
        streams = new KafkaStreams(
                EventTopology.build(config, world),
                StreamsProperties.of(config, lane, world.metrics(), board.setAside()),
                clients);
        streams.setUncaughtExceptionHandler(threads);
        clientMetrics = new KafkaStreamsMetrics(streams, Tags.of("lane", lane.id()));
    }

    /** Returns at once. */
    void start() {
        streams.start();
    }

    /** Ready is when every task of this instance has had a transaction committed; an instance may have none. */
    void awaitWarm(Instant deadline) throws InterruptedException {
        while (streams.state() != KafkaStreams.State.RUNNING || board.warm() < tasks()) {
            failure().ifPresent(failure -> {
                throw new StartException(
                        "Lane " + lane.id() + " failed while starting: " + failure.getMessage(), failure);
            });
            if (world.clock().instant().isAfter(deadline)) {
                throw new StartException("Lane " + lane.id() + " was not ready within "
                        + config.timing().start().toSeconds() + " s, state " + streams.state() + "; raise "
                        + StreamsAppConfig.START_TIMEOUT + " if it is restoring");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    void bindTo(MeterRegistry meters) {
        clientMetrics.bindTo(meters);
        world.metrics().threads(lane, this::threadsAlive);
    }

    private long threadsAlive() {
        return streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals(DEAD))
                .count();
    }

    /** Tasks that run in this instance. */
    int tasks() {
        return streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    Health check(Instant now) {
        Map<String, String> details = new LinkedHashMap<>();
        KafkaStreams.State state = streams.state();
        int stalled = board.stalled(STALLED_AFTER, now);
        details.put(
                lane.id(),
                state + ", " + board.tasks() + " tasks"
                        + (stalled == 0 ? "" : ", " + stalled + " stalled: does Kafka answer?"));
        Optional<Throwable> failure = failure();
        if (failure.isPresent()) {
            details.put(lane.id() + ".failure", String.valueOf(failure.get().getMessage()));
            return Health.dead(details);
        }
        return state == KafkaStreams.State.RUNNING && stalled == 0 ? Health.up(details) : Health.notReady(details);
    }

    /** What only a restart can mend; empty while all is well or may become so. */
    private Optional<Throwable> failure() {
        Throwable fatal = threads.fatal();
        if (fatal != null) {
            return Optional.of(fatal);
        }
        // Kafka Streams stays RUNNING, or REBALANCING, when its last thread is gone without a successor.
        boolean over = streams.state().hasCompletedShutdown()
                || streams.metadataForLocalThreads().stream()
                        .allMatch(t -> t.threadState().equals(DEAD));
        return over ? Optional.of(new IllegalStateException("no stream thread is left")) : Optional.empty();
    }

    @Override
    public void close() {
        threads.close();
        clientMetrics.close();
        if (!streams.close(CLOSE_TIMEOUT)) {
            logger.warn("The stream threads of lane {} did not end within {} s", lane.id(), CLOSE_TIMEOUT.toSeconds());
        }
    }
}
