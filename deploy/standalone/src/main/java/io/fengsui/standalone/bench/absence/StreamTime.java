package io.fengsui.standalone.bench.absence;

import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A clock that shows the time of the newest record that was fetched: hours of heartbeats, worked off in a minute, are then to
 * a topology what hours are. It is up to a fetch ahead of what is processed.
 */
final class StreamTime implements InstantSource {
    private static final String CLOCK = "fengsui.bench.clock";

    private final AtomicLong millis;

    StreamTime(Instant from) {
        millis = new AtomicLong(from.toEpochMilli());
    }

    /** Properties of Kafka Streams that make its consumer drive the clock. */
    Map<String, Object> properties() {
        return Map.of("main.consumer.interceptor.classes", Fetches.class.getName(), "main.consumer." + CLOCK, this);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    /** Made by the consumer. */
    public static final class Fetches implements ConsumerInterceptor<byte[], byte[]> {
        private AtomicLong newest = new AtomicLong();

        @Override
        public void configure(Map<String, ?> configs) {
            if (configs.get(CLOCK) instanceof StreamTime clock) {
                newest = clock.millis;
            }
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (!record.topic().equals(Topics.PULSE.name())) {
                    newest.accumulateAndGet(record.timestamp(), Math::max);
                }
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            // of no interest
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
