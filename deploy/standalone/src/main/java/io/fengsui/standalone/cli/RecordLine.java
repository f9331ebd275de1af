package io.fengsui.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as one line of JSON, by the schema that wrote it. */
final class RecordLine {
    private static final int HEADER_BYTES = 5;

    private final SchemaRegistryClient registry;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    RecordLine(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    String of(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode line = json.createObjectNode();
        line.put("partition", record.partition());
        line.put("offset", record.offset());
        line.put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        line.put("key", record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
        byte[] value = record.value();
        if (value == null) {
            line.putNull("value");
        } else {
            try {
                line.putRawValue("value", new RawValue(decode(value)));
            } catch (IOException | RestClientException | AvroRuntimeException e) {
                line.put("unreadable", e.getMessage());
                line.put("bytes", value);
            }
        }
        try {
            return json.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String decode(byte[] value) throws IOException, RestClientException {
        if (value.length < HEADER_BYTES || value[0] != 0) {
            throw new IOException("not Avro in the Confluent wire format");
        }
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        Schema schema = schemas.get(id);
        if (schema == null) {
            if (!(registry.getSchemaById(id) instanceof AvroSchema avro)) {
                throw new IOException("schema " + id + " is not Avro");
            }
            schema = avro.rawSchema();
            schemas.put(id, schema);
        }
        Object datum = new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null));
        return datum.toString();
    }
}
