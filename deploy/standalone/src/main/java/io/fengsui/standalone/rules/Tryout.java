package io.fengsui.standalone.rules;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rehearsal.VirtualLane;
import io.fengsui.streams.rule.RuleBook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Plays the events of a time to two sets of rules, those in force and others, and counts what each says. Committed records
 * only; nothing is written. A partition has all of its devices' events in order, so one is played after the other. Both sets
 * begin without open alerts, and the bridge counts as heard all the while. For one thread.
 */
public final class Tryout implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that gives nothing for so long is taken for gone. */
    private static final int MOST_EMPTY_POLLS = 60;

    private static final long PROGRESS_STEP = 50_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final ReferenceView reference;
    private final RuleTally before = new RuleTally();
    private final RuleTally after = new RuleTally();
    private final Consumer<String> progress;
    private long events;
    private long unreadable;

    /**
     * @param kafka settings of Kafka's clients
     * @param progress told where it is, now and then
     */
    public Tryout(
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            ReferenceView reference,
            Consumer<String> progress) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "rules-try");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.registry = registry;
        this.reference = reference;
        this.progress = progress;
    }

    /**
     * Plays a feed.
     *
     * @param inForce rules as they are
     * @param tried rules as they would be
     */
    public <T extends SpecificRecord> void play(
            Feed<T> feed, RuleBook inForce, RuleBook tried, Instant from, Instant until) {
        String topic = Topics.feed(Realm.LIVE, feed).name();
        AvroReader<T> reader = new AvroReader<>(registry, feed.type(), feed.schema());
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new StartException("Topic " + topic + " does not exist; run 'fengsui topics apply'");
        }
        for (PartitionInfo partition : partitions) {
            int number = partition.partition();
            Predicate<String> ours = deviceId -> partitionOf(deviceId, partitions.size()) == number;
            VirtualLane is = new VirtualLane(feed, reference, inForce, from, ours, null);
            VirtualLane wouldBe = new VirtualLane(feed, reference, tried, from, ours, null);
            read(new TopicPartition(topic, number), from, record -> {
                take(reader, feed, record, is, before, until);
                take(reader, feed, record, wouldBe, after, until);
            });
            before.add(is.advance(until));
            after.add(wouldBe.advance(until));
        }
        progress.accept(String.format("%s: %,d events", topic, events));
    }

    /** What the rules in force said. */
    public RuleTally before() {
        return before;
    }

    /** What the others said. */
    public RuleTally after() {
        return after;
    }

    public long events() {
        return events;
    }

    /** Records that are no events of their feed, and were passed over. */
    public long unreadable() {
        return unreadable;
    }

    private <T extends SpecificRecord> void take(
            AvroReader<T> reader,
            Feed<T> feed,
            ConsumerRecord<byte[], byte[]> record,
            VirtualLane lane,
            RuleTally tally,
            Instant until) {
        T event;
        try {
            event = reader.read(record.value());
        } catch (UnreadableRecordException e) {
            unreadable++;
            return;
        }
        Instant receivedAt = feed.header(event).getReceivedAt();
        tally.add(lane.advance(receivedAt.isAfter(until) ? until : receivedAt));
        tally.add(lane.onEvent(event));
    }

    private void read(TopicPartition partition, Instant from, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        List<TopicPartition> only = List.of(partition);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, Math.max(0, from.toEpochMilli())))
                .get(partition);
        if (first == null) {
            return;
        }
        consumer.assign(only);
        consumer.seek(partition, first.offset());
        int empty = 0;
        while (consumer.position(partition) < end) {
            long seen = events;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    taker.accept(record);
                    events++;
                }
                if (events % PROGRESS_STEP == 0) {
                    progress.accept(
                            String.format("%s: %,d events, at %d of %d", partition, events, record.offset(), end));
                }
            }
            empty = events == seen ? empty + 1 : 0;
            if (empty > MOST_EMPTY_POLLS) {
                throw new StartException(partition + " cannot be read to its end: Kafka gives nothing more; was a"
                        + " transaction left open?");
            }
        }
    }

    /** Kafka's default partitioner, which the bridge uses. */
    private static int partitionOf(String deviceId, int partitions) {
        return Utils.toPositive(Utils.murmur2(deviceId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
