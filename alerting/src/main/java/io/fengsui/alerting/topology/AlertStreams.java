package io.fengsui.alerting.topology;

import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology. A thread that fails is replaced after a second, for as long as it takes: the transaction was undone,
 * nothing is lost, and {@link #check()} is not ready meanwhile. Only an error of the JVM stops it for good.
 */
public final class AlertStreams implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AlertStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** Of 20 ms each. */
    private static final int WARM_UP_TRIES = 500;

    private final Topology topology;
    private final Properties settings;
    private final boolean staticMember;
    private final MeterRegistry meters;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable String lastFailure;

    /**
     * @param settings of the Kafka Streams client, complete
     * @param staticMember whether it keeps its place in the group over a restart
     */
    public AlertStreams(Topology topology, Map<String, ?> settings, boolean staticMember, MeterRegistry meters) {
        this.topology = topology;
        this.settings = new Properties();
        this.settings.putAll(settings);
        this.staticMember = staticMember;
        this.meters = meters;
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
                    + client.state() + (lastFailure == null ? "" : ": " + lastFailure)
                    + "; is another instance with the same group instance id running?");
        }
        awaitWarm(client);
    }

    /** Waits for the transaction of {@link WarmUp} in each task, and not for ever: it is about speed alone. */
    private void awaitWarm(KafkaStreams client) throws InterruptedException {
        for (int i = 0; i < WARM_UP_TRIES && commits(client) < tasks(client); i++) {
            if (closing.await(20, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static double commits(KafkaStreams client) {
        return client.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("commit-total")
                        && metric.metricName().group().equals("stream-thread-metrics"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    private static int tasks(KafkaStreams client) {
        return client.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    public Health check() {
        KafkaStreams client = streams;
        State state = client == null ? State.CREATED : client.state();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("state", state.name());
        String failure = lastFailure;
        if (failure != null) {
            details.put("failure", failure);
        }
        if (state == State.ERROR || state == State.PENDING_ERROR) {
            return Health.dead(details);
        }
        return state == State.RUNNING && failure == null ? Health.up(details) : Health.notReady(details);
    }

    private void noteState(State now, State before) {
        logger.info("Alert topology: {} after {}", now, before);
        if (now == State.RUNNING) {
            lastFailure = null;
            running.countDown();
        }
    }

    /** On the thread that failed. */
    private StreamThreadExceptionResponse replace(Throwable failure) {
        AlertingMeters.FAILURES.counter(meters).increment();
        lastFailure = String.valueOf(failure.getMessage());
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
