package io.fengsui.standalone.drill;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until all that was acknowledged has come to its end: nothing is in flight, and no topic has moved for a while.
 * One thread.
 */
final class Settlement {
    /** Nothing has moved for so long, and nothing is missing. */
    private static final Duration STILL = Duration.ofSeconds(1);

    /**
     * Nothing has moved for so long, and something is missing: longer than the transaction of a killed process hides what
     * is behind it.
     */
    private static final Duration STILL_BUT_SHORT = Duration.ofSeconds(25);

    private final Admin admin;
    private final TopicScan scan;
    private final String streamsApplicationId;
    private final String alertingApplicationId;

    Settlement(Admin admin, TopicScan scan, String streamsApplicationId, String alertingApplicationId) {
        this.admin = admin;
        this.scan = scan;
        this.streamsApplicationId = streamsApplicationId;
        this.alertingApplicationId = alertingApplicationId;
    }

    /**
     * @param acknowledged messages that must be found
     * @param progress hears, about once a second, how many messages are in flight
     * @throws StartException if it has not come to rest by then
     */
    void await(long acknowledged, Duration timeout, LongConsumer progress) throws InterruptedException {
        long begun = System.nanoTime();
        long lastMove = begun;
        long lastTold = begun;
        long inFlight = inFlight();
        while (System.nanoTime() - begun < timeout.toNanos()) {
            if (scan.advance()) {
                lastMove = System.nanoTime();
            }
            long now = System.nanoTime();
            if (now - lastTold > STILL.toNanos()) {
                lastTold = now;
                long before = inFlight;
                inFlight = inFlight();
                if (inFlight != before) {
                    lastMove = now;
                }
                progress.accept(inFlight);
            }
            boolean complete = scan.observations().accountedFor() >= acknowledged && inFlight == 0;
            Duration still = complete ? STILL : STILL_BUT_SHORT;
            if (now - lastMove > still.toNanos() && scan.atEnd()) {
                return;
            }
        }
        throw new StartException("The pipeline did not come to rest within " + timeout.toSeconds() + " s: " + inFlight
                + " events and signals in flight, " + scan.observations().accountedFor() + " of " + acknowledged
                + " messages found. The log in the data directory may say why");
    }

    /** Events that the streams app has not committed, in both lanes, and signals that the alerting app has not. */
    private long inFlight() throws InterruptedException {
        List<String> signals = Stream.of(Realm.values())
                .map(realm -> Topics.alertSignal(realm).name())
                .toList();
        long inFlight = lag(alertingApplicationId, signals);
        for (Lane lane : Lane.values()) {
            List<String> feeds = Stream.of(Realm.values())
                    .flatMap(realm -> Feeds.of(lane).stream()
                            .map(feed -> Topics.feed(realm, feed).name()))
                    .toList();
            inFlight += lag(lane.group(streamsApplicationId), feeds);
        }
        return inFlight;
    }

    private long lag(String group, List<String> topics) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
                            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return admin.listOffsets(partitions).all().get().entrySet().stream()
                    .mapToLong(end -> {
                        OffsetAndMetadata done = committed.get(end.getKey());
                        return end.getValue().offset() - (done == null ? 0 : done.offset());
                    })
                    .sum();
        } catch (ExecutionException e) {
            throw new StartException("Kafka does not answer: " + e.getCause(), e);
        }
    }
}
