package io.fengsui.standalone.unrouted;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.streams.device.Forwarding;
import io.fengsui.streams.route.Routing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** What becomes of entries of the queue by the reference data of now. Writes nothing. For one thread. */
public final class ReplayPlan {
    private final Forwarding forwarding;
    private final SchemaRegistryClient registry;
    private final Map<String, AvroReader<?>> readers = new HashMap<>();

    public ReplayPlan(Forwarding forwarding, SchemaRegistryClient registry) {
        this.forwarding = forwarding;
        this.registry = registry;
    }

    /**
     * Deliveries of the oldest entries. Whoever got an event when it came or by a replay does not get it again.
     *
     * @throws io.fengsui.schema.serde.UnreadableRecordException if an event cannot be read
     */
    public List<Delivery> of(Queue queue, int limit) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Unrouted entry : queue.entries()) {
            if (deliveries.size() < limit) {
                Feeds.byId(entry.getFeed()).ifPresent(feed -> deliveries.add(delivery(entry, feed, queue.log())));
            }
        }
        return List.copyOf(deliveries);
    }

    private <T extends SpecificRecord> Delivery delivery(Unrouted entry, Feed<T> feed, ReplayLog log) {
        T event = reader(feed).read(bytes(entry));
        EventHeader header = feed.header(event);
        Routing routing = forwarding.route(feed, event, header);
        Set<String> delivered = new HashSet<>(entry.getDeliveredTo());
        delivered.addAll(log.deliveredTo(entry.getEventId()));
        List<String> topics = routing.topics().stream()
                .filter(topic -> !delivered.contains(topic))
                .toList();
        return new Delivery(
                feed,
                header,
                entry.getReason(),
                event,
                routing,
                topics,
                routing.shortfalls().isEmpty());
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> AvroReader<T> reader(Feed<T> feed) {
        return (AvroReader<T>)
                readers.computeIfAbsent(feed.id(), id -> new AvroReader<>(registry, feed.type(), feed.schema()));
    }

    private static byte[] bytes(Unrouted entry) {
        ByteBuffer record = entry.getRecord().duplicate();
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }
}
