package io.fengsui.standalone.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows an event. In its feed's topic it can only be in the partition of its device, which its id names; what comes of it bears
 * the same time or one soon after, so that only so much of the other topics is read. One thread.
 */
public final class Tracer implements AutoCloseable {
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final int ID_PARTS = 3;

    private final Admin admin;
    private final Map<String, Object> clients;
    private final SchemaRegistryClient registry;
    private final String streamsApplicationId;
    private final Consumer<String> progress;
    private final WindowScan scan;
    private final List<String> searched = new ArrayList<>();

    /** @param progress told what is being read */
    public Tracer(
            Admin admin,
            Map<String, Object> clients,
            SchemaRegistryClient registry,
            String streamsApplicationId,
            Consumer<String> progress) {
        this.admin = admin;
        this.clients = Map.copyOf(clients);
        this.registry = registry;
        this.streamsApplicationId = streamsApplicationId;
        this.progress = progress;
        this.scan = new WindowScan(clients, progress);
    }

    /**
     * What is known of an event.
     *
     * @param only feed to look in; null: the feed of its device, or all if that is not registered
     * @param since it came in then or later
     * @param within what came of it, came of it so soon
     * @throws StartException if the id is none
     */
    public Trace trace(String eventId, @Nullable Feed<?> only, Instant since, Duration within)
            throws InterruptedException {
        String[] parts = eventId.split("/", ID_PARTS);
        if (parts.length < ID_PARTS || parts[1].isEmpty()) {
            throw new StartException(
                    "'" + eventId + "' is no event id; one looks like dust-one/dc-006-1/17: vendor, device"
                            + " and message, as in header.eventId of every record");
        }
        byte[] device = parts[1].getBytes(UTF_8);
        List<Feed<?>> feeds = only != null ? List.of(only) : feedsOf(parts[1]);
        for (Feed<?> feed : feeds) {
            for (Realm realm : Realm.values()) {
                List<Found<EventHeader>> written = written(feed, realm, device, eventId, since);
                if (!written.isEmpty()) {
                    return follow(eventId, feed, realm, written, within);
                }
            }
        }
        List<Found<DeadLetter>> refused = new ArrayList<>();
        for (Topic<DeadLetter> topic : Topics.allDeadLetters()) {
            refused.addAll(find(topic, scan.all(topic.name()), since, null, l -> eventId.equals(l.getEventId())));
        }
        return new Trace(
                eventId, only, List.of(), List.of(), List.of(), refused, Optional.empty(), List.of(), List.of(), false);
    }

    /** What was looked through, for people. */
    public List<String> searched() {
        return List.copyOf(searched);
    }

    /** Records read so far. */
    public long records() {
        return scan.records();
    }

    private List<Feed<?>> feedsOf(String deviceId) throws InterruptedException {
        Device device = table(Topics.REF_DEVICE).get(deviceId);
        Optional<Feed<?>> feed = device == null ? Optional.empty() : Feeds.byId(device.getFeed());
        return feed.<List<Feed<?>>>map(List::of).orElse(Feeds.all());
    }

    private <T extends SpecificRecord> List<Found<EventHeader>> written(
            Feed<T> feed, Realm realm, byte[] device, String eventId, Instant since) {
        Topic<T> topic = Topics.feed(realm, feed);
        return find(
                        topic,
                        scan.ofKey(topic.name(), device),
                        since,
                        null,
                        event -> feed.header(event).getEventId().equals(eventId),
                        record -> Arrays.equals(record.key(), device))
                .stream()
                .map(found -> new Found<>(found.spot(), feed.header(found.value())))
                .toList();
    }

    private Trace follow(String eventId, Feed<?> feed, Realm realm, List<Found<EventHeader>> written, Duration within)
            throws InterruptedException {
        Instant from = written.get(0).spot().at();
        Instant until = written.get(written.size() - 1).spot().at().plus(within);
        Topic<Unrouted> queue = Topics.unrouted(realm, feed);
        Topic<DeadLetter> letters = Topics.deadLetter(feed);
        List<Found<AlertSignal>> signals = new ArrayList<>();
        for (Topic<AlertSignal> signalled : Topics.alertSignals(realm)) {
            signals.addAll(
                    find(signalled, scan.all(signalled.name()), from, until, s -> eventId.equals(s.getEventId())));
        }
        return new Trace(
                eventId,
                feed,
                written,
                readers(eventId, feed, realm, from, until),
                find(queue, scan.all(queue.name()), from, until, u -> u.getEventId()
                        .equals(eventId)),
                find(letters, scan.all(letters.name()), from, until, l -> eventId.equals(l.getEventId())),
                Optional.ofNullable(table(Topics.REF_RULE).get(feed.id())).map(Tracer::words),
                signals,
                alerts(realm, signals),
                inFlight(feed, written.get(0).spot()));
    }

