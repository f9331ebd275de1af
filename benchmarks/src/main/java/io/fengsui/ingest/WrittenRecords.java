package io.fengsui.ingest;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.ingest.kafka.RecordSink;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Makes the bytes of each event, as a sink does, and takes them for written. Whatever is no event stops the benchmark. */
final class WrittenRecords implements RecordSink {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Map<String, AvroWriter<?>> writers = new HashMap<>();
    private long bytes;

    /** Of all records so far. */
    long bytes() {
        return bytes;
    }

    <V extends SpecificRecord> AvroWriter<V> writer(Topic<V> topic) {
        try {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException("a registry in memory takes every schema", e);
        }
        AvroWriter<V> writer = new AvroWriter<>(registry, topic.schema());
        writers.put(topic.name(), writer);
        return writer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, Completion completion) {
        AvroWriter<?> writer = writers.get(topic.name());
        if (writer == null) {
            throw new IllegalStateException("a record for " + topic.name() + ": " + value);
        }
        bytes += ((AvroWriter<V>) writer).write(topic.name(), value).length;
        completion.completed(Outcome.WRITTEN, null);
    }

    @Override
    public void remove(Topic<?> topic, String key) {}

    @Override
    public String reopen() {
        return "";
    }

    @Override
    public int partitions(Topic<?> topic) {
        return 1;
    }

    @Override
    public <V extends SpecificRecord> void broadcast(Topic<V> topic, String key, V value) {}

    @Override
    public void close() {}
}
