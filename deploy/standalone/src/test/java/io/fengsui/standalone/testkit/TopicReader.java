package io.fengsui.standalone.testkit;

import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topic;
import io.fengsui.standalone.Standalone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as its readers do: from the beginning, committed records only. */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroReader<T> reader;
    private final List<T> read = new ArrayList<>();

    public TopicReader(Standalone standalone, Topic<T> topic) {
        Map<String, Object> config = new HashMap<>(standalone.clients());
        config.put("isolation.level", "read_committed");
        // A consumer closes when the fetch under way has ended.
        config.put("fetch.max.wait.ms", 10);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        reader = new AvroReader<>(SchemaRegistry.connect(standalone.clients()), topic.type(), topic.schema());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records so far that match, tombstones left out; polls once. */
    public List<T> all(Predicate<T> wanted) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (record.value() != null) {
                read.add(reader.read(record.value()));
            }
        }
        return read.stream().filter(wanted).toList();
    }

    /** Waits for the first that matches. */
    public Optional<T> await(Duration timeout, Predicate<T> wanted) {
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            List<T> found = all(wanted);
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
