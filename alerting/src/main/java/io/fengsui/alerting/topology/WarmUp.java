package io.fengsui.alerting.topology;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes tombstones of an alert that never was, once, as soon as a task runs: the first transaction of a task takes half a
 * second longer than the others, and no alert shall wait for it. Readers of a compacted topic pass over them, and
 * compaction removes them. The task is warm once they are committed.
 */
final class WarmUp {
    private static final String KEY = "warm-up";
    private static final double NOT_WRITTEN = -1;

    private static final Duration TICK = Duration.ofMillis(5);

    private final ProcessorContext<String, Outgoing> streams;
    private final Set<TaskId> warm;
    private final String sink;
    private final Function<Realm, Topic<?>> compacted;
    private double commitsBefore = NOT_WRITTEN;
    private @Nullable Cancellable schedule;

    /**
     * Does nothing yet.
     *
     * @param warm takes the task when it is warm
     * @param sink leads to the compacted topic of a realm
     */
    WarmUp(
            ProcessorContext<String, Outgoing> streams,
            Set<TaskId> warm,
            String sink,
            Function<Realm, Topic<?>> compacted) {
        this.streams = streams;
        this.warm = warm;
        this.sink = sink;
        this.compacted = compacted;
    }

    void schedule() {
        warm.remove(streams.taskId());
        schedule = streams.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    /** On the thread that also commits: a commit that is counted after the writing has taken it along. */
    private void tick(long now) {
        if (commitsBefore == NOT_WRITTEN) {
            write(now);
            commitsBefore = commits();
        } else if (commits() > commitsBefore) {
            warm.add(streams.taskId());
            if (schedule != null) {
                schedule.cancel();
            }
        }
    }

    /** Of this thread, each of all its tasks. */
    private double commits() {
        return streams.metrics().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("commit-total")
                        && Thread.currentThread()
                                .getName()
                                .equals(metric.metricName().tags().get("thread-id")))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    private void write(long now) {
        for (Realm realm : Realm.values()) {
            Outgoing tombstone = Outgoing.tombstone(compacted.apply(realm));
            streams.forward(new Record<>(KEY, tombstone, now), sink);
        }
    }
}
