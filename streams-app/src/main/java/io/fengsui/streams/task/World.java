package io.fengsui.streams.task;

import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What all tasks share; each part may be used by many threads.
 *
 * @param usableTopic whether a reader topic exists and has its schema
 * @param partitions partitions of the source topics
 */
public record World(
        ReferenceView reference,
        RuleBook rules,
        Codecs codecs,
        Predicate<String> usableTopic,
        StreamsMetrics metrics,
        TaskBoard board,
        InstantSource clock,
        int partitions) {}
