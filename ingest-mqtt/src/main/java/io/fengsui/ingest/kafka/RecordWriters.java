package io.fengsui.ingest.kafka;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes bytes of records, for every sink of this process: one that is made when a slot is taken over finds the schema ids
 * looked up. Safe for use by many threads.
 */
public final class RecordWriters {
    private final SchemaRegistryClient registry;
    private final ConcurrentMap<String, AvroWriter<?>> byTopic = new ConcurrentHashMap<>();

    public RecordWriters(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /**
     * Looks schema ids up ahead, so that the registry is not needed any more.
     *
     * @throws io.fengsui.schema.serde.SchemaNotRegisteredException if topics were not applied
     * @throws io.fengsui.schema.serde.RegistryUnavailableException if it does not answer
     */
    public void prepare(Iterable<Topic<?>> topics) {
        for (Topic<?> topic : topics) {
            of(topic).schemaId(topic.name());
        }
    }

    @SuppressWarnings("unchecked")
    <V extends SpecificRecord> AvroWriter<V> of(Topic<V> topic) {
        AvroWriter<?> known = byTopic.get(topic.name());
        if (known == null) {
            known = byTopic.computeIfAbsent(topic.name(), name -> new AvroWriter<V>(registry, topic.schema()));
        }
        return (AvroWriter<V>) known;
    }
}
