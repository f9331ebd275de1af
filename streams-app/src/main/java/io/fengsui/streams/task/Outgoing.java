package io.fengsui.streams.task;

import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** A record for a topic, encoded. */
@SuppressWarnings("ArrayRecordComponent") // moves from encoder to sink and is compared by nobody
public record Outgoing(String topic, byte[] value) {

    /** The topic that was decided, which is one of a closed set: nothing is invented here. */
    public static final class Topic implements TopicNameExtractor<String, Outgoing> {
        @Override
        public String extract(String key, Outgoing record, RecordContext context) {
            return record.topic();
        }

        @Override
        public String toString() {
            return "Outgoing.topic";
        }
    }
}
