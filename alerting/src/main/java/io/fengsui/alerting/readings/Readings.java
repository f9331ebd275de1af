package io.fengsui.alerting.readings;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Topic;
import java.time.Instant;
import java.util.List;

/** Where one looks up what a device reported. */
public interface Readings extends AutoCloseable {

    /**
     * What to look for.
     *
     * @param topics of units and departments that read the feed; the first that has anything of the device is taken
     * @param fields numbers of the feed, by name
     * @param around what matters most: if the time is too much to read, the part around this is read
     * @param from the earliest, by the device's clock
     * @param to the latest
     */
    record Query(
            Feed<?> feed,
            List<Topic<?>> topics,
            String deviceId,
            List<String> fields,
            Instant around,
            Instant from,
            Instant to) {}

    /**
     * One report.
     *
     * @param values in the order of the query's fields; NaN where the report has none
     */
    record Reading(Instant at, List<Double> values) {}

    /**
     * What was found.
     *
     * @param topic where; empty if no topic has anything
     * @param from since when it was read; later than asked for if that was too much
     * @param to until when
     * @param readings in the order of their times
     */
    record Found(String topic, Instant from, Instant to, List<Reading> readings) {}

    /**
     * Looks up; may take seconds.
     *
     * @throws ReadingsUnavailableException if Kafka does not answer in time
     */
    Found find(Query query);

    @Override
    void close();
}
