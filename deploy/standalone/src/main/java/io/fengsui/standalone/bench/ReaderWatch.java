package io.fengsui.standalone.bench;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads every township topic as the townships do, and notes how old each event is on arrival. */
final class ReaderWatch implements Runnable, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, BiConsumer<byte[], Instant>> takers = new HashMap<>();
    private final Latencies latencies;
    private final Instant from;
    private final InstantSource clock;

    /** @param from only events of this device time and later count */
    ReaderWatch(Standalone standalone, Latencies latencies, Instant from, InstantSource clock) {
        this.latencies = latencies;
        this.from = from;
        this.clock = clock;
        Map<String, Object> config = new HashMap<>(standalone.clients());
        config.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        standalone.seeds().units().values().stream()
                .filter(unit -> Topics.hasTownshipTopics(unit.getKind()))
                .forEach(unit -> Feeds.all().forEach(feed -> take(standalone, unit.getUnitId(), feed)));
        List<TopicPartition> partitions =
                takers.keySet().stream().map(t -> new TopicPartition(t, 0)).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
    }

    @Override
    public void run() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Objects.requireNonNull(takers.get(record.topic())).accept(record.value(), clock.instant());
                }
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
    }

    private <T extends SpecificRecord> void take(Standalone standalone, String unitId, Feed<T> feed) {
        AvroReader<T> reader =
                new AvroReader<>(SchemaRegistry.connect(standalone.clients()), feed.type(), feed.schema());
        takers.put(Topics.township(Realm.LIVE, unitId, feed).name(), (value, now) -> {
            EventHeader header = feed.header(reader.read(value));
            if (!header.getEventTime().isBefore(from)) {
                latencies.add(
                        feed.lane(),
                        Duration.between(header.getEventTime(), now).toMillis());
            }
        });
    }
}
