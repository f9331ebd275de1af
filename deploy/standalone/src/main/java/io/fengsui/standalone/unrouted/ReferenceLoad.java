package io.fengsui.standalone.unrouted;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.reference.ReferenceView;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What routing needs of the reference data, as it is now. */
public final class ReferenceLoad {
    private static final String OWNER = "unrouted";
    private static final Duration LOAD = Duration.ofSeconds(30);

    private ReferenceLoad() {}

    /** @throws io.fengsui.platform.StartException if a table cannot be read */
    public static ReferenceView view(Map<String, Object> kafka, SchemaRegistryClient registry)
            throws InterruptedException {
        ReferenceView view = new ReferenceView();
        try (CompactedTable<Unit> units = table(Topics.REF_UNIT, kafka, registry, view::putUnit);
                CompactedTable<Site> sites = table(Topics.REF_SITE, kafka, registry, view::putSite);
                CompactedTable<Device> devices = table(Topics.REF_DEVICE, kafka, registry, view::putDevice);
                CompactedTable<Route> routes = table(Topics.REF_ROUTE, kafka, registry, view::putRoute)) {
            units.awaitLoaded(LOAD);
            sites.awaitLoaded(LOAD);
            devices.awaitLoaded(LOAD);
            routes.awaitLoaded(LOAD);
            return view;
        }
    }

    /** A table by key. */
    public static <V extends SpecificRecord> Map<String, V> records(
            Topic<V> topic, Map<String, Object> kafka, SchemaRegistryClient registry) throws InterruptedException {
        try (CompactedTable<V> table = table(topic, kafka, registry, (key, value) -> {})) {
            table.awaitLoaded(LOAD);
            return Map.copyOf(table.values());
        }
    }

    private static <V extends SpecificRecord> CompactedTable<V> table(
            Topic<V> topic,
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            BiConsumer<String, @Nullable V> listener) {
        CompactedTable<V> table = new CompactedTable<>(topic, kafka, registry, OWNER, listener);
        table.start();
        return table;
    }
}
