package io.fengsui.standalone.rules;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The events of a feed from a time until now, in the order in which they arrived at the bridges: each partition has its own in
 * that order, and the earliest of what comes next in each is the next of all. Keeps little of what it reads ahead. For one thread.
 */
final class Arrivals<T extends SpecificRecord> {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that gives nothing for so long is taken for gone. */
    private static final int MOST_EMPTY_POLLS = 60;

    /** Events of a partition that are read ahead. */
    private static final int MOST_HELD = 2_000;

    private static final long PROGRESS_STEP = 50_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Feed<T> feed;
    private final AvroReader<T> reader;
    private final Consumer<String> progress;
    private final Map<TopicPartition, Queue<T>> ahead = new HashMap<>();
    private Map<TopicPartition, Long> ends = Map.of();
    private long unreadable;

    Arrivals(KafkaConsumer<byte[], byte[]> consumer, Feed<T> feed, AvroReader<T> reader, Consumer<String> progress) {
        this.consumer = consumer;
        this.feed = feed;
        this.reader = reader;
        this.progress = progress;
    }

    /**
     * Reads a topic.
     *
     * @return how many events
     */
    long read(String topic, Instant from, Consumer<T> taker) {
        begin(topic, from);
        long events = 0;
        for (T next = next(); next != null; next = next()) {
            taker.accept(next);
            events++;
            if (events % PROGRESS_STEP == 0) {
                progress.accept(String.format("%s: %,d events, at %s", topic, events, receivedAt(next)));
            }
        }
        progress.accept(String.format("%s: %,d events", topic, events));
        return events;
    }

    /** Records that are no events of their feed, and were passed over. */
    long unreadable() {
        return unreadable;
    }

    private void begin(String topic, Instant from) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new StartException("Topic " + topic + " does not exist; run 'fengsui topics apply'");
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition ->
                times.put(new TopicPartition(topic, partition.partition()), Math.max(0, from.toEpochMilli())));
        ends = consumer.endOffsets(times.keySet());
        consumer.assign(times.keySet());
        ahead.clear();
        consumer.offsetsForTimes(times).forEach((partition, first) -> {
            ahead.put(partition, new ArrayDeque<>());
            consumer.seek(partition, first == null ? end(partition) : first.offset());
        });
    }

    private @Nullable T next() {
        for (int empty = 0; wantsMore(); ) {
            empty = fill() ? 0 : empty + 1;
            if (empty > MOST_EMPTY_POLLS) {
                throw new StartException(consumer.assignment()
                        + " cannot be read to their end: Kafka gives nothing more;" + " was a transaction left open?");
            }
        }
        Queue<T> earliest = null;
        for (Queue<T> held : ahead.values()) {
            T event = held.peek();
            if (event != null && (earliest == null || receivedAt(event).isBefore(receivedAt(earliest.element())))) {
                earliest = held;
            }
        }
        return earliest == null ? null : earliest.remove();
    }

    private boolean wantsMore() {
        return ahead.entrySet().stream()
                .anyMatch(held -> held.getValue().isEmpty() && consumer.position(held.getKey()) < end(held.getKey()));
    }

    private boolean fill() {
        List<TopicPartition> full = new ArrayList<>();
        ahead.forEach((partition, held) -> {
            if (held.size() >= MOST_HELD || consumer.position(partition) >= end(partition)) {
                full.add(partition);
            }
        });
        consumer.resume(ahead.keySet());
        consumer.pause(full);
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            any = true;
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            Queue<T> held = ahead.get(partition);
            if (held != null && record.offset() < end(partition)) {
                hold(held, record);
            }
        }
        return any;
    }

    private void hold(Queue<T> held, ConsumerRecord<byte[], byte[]> record) {
        try {
            held.add(reader.read(record.value()));
        } catch (UnreadableRecordException e) {
            unreadable++;
        }
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private Instant receivedAt(T event) {
        return feed.header(event).getReceivedAt();
    }
}
