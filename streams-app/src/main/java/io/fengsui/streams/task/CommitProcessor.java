package io.fengsui.streams.task;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Passes everything on, and asks for the commits: Kafka Streams' own interval is fixed, and here only the longest. A tick makes
 * its task one that has something to commit, so that whichever task asks, the commit comes and is that of all.
 */
public final class CommitProcessor extends ContextualProcessor<String, Incoming, String, Incoming> {
    private final InstantSource clock;
    private final Duration shortest;
    private final Supplier<CommitPace> pace;

    /**
     * @param shortest interval of commits
     * @param pace of the calling thread
     */
    public CommitProcessor(InstantSource clock, Duration shortest, Supplier<CommitPace> pace) {
        this.clock = clock;
        this.shortest = shortest;
        this.pace = pace;
    }

    @Override
    public void init(ProcessorContext<String, Incoming> context) {
        super.init(context);
        var unused = context.schedule(shortest, PunctuationType.WALL_CLOCK_TIME, at -> ask());
    }

    private void ask() {
        if (pace.get().due(clock.millis())) {
            context().commit();
        }
    }

    @Override
    public void process(Record<String, Incoming> record) {
        if (record.value() instanceof Incoming.Event event) {
            pace.get().onEvent(event.header().getReceivedAt().toEpochMilli(), clock.millis());
        }
        context().forward(record);
    }
}
