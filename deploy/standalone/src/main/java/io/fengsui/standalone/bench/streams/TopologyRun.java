package io.fengsui.standalone.bench.streams;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.StreamsProperties;
import io.fengsui.streams.failure.SetAside;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.sink.WarmClients;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/** A topology in Kafka Streams as a lane of the streams app runs it: the same properties and clients. */
public final class TopologyRun implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 10;

    /**
     * How fast records were processed.
     *
     * @param perSecond records
     * @param processMicros processor time of this JVM a record, microseconds
     * @param threadMicros of the application's threads alone
     * @param brokerMicros of Kafka
     */
    public record Pace(double perSecond, double processMicros, double threadMicros, double brokerMicros) {}

    private final StreamsStage stage;
    private final String group;
    private final KafkaStreams streams;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong restoreNanos = new AtomicLong();

    /**
     * @param stage with the broker that it runs on
     * @param further properties of Kafka Streams
     * @param sinks topics that the producer is to know from the start
     */
    public TopologyRun(
            StreamsStage stage,
            Topology topology,
            StreamsAppConfig config,
            Lane lane,
            StreamsMetrics metrics,
            Map<String, Object> further,
            Set<String> sinks) {
        this.stage = stage;
        group = lane.group(config.applicationId());
        Properties properties = StreamsProperties.of(config, lane, metrics, new SetAside());
        properties.putAll(further);
        streams = new KafkaStreams(topology, properties, new WarmClients(() -> sinks));
        streams.setUncaughtExceptionHandler(thrown -> {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setGlobalStateRestoreListener(new Restoring());
    }

    /** Returns at once. */
    public void start() {
        streams.start();
    }

    /** @throws IllegalStateException if it fails, or is not so in time */
    public void await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw new IllegalStateException(group + " failed: " + thrown.getMessage(), thrown);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " did not get on within " + patience.toSeconds() + " s, state "
                        + streams.state() + ": is the machine busy with something else?");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /**
     * Waits until so many records have been processed, and measures those after the warm-up.
     *
     * @param processed how many have been, all in all
     */
    public Pace measure(LongSupplier processed, long warmUp, long measured, Duration patience)
            throws InterruptedException {
        await(() -> processed.getAsLong() >= warmUp, patience);
        long first = processed.getAsLong();
        long began = System.nanoTime();
        ProcessorTime before = used();
        await(() -> processed.getAsLong() >= warmUp + measured, patience);
        return paceSince(first, began, before, processed.getAsLong());
    }

    /** Measures what is processed in a time. */
    public Pace measure(LongSupplier processed, Duration during) throws InterruptedException {
        long first = processed.getAsLong();
        long began = System.nanoTime();
        ProcessorTime before = used();
        await(() -> System.nanoTime() - began >= during.toNanos(), during.plusMinutes(1));
        return paceSince(first, began, before, processed.getAsLong());
    }

    private ProcessorTime used() {
        return ProcessorTime.now(group, stage.brokerNanos());
    }

    private Pace paceSince(long first, long began, ProcessorTime before, long last) {
        double count = last - first;
        double seconds = (System.nanoTime() - began) / 1e9;
        ProcessorTime used = used().minus(before);
        return new Pace(
                count / seconds,
                used.process() / count / 1e3,
                used.threads() / count / 1e3,
                used.broker() / count / 1e3);
    }

    /** Records of all stores that were read from their changelogs. */
    public long restored() {
        return restored.get();
    }

    /** From the first batch asked for to the last store that was whole. */
    public Duration restoring() {
        return Duration.ofNanos(restoreNanos.get());
    }

    @Override
    public void close() {
        if (!streams.close(CLOSE)) {
            throw new IllegalStateException(group + " did not end within " + CLOSE.toSeconds() + " s");
        }
    }

    private final class Restoring implements StateRestoreListener {
        private final AtomicLong began = new AtomicLong();

        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long first, long last) {
            began.compareAndSet(0, System.nanoTime());
        }

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
            restored.addAndGet(count);
        }

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long total) {
            restoreNanos.set(System.nanoTime() - began.get());
        }
    }
}
