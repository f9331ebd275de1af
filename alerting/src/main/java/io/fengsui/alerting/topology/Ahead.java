package io.fengsui.alerting.topology;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Lets the records of some topics go before all others that wait in a task: of the records at the heads of its partitions a task
 * takes the one with the earliest time, and these seem to be ten years older than they are. Among themselves they keep their
 * order. RATIONALE.md says why it is done so.
 */
final class Ahead implements TimestampExtractor {
    private static final long HEAD_START = Duration.ofDays(3650).toMillis();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // Less than zero would be passed over.
        return Math.max(0, record.timestamp() - HEAD_START);
    }

    /** The real time of a record that came by this extractor, epoch milliseconds. */
    static long timeOf(long seen) {
        return seen + HEAD_START;
    }
}
