package io.fengsui.alerting.topology;

import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TaskId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology. A thread that fails is replaced after a second, for as long as it takes: the transaction was undone,
 * nothing is lost, and {@link #check()} is not ready until it has run for 15 seconds without another failure. Only an error
 * of the JVM stops it for good.
 */
public final class AlertStreams implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AlertStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(15);

    /** Of 20 ms each. */
    private static final int WARM_UP_TRIES = 500;

    private final Topology topology;
    private final Set<TaskId> warm;
    private final Properties settings;
    private final boolean staticMember;
    private final Counter failures;
    private final InstantSource clock;
    private final Trouble trouble = new Trouble(STEADY);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Failure lastFailure;

    /**
     * @param settings of the Kafka Streams client, complete
     * @param staticMember whether it keeps its place in the group over a restart
     */
    public AlertStreams(
            AlertTopology topology,
            Map<String, ?> settings,
            boolean staticMember,
            MeterRegistry meters,
            InstantSource clock) {
        this.topology = topology.build();
        this.warm = topology.warm();
        this.settings = new Properties();
        this.settings.putAll(settings);
        this.staticMember = staticMember;
        this.failures = AlertingMeters.FAILURES.counter(meters);
        this.clock = clock;
    }

    /**
     * Starts and waits until every alert of this instance's partitions is restored and each has seen a transaction.
     *
     * @throws StartException after the timeout
     */
    public void start(Duration timeout) throws InterruptedException {
        KafkaStreams client = new KafkaStreams(topology, settings);
        streams = client;
        client.setStateListener(this::noteState);
        client.setUncaughtExceptionHandler(this::replace);
        client.start();
        if (!running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StartException("The alerts of " + settings.get(StreamsConfig.APPLICATION_ID_CONFIG)
                    + " were not restored within " + timeout.toSeconds() + " s, state "
                    + client.state() + (lastFailure == null ? "" : ": " + lastFailure.words())
                    + "; is another instance with the same group instance id running?");
        }
        awaitWarm(client);
    }

    /** Waits for the transaction of {@link WarmUp} in each task, and not for ever: it is about speed alone. */
    private void awaitWarm(KafkaStreams client) throws InterruptedException {
        for (int i = 0; i < WARM_UP_TRIES && !warm.containsAll(tasks(client)); i++) {
            if (closing.await(20, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static Set<TaskId> tasks(KafkaStreams client) {
        return client.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::taskId)
                .collect(Collectors.toSet());
    }

    /** Whether signals and commands have been waiting for some time: more than a rebalance or a failure that is mended. */
    public boolean standsStill() {
        Instant now = clock.instant();
        if (state() != State.RUNNING) {
            trouble.note(now);
        }
        return trouble.lasts(now);
    }

    public Health check() {
        State state = state();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("state", state.name());
        Failure failure = lastFailure;
        boolean failing =
                failure != null && clock.instant().isBefore(failure.at().plus(STEADY));
        if (failure != null && failing) {
            details.put("failure", failure.words());
        }
        if (state == State.ERROR || state == State.PENDING_ERROR) {
            return Health.dead(details);
        }
        return state == State.RUNNING && !failing ? Health.up(details) : Health.notReady(details);
    }

    private State state() {
        KafkaStreams client = streams;
        return client == null ? State.CREATED : client.state();
    }

    private void noteState(State now, State before) {
        logger.info("Alert topology: {} after {}", now, before);
        if (now == State.RUNNING) {
            running.countDown();
        } else {
            trouble.note(clock.instant());
        }
    }

    private record Failure(String words, Instant at) {}

    /** On the thread that failed. */
    private StreamThreadExceptionResponse replace(Throwable failure) {
        failures.increment();
        Instant now = clock.instant();
        trouble.note(now);
        lastFailure = new Failure(String.valueOf(failure.getMessage()), now);
        if (hasErrorOfJvm(failure)) {
            logger.error("The alert topology cannot go on", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        logger.error("A thread of the alert topology failed and is replaced; nothing is lost", failure);
        try {
            boolean closed = closing.await(1, TimeUnit.SECONDS);
            logger.debug("closed {}", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean hasErrorOfJvm(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError || cause instanceof LinkageError) {
                return true;
            }
        }
        return false;
    }

    /** A static member keeps its place in the group; another leaves it, so that others take over at once. */
    @Override
    public void close() {
        closing.countDown();
        KafkaStreams client = streams;
        if (client != null) {
            boolean done = client.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                    .withGroupMembershipOperation(
                            staticMember
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP));
            if (!done) {
                logger.warn("The alert topology did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
            }
        }
    }
}
