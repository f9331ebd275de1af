package io.fengsui.schema.serde;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.topic.Topic;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in the Confluent wire format: magic byte 0, 4-byte schema id (big endian), Avro binary. Null stays null,
 * a tombstone. Safe for use by many threads.
 *
 * <p>Writing looks the id up under {@code <topic>-value} and never registers; a schema that is not there is a
 * {@link SchemaNotRegisteredException}. Reading resolves the writer's schema to ours; see {@link AvroReader} for the
 * errors.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final AvroWriter<T> writer;
    private final AvroReader<T> reader;

    public AvroSerde(SchemaRegistryClient registry, Class<T> type, Schema schema) {
        this.writer = new AvroWriter<>(registry, schema);
        this.reader = new AvroReader<>(registry, type, schema);
    }

    /** The serde of a topic's values. */
    public static <T extends SpecificRecord> AvroSerde<T> of(SchemaRegistryClient registry, Topic<T> topic) {
        return new AvroSerde<>(registry, topic.type(), topic.schema());
    }

    @Override
    public Serializer<T> serializer() {
        return new Serializer<T>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable T value) {
                return value == null ? null : writer.write(topic, value);
            }
        };
    }

    @Override
    public Deserializer<T> deserializer() {
        return new Deserializer<T>() {
            @Override
            public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
                return bytes == null ? null : reader.read(bytes);
            }
        };
    }
}
