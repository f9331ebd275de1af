package io.fengsui.alerting.board;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
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
 * Offsets as the brokers tell them. The bridge writes feed topics without transactions, so that offsets count records.
 * Used by one thread.
 */
final class KafkaOffsets implements OffsetSource {
    private static final long TIMEOUT_SECONDS = 5;

    private final Admin admin;
    private final String group;
    private Map<TopicPartition, String> feedByPartition = Map.of();

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param group consumer group of the streams app: its application id
     */
    KafkaOffsets(Map<String, ?> kafka, String owner, String group) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, owner + "-ledger");
        this.admin = Admin.create(config);
        this.group = group;
    }

    @Override
    public Map<String, FeedOffsets> read(Instant from)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (feedByPartition.isEmpty()) {
            feedByPartition = partitions();
        }
        // In this order: what is committed is never more than what was written when asked later.
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> before = offsets(OffsetSpec.forTimestamp(from.toEpochMilli()));
        Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
        Map<String, FeedOffsets> byFeed = new HashMap<>();
        feedByPartition.forEach((partition, feed) -> {
            long end = ends.getOrDefault(partition, 0L);
            long first = before.getOrDefault(partition, -1L);
            OffsetAndMetadata done = committedOf(committed, partition);
            byFeed.merge(
                    feed,
                    new FeedOffsets(end, done == null ? 0 : done.offset(), first < 0 ? end : first),
                    (a, b) ->
                            new FeedOffsets(a.end() + b.end(), a.committed() + b.committed(), a.before() + b.before()));
        });
        return byFeed;
    }

    private static @Nullable OffsetAndMetadata committedOf(
            Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        return committed.get(partition);
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

    private Map<TopicPartition, String> partitions() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, String> feedByTopic = new HashMap<>();
        for (Realm realm : Realm.values()) {
            for (Feed<?> feed : Feeds.all()) {
                feedByTopic.put(Topics.feed(realm, feed).name(), feed.id());
            }
        }
        Map<TopicPartition, String> partitions = new HashMap<>();
        for (TopicDescription topic : answer(
                        admin.describeTopics(feedByTopic.keySet()).allTopicNames())
                .values()) {
            String feed = feedByTopic.getOrDefault(topic.name(), LedgerView.UNKNOWN_FEED);
            topic.partitions().forEach(p -> partitions.put(new TopicPartition(topic.name(), p.partition()), feed));
        }
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
