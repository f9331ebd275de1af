package io.fengsui.standalone.trace;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record lies.
 *
 * @param at the record's timestamp
 */
public record Spot(String topic, int partition, long offset, Instant at) {

    static Spot of(ConsumerRecord<?, ?> record) {
        return new Spot(record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
