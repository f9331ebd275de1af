package io.fengsui.standalone.bridge.fault;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows what the bridge wrote and what readers are given, as a reader does. One thread.
 *
 * <p>An event that the bridge wrote twice, because it came again, has the same id and is dropped by the streams app: it is
 * written again, and doubled only if a reader sees it twice.
 */
final class FaultAudit implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String run;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, BiConsumer<byte[], Instant>> takers = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> deadLetters = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Integer> lastOfDevice = new HashMap<>();
    private final Map<Instant, Long> lifeSafetyMillis = new HashMap<>();
    private int writtenAgain;
    private int doubled;
    private int outOfOrder;

    /**
     * Follows from now on.
     *
     * @param run first part of the message ids that count
     * @param departments whose topics are read, by feed id
     */
    FaultAudit(String run, Map<String, Object> clients, Map<String, String> departments) {
        this.run = run;
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "fault-audit");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        SchemaRegistryClient registry = SchemaRegistry.connect(clients);
        follow(registry, Feeds.of(DustSensor.class), departments);
        follow(registry, Feeds.of(Elevator119.class), departments);
        take(registry, Topics.DEAD_LETTER, (letter, at) -> refused(letter));
        List<TopicPartition> partitions = takers.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private <T extends SpecificRecord> void follow(
            SchemaRegistryClient registry, Feed<T> feed, Map<String, String> departments) {
        take(
                registry,
                Topics.feed(Realm.LIVE, feed),
                (event, at) -> wrote(feed.header(event), feed.lane() == Lane.LIFE_SAFETY, at));
        take(
                registry,
                Topics.city(Realm.LIVE, departments.getOrDefault(feed.id(), ""), feed),
                (event, at) -> wasRead(feed.header(event)));
    }

    private <T extends SpecificRecord> void take(
            SchemaRegistryClient registry, Topic<T> topic, BiConsumer<T, Instant> then) {
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        takers.put(topic.name(), (bytes, at) -> then.accept(reader.read(bytes), at));
    }

    private void wrote(EventHeader header, boolean lifeSafety, Instant at) {
        if (!isOurs(header)) {
            return;
        }
        if (!written.add(header.getEventId())) {
            writtenAgain++;
        } else if (lifeSafety) {
            lifeSafetyMillis.put(
                    header.getEventTime(),
                    Duration.between(header.getEventTime(), at).toMillis());
        }
    }

    /**
     * How long a life-safety event takes from its publisher to Kafka.
     *
     * @param from events of an earlier time do not count
     * @return milliseconds that 99 of 100 events do not exceed; empty if there are none
     */
    OptionalLong lifeSafetyP99(Instant from) {
        List<Long> sorted = lifeSafetyMillis.entrySet().stream()
                .filter(event -> !event.getKey().isBefore(from))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        return sorted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sorted.get((sorted.size() - 1) * 99 / 100));
    }

    private void wasRead(EventHeader header) {
        if (!isOurs(header)) {
            return;
        }
        if (!read.add(header.getEventId())) {
            doubled++;
            return;
        }
        String id = header.getEventId();
        int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
        Integer before = lastOfDevice.put(header.getDeviceId(), number);
        if (before != null && number < before) {
            outOfOrder++;
        }
    }

    private void refused(DeadLetter letter) {
        String messageId = letter.getMessageId();
        if (messageId != null && messageId.startsWith(run)) {
            deadLetters.add(letter.getVendor() + "/" + letter.getDeviceId() + "/" + messageId);
        }
    }

    /** What an earlier trial published may come again in this one. */
    private boolean isOurs(EventHeader header) {
        return header.getEventId().contains("/" + run);
    }

    /** Takes what is there now. */
    void advance() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            BiConsumer<byte[], Instant> taker = takers.get(record.topic());
            if (taker != null && record.value() != null) {
                taker.accept(record.value(), Instant.ofEpochMilli(record.timestamp()));
            }
        }
    }

    /** Acknowledged messages that readers have not been given and that are no dead letters. */
    long missing(FaultLoad load) {
        return load.good().stream().filter(id -> !read.contains(id)).count()
                + load.bad().stream().filter(id -> !deadLetters.contains(id)).count();
    }

    int written() {
        return written.size();
    }

    int deadLetters() {
        return deadLetters.size();
    }

    int writtenAgain() {
        return writtenAgain;
    }

    int doubled() {
        return doubled;
    }

    int outOfOrder() {
        return outOfOrder;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
