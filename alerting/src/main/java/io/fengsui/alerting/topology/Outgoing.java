package io.fengsui.alerting.topology;

import io.fengsui.schema.topic.Topic;
import org.apache.kafka.common.serialization.Serializer;

/** A value in the Confluent wire format, empty for a tombstone, and the topic it goes to. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(String topic, byte[] value) {

    static final Serializer<Outgoing> SERIALIZER =
            (topic, outgoing) -> outgoing.value().length == 0 ? null : outgoing.value();

    static Outgoing tombstone(Topic<?> topic) {
        return new Outgoing(topic.name(), new byte[0]);
    }
}
