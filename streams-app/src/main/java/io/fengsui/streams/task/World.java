package io.fengsui.streams.task;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What all tasks of a lane share; each part may be used by many threads.
 *
 * @param process name of this app in dead letters: the consumer group of the lane
 * @param usableTopic whether a reader topic exists and has its schema
 * @param partitions partitions of the source topics
 */
public record World(
        Lane lane,
        String process,
        ReferenceView reference,
        RuleBook rules,
        Codecs codecs,
        Predicate<String> usableTopic,
        StreamsMetrics metrics,
        TaskBoard board,
        InstantSource clock,
        int partitions) {

    /** The lane that also takes care of what belongs to no feed, so that both lanes do not: the bridge's dead letters. */
    public static final Lane CARETAKER = Lane.TELEMETRY;
}
