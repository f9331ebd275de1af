package io.fengsui.standalone.drill;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups are behind. */
public final class GroupLag {
    private final Admin admin;

    public GroupLag(Admin admin) {
        this.admin = admin;
    }

    /** Events that the streams app has not committed, in both lanes. */
    public long ofEvents(String streamsApplicationId) throws InterruptedException {
        long lag = 0;
        for (Lane lane : Lane.values()) {
            List<String> feeds = Stream.of(Realm.values())
                    .flatMap(realm -> Feeds.of(lane).stream()
                            .map(feed -> Topics.feed(realm, feed).name()))
                    .toList();
            lag += of(lane.group(streamsApplicationId), feeds);
        }
        return lag;
    }

    /** Records of topics that a group has not committed. */
    public long of(String group, Collection<String> topics) throws InterruptedException {
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
