package io.fengsui.alerting.board;

import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What readers have read: the consumer groups that have committed something of a live reader topic, and how far behind they
 * are. A thread of its own asks Kafka every 15 seconds; while Kafka does not answer, what was read last stays.
 */
public final class ReaderView implements AutoCloseable {
    /** Ours: a platform that has left something unread for so long is told to operators. */
    public static final Duration OVERDUE = Duration.ofMinutes(10);

    private static final Logger logger = LoggerFactory.getLogger(ReaderView.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final long TIMEOUT_SECONDS = 10;

    /** Readers have a group or two each; whoever makes a group a run shall not fill the meters. */
    private static final int MOST = 300;

    private final Admin admin;
    private final InstantSource clock;
    private final Thread poller;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean failing;
    private volatile List<Reader> readers = List.of();

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public ReaderView(Map<String, ?> kafka, String owner, InstantSource clock) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, owner + "-readers");
        this.admin = Admin.create(config);
        this.clock = clock;
        this.poller = new Thread(this::run, owner + "-readers");
        poller.setDaemon(true);
    }

    public void start() {
        poller.start();
    }

    /** Those farthest behind first. Safe for use by any thread. */
    public List<Reader> readers() {
        return readers;
    }

    private void run() {
        try {
            do {
                pollOrLog();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            logger.debug("The view of readers is closed");
        }
    }

    private void pollOrLog() throws InterruptedException {
        try {
            readers = read(clock.instant().minus(OVERDUE));
            failing = false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (!failing) {
                logger.warn("What readers have read cannot be asked for, the figures stand still", e);
            }
            failing = true;
        }
    }

    private List<Reader> read(Instant due) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Map<TopicPartition, Long>> committed = committed();
        Set<TopicPartition> partitions = committed.values().stream()
                .flatMap(offsets -> offsets.keySet().stream())
                .collect(Collectors.toSet());
        if (partitions.isEmpty()) {
            return List.of();
        }
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        return readers(committed, offsets(partitions, OffsetSpec.forTimestamp(due.toEpochMilli())), ends);
    }

    /**
     * Casts up what was read.
     *
     * @param committed by group
     * @param due offset of the first record that is not overdue; below 0 if all are
     * @param ends where the topics end for readers of committed records
     */
    static List<Reader> readers(
            Map<String, Map<TopicPartition, Long>> committed,
            Map<TopicPartition, Long> due,
            Map<TopicPartition, Long> ends) {
        List<Reader> readers = new ArrayList<>();
        committed.forEach((group, offsets) -> {
            Map<String, Reader> byUnit = new HashMap<>();
            offsets.forEach((partition, done) -> {
                String unit = Topics.readerOf(partition.topic()).orElseThrow();
                long end = ends.getOrDefault(partition, done);
                long first = due.getOrDefault(partition, -1L);
                byUnit.merge(
                        unit,
                        new Reader(unit, group, unread(end, done), unread(first < 0 ? end : first, done)),
                        (a, b) -> new Reader(unit, group, a.lag() + b.lag(), a.overdue() + b.overdue()));
            });
            readers.addAll(byUnit.values());
        });
        return readers.stream()
                .sorted(Comparator.comparingLong(Reader::overdue)
                        .thenComparingLong(Reader::lag)
                        .reversed()
                        .thenComparing(Reader::unit)
                        .thenComparing(Reader::group))
                .limit(MOST)
                .toList();
    }

    /** Records between two offsets. A single one is the end mark of a transaction, which no reader ever gets. */
    private static long unread(long end, long done) {
        long offsets = end - done;
        return offsets <= 1 ? 0 : offsets;
    }

    private Map<String, Map<TopicPartition, Long>> committed()
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, ListConsumerGroupOffsetsSpec> groups =
                answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .collect(Collectors.toMap(
                                GroupListing::groupId, group -> new ListConsumerGroupOffsetsSpec(), (a, b) -> a));
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(groups).all()).forEach((group, offsets) -> {
            Map<TopicPartition, Long> ofReaders = readerOffsets(offsets);
            if (!ofReaders.isEmpty()) {
                committed.put(group, ofReaders);
            }
        });
        return committed;
    }

    private static Map<TopicPartition, Long> readerOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Long> ofReaders = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            Optional<String> reader = Topics.readerOf(partition.topic());
            if (reader.isPresent() && offset != null) {
                ofReaders.put(partition, offset.offset());
            }
        });
        return ofReaders;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(p -> p, p -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, offset -> offset.getValue()
                .offset()));
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        poller.interrupt();
        admin.close(Duration.ofSeconds(2));
    }
}
