package io.fengsui.standalone.unrouted;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.RecordScan;
import io.fengsui.streams.device.Forwarding;
import io.fengsui.streams.route.Routing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Events of a feed that were delivered, and by the reference data of now belong to others, too: after a boundary was moved, or a
 * row was corrected with a day in the past. What readers have is read from their own topics, so nothing is doubled whoever wrote
 * it. For one thread.
 *
 * <p>Only events whose transaction is over are looked at: each topic up to its end as it was at first. Their copies are in all
 * topics by then, and those are read up to a second end.
 */
public final class Displaced {
    private final RecordScan scan;
    private final Forwarding forwarding;
    private final Function<Topic<?>, Map<TopicPartition, Long>> writtenEnds;

    /** @param writtenEnds offsets behind the last records of a topic, committed or not */
    public Displaced(
            RecordScan scan, Forwarding forwarding, Function<Topic<?>, Map<TopicPartition, Long>> writtenEnds) {
        this.scan = scan;
        this.forwarding = forwarding;
        this.writtenEnds = writtenEnds;
    }

    /**
     * What is to be delivered, one an event, in the order of the topics.
     *
     * @param names of all topics that there are
     * @param since events before are left alone: times of the records in the readers' topics
     * @param wanted topics that may get something
     * @param limit most events
     */
    public <T extends SpecificRecord> List<Delivery> of(
            Realm realm, Feed<T> feed, List<String> names, Instant since, Predicate<String> wanted, int limit) {
        List<Topic<T>> readers = Topics.readersAmong(names, realm, feed);
        Map<String, Integer> indexes = new HashMap<>();
        readers.forEach(topic -> indexes.put(topic.name(), indexes.size()));
        Map<Topic<T>, Map<TopicPartition, Long>> over = new LinkedHashMap<>();
        readers.forEach(topic -> over.put(topic, scan.ends(topic)));
        Map<Topic<T>, Map<TopicPartition, Long>> written = new LinkedHashMap<>();
        readers.forEach(topic -> written.put(topic, writtenEnds.apply(topic)));

        Map<String, BitSet> had = new HashMap<>();
        written.forEach((topic, ends) -> scan.read(topic, since, ends, (record, event) -> had.computeIfAbsent(
                        feed.header(event).getEventId(), id -> new BitSet())
                .set(indexes.getOrDefault(topic.name(), 0))));
        List<Delivery> deliveries = new ArrayList<>();
        over.forEach((topic, ends) -> scan.read(topic, since, ends, (record, event) -> {
            if (deliveries.size() < limit) {
                add(feed, event, had, indexes, wanted, deliveries);
            }
        }));
        return List.copyOf(deliveries);
    }

    private <T extends SpecificRecord> void add(
            Feed<T> feed,
            T event,
            Map<String, BitSet> had,
            Map<String, Integer> indexes,
            Predicate<String> wanted,
            List<Delivery> deliveries) {
        EventHeader header = feed.header(event);
        BitSet delivered = had.computeIfAbsent(header.getEventId(), id -> new BitSet());
        Routing routing = forwarding.route(feed, event, header);
        List<String> topics = routing.topics().stream()
                .filter(indexes::containsKey)
                .filter(wanted)
                .filter(topic -> !delivered.get(indexes.getOrDefault(topic, 0)))
                .toList();
        if (!topics.isEmpty()) {
            topics.forEach(topic -> delivered.set(indexes.getOrDefault(topic, 0)));
            boolean settles = routing.shortfalls().isEmpty()
                    && routing.topics().stream().allMatch(topic -> delivered.get(indexes.getOrDefault(topic, 0)));
            deliveries.add(new Delivery(feed, header, Delivery.REROUTED, event, routing, topics, settles));
        }
    }
}
