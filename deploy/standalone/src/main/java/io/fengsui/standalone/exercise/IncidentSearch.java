package io.fengsui.standalone.exercise;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SubjectKind;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.trace.WindowScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds a past incident with its events, by reading its topics; writes nothing. One thread. */
public final class IncidentSearch implements AutoCloseable {
    /** What a rule remembers of a device: what rose within ten minutes began before. */
    private static final Duration BEFORE = Duration.ofMinutes(15);

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final int MOST_EVENTS = 5_000;
    private static final int ID_PARTS = 3;

    private final SchemaRegistryClient registry;
    private final WindowScan scan;

    /** @param progress told what is being read */
    public IncidentSearch(Map<String, Object> kafka, SchemaRegistryClient registry, Consumer<String> progress) {
        this.registry = registry;
        this.scan = new WindowScan(kafka, progress);
    }

    /** What a device said that is to be played. */
    private static final class Wanted {
        private final Set<String> eventIds = new HashSet<>();
        /** Whether all that the device said meanwhile belongs to it, and not only what is named. */
        private boolean whole = true;

        private Instant from = Instant.MAX;
        private Instant until = Instant.MIN;
    }

    /**
     * Finds it.
     *
     * @param now nothing is read behind it
     * @throws StartException if it is not known, or nothing of it can be played any more; says why
     */
    public PastIncident find(String incidentId, Instant now) {
        Incident incident =
                latest(Topics.alertIncident(Realm.LIVE), value -> value.getIncidentId()
                                .equals(incidentId))
                        .values()
                        .stream()
                        .findFirst()
                        .orElseThrow(
                                () -> new StartException(
                                        "No incident " + incidentId
                                                + "; the address of its page in the console ends in its id, such as 20261126-0a1b2c3d"));
        Set<String> references = Set.copyOf(incident.getReferences());
        Map<String, Alert> alerts = latest(
                Topics.alertState(Realm.LIVE),
                alert -> incidentId.equals(alert.getIncidentId()) || references.contains(alert.getAlertId()));
        Instant from = incident.getStartedAt().minus(MARGIN);
        Instant until = Objects.requireNonNullElse(incident.getEndedAt(), now).plus(MARGIN);
        List<AlertSignal> signals = new ArrayList<>();
        read(
                Topics.alertSignal(Realm.LIVE),
                scan.all(Topics.alertSignal(Realm.LIVE).name()),
                from,
                until,
                signal -> {
                    if (alerts.containsKey(signal.getAlertId())) {
                        signals.add(signal);
                    }
                });
        Map<String, Map<String, Wanted>> wanted = wanted(signals);
        List<Original<?>> originals = new ArrayList<>();
        Set<String> named = new HashSet<>();
        wanted.forEach((feed, devices) -> devices.forEach((device, what) -> {
            named.addAll(what.eventIds);
            Feeds.byId(feed).ifPresent(of -> collect(of, device, what, originals));
        }));
        originals.forEach(original -> named.remove(idOf(original)));
        if (originals.isEmpty()) {
            throw new StartException(
                    "Nothing of incident " + incidentId + " can be played: " + signals.size() + " signals name "
                            + named.size() + " events, and feeds' topics have none of them; they keep a week");
        }
        if (originals.size() > MOST_EVENTS) {
            throw new StartException("Incident " + incidentId + " has more than " + MOST_EVENTS
                    + " events; write a script of what matters in it");
        }
        originals.sort(Comparator.comparing(Original::receivedAt));
        int silences = (int)
                signals.stream().filter(signal -> signal.getEventId() == null).count();
        return new PastIncident(incident, List.copyOf(alerts.values()), List.copyOf(originals), named.size(), silences);
    }

    private static <T extends SpecificRecord> String idOf(Original<T> original) {
        return original.feed().header(original.event()).getEventId();
    }

    private static Map<String, Map<String, Wanted>> wanted(List<AlertSignal> signals) {
        Map<String, Map<String, Wanted>> wanted = new LinkedHashMap<>();
        for (AlertSignal signal : signals) {
            String eventId = signal.getEventId();
            Instant receivedAt = signal.getReceivedAt();
            String[] parts = eventId == null ? new String[0] : eventId.split("/", ID_PARTS);
            if (receivedAt == null || parts.length < ID_PARTS) {
                continue;
            }
            Wanted what = wanted.computeIfAbsent(signal.getFeed(), feed -> new HashMap<>())
                    .computeIfAbsent(parts[1], device -> new Wanted());
            what.eventIds.add(eventId);
            what.whole &= signal.getSubject().getKind() == SubjectKind.DEVICE;
            what.from = receivedAt.isBefore(what.from) ? receivedAt : what.from;
            what.until = receivedAt.isAfter(what.until) ? receivedAt : what.until;
        }
        return wanted;
    }

    private <T extends SpecificRecord> void collect(
            Feed<T> feed, String device, Wanted what, List<Original<?>> originals) {
        Topic<T> topic = Topics.feed(Realm.LIVE, feed);
        byte[] key = device.getBytes(UTF_8);
        Instant from = what.whole ? what.from.minus(BEFORE) : what.from.minus(MARGIN);
        Set<String> seen = new HashSet<>();
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        scan.read(scan.ofKey(topic.name(), key), from, what.until.plus(MARGIN), record -> {
            T event = Arrays.equals(record.key(), key) ? readable(reader, record) : null;
            if (event != null) {
                String id = feed.header(event).getEventId();
                Instant at = feed.header(event).getReceivedAt();
                boolean within = what.whole && !at.isBefore(from) && !at.isAfter(what.until);
                if ((within || what.eventIds.contains(id)) && seen.add(id)) {
                    originals.add(new Original<>(feed, event));
                }
            }
        });
    }

    private <T extends SpecificRecord> Map<String, T> latest(Topic<T> topic, Predicate<T> wanted) {
        Map<String, T> latest = new LinkedHashMap<>();
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        scan.read(scan.all(topic.name()), Instant.EPOCH, null, record -> {
            T value = readable(reader, record);
            String key = new String(record.key(), UTF_8);
            if (value != null && wanted.test(value)) {
                latest.put(key, value);
            } else {
                latest.remove(key);
            }
        });
        return latest;
    }

    private <T extends SpecificRecord> void read(
            Topic<T> topic, List<TopicPartition> partitions, Instant from, Instant until, Consumer<T> taker) {
        AvroReader<T> reader = new AvroReader<>(registry, topic.type(), topic.schema());
        scan.read(partitions, from, until, record -> {
            T value = readable(reader, record);
            if (value != null) {
                taker.accept(value);
            }
        });
    }

    private static <T extends SpecificRecord> @Nullable T readable(
            AvroReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : reader.read(record.value());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    @Override
    public void close() {
        scan.close();
    }
}
