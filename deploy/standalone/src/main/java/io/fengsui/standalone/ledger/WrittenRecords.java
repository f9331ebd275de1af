package io.fengsui.standalone.ledger;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many records stand in the topics of a feed, by their offsets: nobody writes there in transactions, so those count records. */
final class WrittenRecords {
    private final Admin admin;

    WrittenRecords(Admin admin) {
        this.admin = admin;
    }

    /** Records that were written before each of these times; the last is now, whatever clock the records bear. */
    NavigableMap<Instant, Long> until(Feed<?> feed, @Nullable Realm realm, List<Instant> times)
            throws InterruptedException {
        List<TopicPartition> partitions = partitions(feed, realm);
        NavigableMap<Instant, Long> until = new TreeMap<>();
        for (int i = 0; i < times.size(); i++) {
            Instant time = times.get(i);
            boolean last = i == times.size() - 1;
            Map<TopicPartition, Long> offsets = last ? ends(partitions) : offsets(partitions, time);
            until.put(time, sum(offsets.values()));
        }
        return until;
    }

    /** Records that the streams app has done with. */
    long committed(Feed<?> feed, String streamsApplicationId) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(feed.lane().group(streamsApplicationId))
                        .partitionsToOffsetAndMetadata()::get);
        return partitions(feed, null).stream()
                .map(committed::get)
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private List<TopicPartition> partitions(Feed<?> feed, @Nullable Realm realm) throws InterruptedException {
        List<String> topics = Arrays.stream(Realm.values())
                .filter(of -> realm == null || of == realm)
                .map(of -> Topics.feed(of, feed).name())
                .toList();
        return get(admin.describeTopics(topics).allTopicNames()::get).values().stream()
                .flatMap(t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, Instant time)
            throws InterruptedException {
        Map<TopicPartition, Long> found = list(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()));
        if (found.containsValue(-1L)) {
            Map<TopicPartition, Long> ends = ends(partitions);
            found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
        }
        return found;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws InterruptedException {
        return list(partitions, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> list(List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        return get(admin.listOffsets(asked).all()::get).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private static long sum(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    private interface Answer<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private static <T> T get(Answer<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new StartException("The offsets of the feeds cannot be read: " + e.getMessage(), e);
        }
    }
}
