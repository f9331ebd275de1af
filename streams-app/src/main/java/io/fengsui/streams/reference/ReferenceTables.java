package io.fengsui.streams.reference;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link ReferenceView} and a {@link RuleBook} up to date from the {@code ref.*} topics. */
public final class ReferenceTables implements AutoCloseable {
    private final Map<String, CompactedTable<?>> tables = new LinkedHashMap<>();

    /** @param kafka client settings, at least bootstrap.servers */
    public ReferenceTables(Map<String, ?> kafka, SchemaRegistryClient registry, ReferenceView view, RuleBook rules) {
        follow(Topics.REF_UNIT, kafka, registry, view::putUnit);
        follow(Topics.REF_SITE, kafka, registry, view::putSite);
        follow(Topics.REF_ROUTE, kafka, registry, view::putRoute);
        follow(Topics.REF_PARAMETER, kafka, registry, view::putParameter);
        follow(Topics.REF_DEVICE, kafka, registry, view::putDevice);
        follow(Topics.REF_RULE, kafka, registry, rules::accept);
    }

    private <V extends SpecificRecord> void follow(
            Topic<V> topic,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            BiConsumer<String, @Nullable V> listener) {
        tables.put(topic.name(), new CompactedTable<>(topic, kafka, registry, "streams", listener));
    }

    public void start() {
        tables.values().forEach(CompactedTable::start);
    }

    /** Waits until all that was in the topics at the start is here. */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        for (CompactedTable<?> table : tables.values()) {
            table.awaitLoaded(timeout);
        }
    }

    /** Whether every table is still followed. */
    public boolean healthy() {
        return tables.values().stream().allMatch(CompactedTable::healthy);
    }

    /** Rows by topic. */
    public Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        tables.forEach((topic, table) -> sizes.put(topic, table.values().size()));
        return sizes;
    }

    @Override
    public void close() {
        tables.values().forEach(CompactedTable::close);
    }
}
