package io.fengsui.schema.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records of one schema in the Confluent wire format. Safe for use by many threads. */
public final class AvroWriter<T extends SpecificRecord> {
    static {
        TrustedRecords.trust();
    }

    private static final Logger logger = LoggerFactory.getLogger(AvroWriter.class);

    static final byte MAGIC = 0;
    static final int NOT_FOUND = 404;
    private static final String SUBJECT_SUFFIX = "-value";

    /** Memory that a thread uses again; nothing of a record stays in it. */
    private static final ThreadLocal<Buffer> SCRATCH = ThreadLocal.withInitial(Buffer::new);

    private final SchemaRegistryClient registry;
    private final AvroSchema schema;
    private final DatumWriter<T> datumWriter;
    private final ConcurrentMap<String, Integer> idByTopic = new ConcurrentHashMap<>();

    public AvroWriter(SchemaRegistryClient registry, Schema schema) {
        this.registry = registry;
        this.schema = new AvroSchema(schema);
        this.datumWriter = new SpecificDatumWriter<>(schema);
    }

    /**
     * The record's bytes for a topic.
     *
     * @throws SchemaNotRegisteredException if the registry answers that the topic's subject lacks this schema
     * @throws RegistryUnavailableException if the registry does not answer, or refuses us; worth another try
     */
    public byte[] write(String topic, T value) {
        int id = schemaId(topic);
        Buffer buffer = SCRATCH.get();
        buffer.bytes.reset();
        buffer.bytes.write(MAGIC);
        buffer.bytes.write(id >>> 24);
        buffer.bytes.write(id >>> 16);
        buffer.bytes.write(id >>> 8);
        buffer.bytes.write(id);
        boolean written = false;
        try {
            datumWriter.write(value, buffer.encoder);
            buffer.encoder.flush();
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!written) {
                // The encoder still holds the beginning of this record, and would put it before the next.
                SCRATCH.remove();
            }
        }
        return buffer.bytes.toByteArray();
    }

    /** Looks the id up once a topic; call it ahead to keep the first record fast. */
    public int schemaId(String topic) {
        Integer known = idByTopic.get(topic);
        return known != null ? known : idByTopic.computeIfAbsent(topic, this::lookUp);
    }

    /**
     * Looks the ids of several topics up ahead, with a request or two for all that have the schema already.
     *
     * @return the topics whose subject has this schema
     * @throws RegistryUnavailableException as {@link #write}
     */
    public Set<String> prepare(Collection<String> topics) {
        Set<String> known = new HashSet<>();
        for (String topic : topics) {
            try {
                if (!idByTopic.containsKey(topic)) {
                    shareId(schemaId(topic), topics);
                }
                known.add(topic);
            } catch (SchemaNotRegisteredException e) {
                logger.debug("Left out: {}", e.getMessage());
            }
        }
        return known;
    }

    /** An id is that of a schema and not of a subject: all subjects that have a version with it write with it. */
    private void shareId(int id, Collection<String> topics) {
        Set<String> subjects;
        try {
            subjects = SchemaRegistry.subjects(registry, id);
        } catch (RestClientException | IOException e) {
            throw new RegistryUnavailableException("listing the subjects of schema " + id, e);
        }
        for (String topic : topics) {
            if (subjects.contains(topic + SUBJECT_SUFFIX)) {
                idByTopic.putIfAbsent(topic, id);
            }
        }
    }

    private int lookUp(String topic) {
        String subject = topic + SUBJECT_SUFFIX;
        try {
            return registry.getId(subject, schema);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw new SchemaNotRegisteredException(subject, schema.name(), e);
            }
            throw new RegistryUnavailableException("looking up the schema of " + subject, e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("looking up the schema of " + subject, e);
        }
    }

    private static final class Buffer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    }
}
