package io.fengsui.schema.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Makes Confluent's client from settings under Confluent's own names. */
public final class SchemaRegistry {

    public static final String URL = "schema.registry.url";

    /** Keys below belong to the client, TLS under Confluent's names, and are not checked. */
    public static final String PASS_THROUGH = "schema.registry.ssl.";

    /** The client's cache holds one entry a subject and schema. */
    private static final int CACHE_CAPACITY = 10_000;

    private SchemaRegistry() {}

    /** Adds the registry settings to a process's settings. Its TLS keys are under {@link #PASS_THROUGH}. */
    public static ConfigDef define(ConfigDef settings) {
        return settings.define(
                        URL,
                        Type.LIST,
                        "http://127.0.0.1:8081/apis/ccompat/v7",
                        Importance.HIGH,
                        "URLs of the schema registry (Confluent API), comma-separated.")
                .define(
                        "basic.auth.credentials.source",
                        Type.STRING,
                        "URL",
                        Importance.LOW,
                        "Where registry credentials come from: URL, USER_INFO or SASL_INHERIT.")
                .define(
                        "basic.auth.user.info",
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Registry user and password, user:password, if the source is USER_INFO.");
    }

    /**
     * Subjects that have a version with a schema; one request for all of them. A registry without such a list has none.
     *
     * @param id of the schema, which is the same for all subjects
     */
    public static Set<String> subjects(SchemaRegistryClient registry, int id) throws IOException, RestClientException {
        try {
            return registry.getAllVersionsById(id).stream()
                    .map(SubjectVersion::getSubject)
                    .collect(Collectors.toSet());
        } catch (RestClientException e) {
            if (e.getStatus() == AvroWriter.NOT_FOUND) {
                return Set.of();
            }
            throw e;
        }
    }

    /**
     * Opens no connection yet.
     *
     * @param settings every setting of the process; those of the registry are picked by name
     */
    public static SchemaRegistryClient connect(Map<String, ?> settings) {
        Map<String, Object> config = new HashMap<>(settings);
        Object urls = config.get(URL);
        if (urls == null) {
            throw new IllegalArgumentException(URL + " is missing");
        }
        List<String> list = urls instanceof List<?> l
                ? l.stream().map(String::valueOf).toList()
                : List.of(urls.toString().split("\\s*,\\s*"));
        return new CachedSchemaRegistryClient(
                list, CACHE_CAPACITY, List.of(new AvroSchemaProvider()), config, Map.of());
    }
}
