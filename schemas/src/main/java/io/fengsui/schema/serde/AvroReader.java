package io.fengsui.schema.serde;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.schema.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads records in the Confluent wire format, whatever compatible schema wrote them. Safe for use by many threads. */
public final class AvroReader<T extends SpecificRecord> {
    static {
        TrustedRecords.trust();
    }

    private static final int HEADER_BYTES = 5;

    private final SchemaRegistryClient registry;
    private final Class<T> type;
    private final Schema readerSchema;
    private final ConcurrentMap<Integer, DatumReader<T>> readerById = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable BinaryDecoder> SCRATCH = new ThreadLocal<>();

    public AvroReader(SchemaRegistryClient registry, Class<T> type, Schema readerSchema) {
        this.registry = registry;
        this.type = type;
        this.readerSchema = readerSchema;
    }

    /**
     * Decodes a record's value.
     *
     * @throws UnreadableRecordException if these bytes will never be readable; its reason says why
     * @throws RegistryUnavailableException if the registry does not answer; worth another try
     */
    public T read(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new UnreadableRecordException(Rejection.NULL_VALUE, "the record has no value");
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != AvroWriter.MAGIC) {
            throw new UnreadableRecordException(
                    Rejection.NOT_AVRO, "the value does not start with magic byte 0 and a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        DatumReader<T> known = readerById.get(id);
        DatumReader<T> reader = known != null ? known : readerById.computeIfAbsent(id, this::readerFor);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, SCRATCH.get());
        SCRATCH.set(decoder);
        try {
            T value = type.cast(reader.read(null, decoder));
            if (!decoder.isEnd()) {
                throw new UnreadableRecordException(Rejection.NOT_AVRO, "bytes are left over behind the record");
            }
            return value;
        } catch (IOException | AvroRuntimeException | ClassCastException | ArithmeticException e) {
            throw new UnreadableRecordException(
                    Rejection.NOT_AVRO, "the value is no " + type.getSimpleName() + " of schema " + id + ": " + e);
        }
    }

    private DatumReader<T> readerFor(int id) {
        ParsedSchema written;
        try {
            written = registry.getSchemaById(id);
        } catch (RestClientException e) {
            if (e.getStatus() == AvroWriter.NOT_FOUND) {
                throw new UnreadableRecordException(Rejection.UNKNOWN_SCHEMA_ID, "schema id " + id + " is unknown");
            }
            throw new RegistryUnavailableException("fetching schema " + id, e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("fetching schema " + id, e);
        }
        if (!(written instanceof AvroSchema avro)) {
            throw new UnreadableRecordException(Rejection.NOT_AVRO, "schema " + id + " is no Avro schema");
        }
        Schema writerSchema = avro.rawSchema();
        if (!writerSchema.getFullName().equals(readerSchema.getFullName())) {
            throw new UnreadableRecordException(
                    Rejection.NOT_AVRO,
                    "schema " + id + " is of " + writerSchema.getFullName() + ", not " + readerSchema.getFullName());
        }
        return new SpecificDatumReader<>(writerSchema, readerSchema);
    }
}
