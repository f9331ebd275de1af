package io.fengsui.schema.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A Kafka topic with string keys and Avro values.
 *
 * @param spread SINGLE has one partition; KEYED has the partitions of the feeds and is co-partitioned with them; SLOTS has
 *     one a slot of the bridges, and may get more
 * @param retention how long records are kept; compacted topics keep the last value of a key for ever
 */
public record Topic<V extends SpecificRecord>(
        String name,
        Class<V> type,
        Schema schema,
        Spread spread,
        Cleanup cleanup,
        Duration retention,
        String description) {

    /** A dead letter keeps the whole of a refused message: the largest MQTT packet the bridge takes, 1 MiB, and more. */
    private static final int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

    public enum Spread {
        SINGLE,
        KEYED,
        SLOTS
    }

    public enum Cleanup {
        DELETE,
        COMPACT
    }

    /** For what is looked at by key, beside the feeds. */
    static <V extends SpecificRecord> Topic<V> keyed(String name, Class<V> type, Duration kept, String description) {
        return new Topic<>(name, type, schemaOf(type), Spread.KEYED, Cleanup.DELETE, kept, description);
    }

    /** For what needs one order. */
    static <V extends SpecificRecord> Topic<V> single(String name, Class<V> type, Duration kept, String description) {
        return new Topic<>(name, type, schemaOf(type), Spread.SINGLE, Cleanup.DELETE, kept, description);
    }

    /** Who did what: kept for a year, each entry. */
    static <V extends SpecificRecord> Topic<V> journal(String name, Class<V> type, String description) {
        return single(name, type, Duration.ofDays(365), description);
    }

    /** For what stands until it is changed. */
    static <V extends SpecificRecord> Topic<V> compacted(String name, Class<V> type, String description) {
        return new Topic<>(name, type, schemaOf(type), Spread.SINGLE, Cleanup.COMPACT, Duration.ZERO, description);
    }

    /** The same for what is looked at by key, beside the feeds. */
    static <V extends SpecificRecord> Topic<V> standing(String name, Class<V> type, String description) {
        return new Topic<>(name, type, schemaOf(type), Spread.KEYED, Cleanup.COMPACT, Duration.ZERO, description);
    }

    /** For a unit or department. */
    static <V extends SpecificRecord> Topic<V> reader(String name, Class<V> type, Schema schema, String description) {
        return new Topic<>(name, type, schema, Spread.SINGLE, Cleanup.DELETE, Duration.ofDays(30), description);
    }

    /** The same for what is no feed's. */
    static <V extends SpecificRecord> Topic<V> reader(String name, Class<V> type, String description) {
        return reader(name, type, schemaOf(type), description);
    }

    private static Schema schemaOf(Class<?> type) {
        return SpecificData.get().getSchema(type);
    }

    /** Subject of the value schema, Confluent's TopicNameStrategy. */
    public String subject() {
        return name + "-value";
    }

    /** Readers of any age must understand writers of any age. */
    public String compatibility() {
        return "FULL_TRANSITIVE";
    }

    Map<String, String> kafkaConfig() {
        return cleanup == Cleanup.COMPACT
                ? Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.1")
                : Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(MAX_MESSAGE_BYTES));
    }
}
