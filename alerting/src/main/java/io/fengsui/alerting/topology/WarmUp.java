package io.fengsui.alerting.topology;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes tombstones of an alert that never was, once, as soon as a task runs: the first transaction of a task takes half a
 * second longer than the others, and no alert shall wait for it. Readers of a compacted topic pass over them, and
 * compaction removes them.
 */
final class WarmUp {
    private static final String KEY = "warm-up";

    private final ProcessorContext<String, Outgoing> streams;
    private @Nullable Cancellable schedule;

    WarmUp(ProcessorContext<String, Outgoing> streams) {
        this.streams = streams;
    }

    void schedule() {
        schedule = streams.schedule(Duration.ofMillis(1), PunctuationType.WALL_CLOCK_TIME, this::write);
    }

    private void write(long now) {
        if (schedule != null) {
            schedule.cancel();
        }
        for (Realm realm : Realm.values()) {
            Outgoing tombstone = Outgoing.tombstone(Topics.alertState(realm));
            streams.forward(new Record<>(KEY, tombstone, now), AlertTopology.STATES);
        }
    }
}