    private static String words(RuleFile file) {
        return file.getFile() + " " + file.getVersion();
    }

    private <T extends SpecificRecord> List<Spot> readers(
            String eventId, Feed<T> feed, Realm realm, Instant from, Instant until) throws InterruptedException {
        Collection<Route> routes = table(Topics.REF_ROUTE).values();
        List<TopicPartition> partitions = new ArrayList<>();
        for (Unit unit : table(Topics.REF_UNIT).values()) {
            Topics.readersOf(realm, unit, routes).stream()
                    .filter(topic -> topic.type().equals(feed.type()))
                    .forEach(topic -> partitions.addAll(scan.all(topic.name())));
        }
        AvroReader<T> reader = new AvroReader<>(registry, feed.type(), feed.schema());
        List<Spot> spots = new ArrayList<>();
        searched.add(partitions.size() + " topics of readers, " + from + " to " + until);
        progress.accept("Reading " + partitions.size() + " topics of readers");
        scan.read(partitions, from, until, record -> {
            T event = readable(reader, record);
            if (event != null && feed.header(event).getEventId().equals(eventId)) {
                spots.add(Spot.of(record));
            }
        });
        return spots;
    }

    /** Each alert as it stands: the newest record of its key, which is not older than its signal. */
    private List<Found<Alert>> alerts(Realm realm, List<Found<AlertSignal>> signals) {
        Topic<Alert> topic = Topics.alertState(realm);
        Map<String, Instant> since = new LinkedHashMap<>();
        signals.forEach(signal ->
                since.putIfAbsent(signal.value().getAlertId(), signal.value().getSignalledAt()));
        List<Found<Alert>> alerts = new ArrayList<>();
        since.forEach((id, from) -> {
            List<Found<Alert>> states =
                    find(topic, scan.ofKey(topic.name(), id.getBytes(UTF_8)), from, null, alert -> alert.getAlertId()
                            .equals(id));
            if (!states.isEmpty()) {
                alerts.add(states.get(states.size() - 1));
            }
        });
        return alerts;
    }

    private boolean inFlight(Feed<?> feed, Spot spot) throws InterruptedException {
        try {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(
                            feed.lane().group(streamsApplicationId))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(spot.topic(), spot.partition()));
            return committed == null || committed.offset() <= spot.offset();
        } catch (ExecutionException e) {
            throw new StartException("Kafka does not tell how far the streams app is: " + e.getCause(), e);
        }
    }

    private <T extends SpecificRecord> List<Found<T>> find(
            Topic<T> topic,
            List<TopicPartition> partitions,
            Instant from,
            @Nullable Instant until,
            Predicate<T> wanted) {
        return find(topic, partitions, from, until, wanted, record -> true);
    }

    private <T extends SpecificRecord> List<Found<T>> find(
            Topic<T> topic,
            List<TopicPartition> partitions,
            Instant from,
            @Nullable Instant until,
            Predicate<T> wanted,
            Predicate<ConsumerRecord<byte[], byte[]>> likely) {
        searched.add(partitions.stream()
                        .map(TopicPartition::toString)
                        .collect(Collectors.joining(", ", partitions.isEmpty() ? topic.name() + " (missing)" : "", ""))
                + ", " + from + " to " + (until == null ? "now" : until));
        progress.accept("Reading " + topic.name());
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        List<Found<T>> found = new ArrayList<>();
        scan.read(partitions, from, until, record -> {
            T value = likely.test(record) ? readable(reader, record) : null;
            if (value != null && wanted.test(value)) {
                found.add(new Found<>(Spot.of(record), value));
            }
        });
        return found;
    }

    private static <T extends SpecificRecord> @Nullable T readable(
            AvroReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader.read(record.value());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    private <V extends SpecificRecord> Map<String, V> table(Topic<V> topic) throws InterruptedException {
        try (CompactedTable<V> table = new CompactedTable<>(topic, clients, registry, "trace", (key, row) -> {})) {
            table.start();
            table.awaitLoaded(LOAD);
            return new HashMap<>(table.values());
        }
    }

    @Override
    public void close() {
        scan.close();
    }
}
