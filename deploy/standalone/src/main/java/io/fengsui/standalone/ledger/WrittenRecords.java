package io.fengsui.standalone.ledger;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.LetterScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How many records stand in the topics of a feed, by their offsets. The bridge writes without transactions, so its offsets
 * count records; a replay of dead letters is a transaction, whose end takes an offset of its own. Those are found by reading
 * what was written around each replay, and left out.
 */
final class WrittenRecords {
    private static final Duration AROUND = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;
    private final Map<String, Object> clients;
    private final List<DeadLetterReplay> replays = new ArrayList<>();

    WrittenRecords(Admin admin, Map<String, Object> clients, SchemaRegistryClient registry) {
        this.admin = admin;
        this.clients = clients;
        try (LetterScan scan = new LetterScan(clients, registry, read -> {})) {
            scan.replays(replay -> {
                if (replay.getOutcome() == ReplayOutcome.ACCEPTED) {
                    replays.add(replay);
                }
            });
        }
    }

    /** Records that were written before each of these times; the last is now, whatever clock the records bear. */
    NavigableMap<Instant, Long> until(Feed<?> feed, @Nullable Realm realm, List<Instant> times)
            throws InterruptedException {
        List<TopicPartition> partitions = partitions(feed, realm);
        NavigableMap<Instant, Long> others = others(feed, realm, Map.of());
        NavigableMap<Instant, Long> until = new TreeMap<>();
        for (int i = 0; i < times.size(); i++) {
            Instant time = times.get(i);
            boolean last = i == times.size() - 1;
            Map<TopicPartition, Long> offsets = last ? ends(partitions) : offsets(partitions, time);
            until.put(
                    time, sum(offsets.values()) - sum(others.headMap(time, last).values()));
        }
        return until;
    }

    /** Records that the streams app has done with. */
    long committed(Feed<?> feed, String streamsApplicationId) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(feed.lane().group(streamsApplicationId))
                        .partitionsToOffsetAndMetadata()::get);
        Map<TopicPartition, Long> done = new HashMap<>();
        for (TopicPartition partition : partitions(feed, null)) {
            OffsetAndMetadata offset = committed.get(partition);
            done.put(partition, offset == null ? 0 : offset.offset());
        }
        return sum(done.values()) - sum(others(feed, null, done).values());
    }

    /**
     * Offsets that are no records, by the replay that they belong to.
     *
     * @param below only those below these offsets, of partitions that are named
     */
    private NavigableMap<Instant, Long> others(Feed<?> feed, @Nullable Realm realm, Map<TopicPartition, Long> below)
            throws InterruptedException {
        TreeSet<Instant> times = replays.stream()
                .filter(replay -> feed.id().equals(replay.getFeed()))
                .map(DeadLetterReplay::getReplayedAt)
                .collect(Collectors.toCollection(TreeSet::new));
        NavigableMap<Instant, Long> others = new TreeMap<>();
        Instant done = Instant.MIN;
        for (Instant time : times) {
            if (time.isAfter(done)) {
                Instant end = time.plus(AROUND);
                while (times.lower(end) != null && times.lower(end).plus(AROUND).isAfter(end)) {
                    end = times.lower(end).plus(AROUND);
                }
                others.put(time, gaps(partitions(feed, realm), time.minus(AROUND), end, below));
                done = end;
            }
        }
        return others;
    }

    private long gaps(List<TopicPartition> partitions, Instant from, Instant to, Map<TopicPartition, Long> below)
            throws InterruptedException {
        Map<TopicPartition, Long> last = offsets(partitions, to);
        below.forEach((partition, offset) -> last.computeIfPresent(partition, (p, end) -> Math.min(end, offset)));
        Map<TopicPartition, Long> first = offsets(partitions, from);
        first.replaceAll((partition, offset) -> Math.min(offset, last.getOrDefault(partition, 0L)));
        Map<String, Object> config = new HashMap<>(clients);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        long records = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            first.forEach(consumer::seek);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < last.getOrDefault(p, 0L))) {
                for (var record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    records += record.offset() < last.getOrDefault(partition, 0L) ? 1 : 0;
                }
            }
        }
        return sum(last.values()) - sum(first.values()) - records;
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
