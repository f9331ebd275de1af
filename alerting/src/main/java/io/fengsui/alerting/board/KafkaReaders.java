package io.fengsui.alerting.board;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Receipts as the brokers tell them. Offsets count the marks of transactions, too, so that they do not tell whether anything is
 * unread: the record that a group would read next is looked for, and its time says since when. Used by one thread.
 */
final class KafkaReaders implements ReaderSource {
    private static final long TIMEOUT_SECONDS = 5;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LOOKS = 10;

    private final Admin admin;
    private final Map<String, Object> consumer;

    /** @param kafka client settings, at least bootstrap.servers */
    KafkaReaders(Map<String, ?> kafka, String owner) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, owner + "-readers");
        this.admin = Admin.create(config);
        this.consumer = new HashMap<>(config);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Offsets of a group that slept longer than records are kept: the oldest that is there is its next.
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        consumer.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 16 * 1024);
    }

    /** What a group has read of one reader's topics. */
    private record Place(String unit, String group) {}

    @Override
    public List<Receipt> read(Instant due) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> topics = answer(admin.listTopics().names());
        Map<Place, Map<TopicPartition, Long>> committed = committed(topics);
        if (committed.isEmpty()) {
            return List.of();
        }
        Set<String> groups = committed.keySet().stream().map(Place::group).collect(Collectors.toSet());
        Map<String, ConsumerGroupDescription> described =
                answer(admin.describeConsumerGroups(groups).all());
        List<Receipt> receipts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Map.Entry<Place, Map<TopicPartition, Long>> at : committed.entrySet()) {
                Place place = at.getKey();
                ConsumerGroupDescription group = described.get(place.group());
                receipts.add(receipt(
                        reader,
                        place,
                        at.getValue(),
                        group == null ? 0 : group.members().size(),
                        due));
            }
        }
        receipts.sort(Comparator.comparing(Receipt::unit).thenComparing(Receipt::group));
        return receipts;
    }

    private Map<Place, Map<TopicPartition, Long>> committed(Set<String> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, ListConsumerGroupOffsetsSpec> asked =
                answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .map(GroupListing::groupId)
                        .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        Map<Place, Map<TopicPartition, Long>> committed =
                new TreeMap<>(Comparator.comparing(Place::unit).thenComparing(Place::group));
        if (asked.isEmpty()) {
            return committed;
        }
        answer(admin.listConsumerGroupOffsets(asked).all())
                .forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
                    if (offset != null && topics.contains(partition.topic())) {
                        Topics.readerOf(partition.topic()).ifPresent(unit -> committed
                                .computeIfAbsent(new Place(unit, group), place -> new HashMap<>())
                                .put(partition, offset.offset()));
                    }
                }));
        return committed;
    }

    private static Receipt receipt(
            KafkaConsumer<byte[], byte[]> reader,
            Place place,
            Map<TopicPartition, Long> committed,
            int members,
            Instant due) {
        Map<TopicPartition, Long> ends = reader.endOffsets(committed.keySet());
        long unread = between(committed, ends);
        Instant oldest = unread == 0 ? null : oldest(reader, committed, ends);
        long alerts = committed.entrySet().stream()
                .filter(at -> isOfAlerts(at.getKey().topic(), place.unit()))
                .mapToLong(Map.Entry::getValue)
                .findFirst()
                .orElse(-1);
        if (oldest == null) {
            return new Receipt(place.unit(), place.group(), members, 0, 0, null, alerts);
        }
        long overdue = oldest.isBefore(due) ? Math.max(1, between(committed, writtenBy(reader, due, ends))) : 0;
        return new Receipt(place.unit(), place.group(), members, unread, overdue, oldest, alerts);
    }

    private static boolean isOfAlerts(String topic, String unit) {
        return topic.equals(Topics.townshipAlert(Realm.LIVE, unit).name())
                || topic.equals(Topics.cityAlert(Realm.LIVE, unit).name());
    }

    private static long between(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return committed.entrySet().stream()
                .mapToLong(at -> Math.max(0, ends.getOrDefault(at.getKey(), 0L) - at.getValue()))
                .sum();
    }

    /** Where the records of a time begin: at the end where none is so young. */
    private static Map<TopicPartition, Long> writtenBy(
            KafkaConsumer<byte[], byte[]> reader, Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        ends.keySet().forEach(partition -> asked.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> first = new HashMap<>(ends);
        reader.offsetsForTimes(asked).forEach((partition, found) -> {
            if (found != null) {
                first.put(partition, found.offset());
            }
        });
        return first;
    }

    /** When the oldest record after these offsets was written; nothing if only marks of transactions are left. */
    private static @Nullable Instant oldest(
            KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> left = new HashSet<>(committed.keySet());
        left.removeIf(partition -> ends.getOrDefault(partition, 0L) <= committed.getOrDefault(partition, 0L));
        reader.assign(left);
        left.forEach(partition -> reader.seek(partition, committed.getOrDefault(partition, 0L)));
        @Nullable Instant oldest = null;
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK)) {
                Instant written = Instant.ofEpochMilli(record.timestamp());
                if (left.remove(new TopicPartition(record.topic(), record.partition()))
                        && (oldest == null || written.isBefore(oldest))) {
                    oldest = written;
                }
            }
            left.removeIf(partition -> reader.position(partition) >= ends.getOrDefault(partition, 0L));
        }
        return oldest;
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
