package io.fengsui.alerting.board;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Offsets as the brokers tell them. Nobody writes feed topics in transactions, so that offsets count records.
 * Used by one thread.
 */
final class KafkaOffsets implements OffsetSource {
    private static final long TIMEOUT_SECONDS = 5;

    private final Admin admin;
    private final String streamsApplicationId;
    private Map<TopicPartition, Feed<?>> feedByPartition = Map.of();

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param streamsApplicationId of the streams app, which has a consumer group a lane
     */
    KafkaOffsets(Map<String, ?> kafka, String owner, String streamsApplicationId) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, owner + "-ledger");
        this.admin = Admin.create(config);
        this.streamsApplicationId = streamsApplicationId;
    }

    @Override
    public Map<String, FeedOffsets> read(Instant from)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (feedByPartition.isEmpty()) {
            feedByPartition = partitions();
        }
        // In this order: what is committed is never more than what was written when asked later.
        Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
        Map<TopicPartition, Long> before = offsets(OffsetSpec.forTimestamp(from.toEpochMilli()));
        Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
        Map<String, FeedOffsets> byFeed = new HashMap<>();
        feedByPartition.forEach((partition, feed) -> {
            long end = ends.getOrDefault(partition, 0L);
            long first = before.getOrDefault(partition, -1L);
            OffsetAndMetadata done = committedOf(committed, feed.lane(), partition);
            byFeed.merge(
                    feed.id(),
                    new FeedOffsets(end, done == null ? 0 : done.offset(), first < 0 ? end : first),
                    (a, b) ->
                            new FeedOffsets(a.end() + b.end(), a.committed() + b.committed(), a.before() + b.before()));
        });
        return byFeed;
    }

    private Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed()
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            String group = lane.group(streamsApplicationId);
            committed.put(lane, answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
        }
        return committed;
    }

    private static @Nullable OffsetAndMetadata committedOf(
            Map<Lane, Map<TopicPartition, OffsetAndMetadata>> committed, Lane lane, TopicPartition partition) {
        return committed.getOrDefault(lane, Map.of()).get(partition);
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked =
                feedByPartition.keySet().stream().collect(Collectors.toMap(partition -> partition, p -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                answer(admin.listOffsets(asked).all());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, offset -> offset.getValue()
                .offset()));
    }

    private Map<TopicPartition, Feed<?>> partitions()
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Feed<?>> feedByTopic = new HashMap<>();
        for (Realm realm : Realm.values()) {
            for (Feed<?> feed : Feeds.all()) {
                feedByTopic.put(Topics.feed(realm, feed).name(), feed);
            }
        }
        Map<String, TopicDescription> described =
                answer(admin.describeTopics(feedByTopic.keySet()).allTopicNames());
        Map<TopicPartition, Feed<?>> partitions = new HashMap<>();
        feedByTopic.forEach((topic, feed) -> {
            TopicDescription description = described.get(topic);
            if (description != null) {
                description.partitions().forEach(p -> partitions.put(new TopicPartition(topic, p.partition()), feed));
            }
        });
        return partitions;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
