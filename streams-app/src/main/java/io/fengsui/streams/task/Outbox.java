package io.fengsui.streams.task;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.Place;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Occurrence;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.Routing.Shortfall;
import io.fengsui.streams.route.UnroutedReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Encodes records and hands them to the sinks, all in the task's transaction. */
final class Outbox {
    static final String READERS = "readers";
    static final String UNROUTED = "unrouted";
    static final String DEAD_LETTERS = "dead-letters";
    static final String SIGNALS = "signals";
    static final String OCCURRENCES = "occurrences";
    static final String LEDGER = "ledger";

    private static final String PLACE = "place";

    private final ProcessorContext<String, Outgoing> context;
    private final Codecs codecs;
    private final StreamsMetrics metrics;
    private final Map<Schema, Integer> placeByType = new HashMap<>();

    Outbox(ProcessorContext<String, Outgoing> context, Codecs codecs, StreamsMetrics metrics) {
        this.context = context;
        this.codecs = codecs;
        this.metrics = metrics;
    }

    /** Fills the place in and encodes once for all topics whose values have the same schema id. */
    void route(Record<String, Incoming> from, SpecificRecord event, Place place, List<String> topics) {
        event.put(placeOf(event.getSchema()), place);
        byte[] bytes = new byte[0];
        int encodedFor = -1;
        for (String topic : topics) {
            int id = codecs.schemaId(topic, event.getSchema());
            if (id != encodedFor) {
                bytes = codecs.write(topic, event);
                encodedFor = id;
            }
            send(READERS, from.key(), topic, bytes, from.timestamp());
        }
    }

    void unrouted(Record<String, Incoming> from, Incoming.Event event, Routing routing, Instant now) {
        List<Shortfall> shortfalls = routing.shortfalls();
        UnroutedReason reason = shortfalls.get(0).reason();
        String detail =
                shortfalls.stream().map(s -> s.reason() + ": " + s.detail()).collect(Collectors.joining("; "));
        Unrouted record = new Unrouted(
                event.header().getEventId(),
                event.feed().id(),
                event.header().getDeviceId(),
                reason.name(),
                detail,
                event.header().getStatus(),
                ByteBuffer.wrap(event.bytes()),
                now,
                routing.topics());
        metrics.unrouted(reason);
        write(UNROUTED, from.key(), Topics.unrouted(event.realm(), event.feed()).name(), record, from.timestamp());
    }

    /** @param keeper feed whose data the letter may hold; null: none that is known */
    void deadLetter(@Nullable Feed<?> keeper, String key, DeadLetter letter, long timestamp) {
        metrics.deadLetter(letter.getReason());
        write(DEAD_LETTERS, key, Topics.deadLetter(keeper).name(), letter, timestamp);
    }

    void signal(AlertSignal signal) {
        Realm realm = Realm.of(signal.getStatus());
        metrics.signal(realm, signal.getAction(), signal.getSeverity());
        long at = signal.getSignalledAt().toEpochMilli();
        Lane lane = signal.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY;
        write(SIGNALS, signal.getAlertId(), Topics.alertSignal(realm, lane).name(), signal, at);
    }

    void occurrence(Occurrence occurrence, Lane lane) {
        String topic = Topics.occurrence(Realm.of(occurrence.getStatus()), lane).name();
        long at = occurrence.getReceivedAt().toEpochMilli();
        write(OCCURRENCES, Groups.key(occurrence), topic, occurrence, at);
    }

    void account(String key, Account account, Instant now) {
        write(LEDGER, key, Topics.ACCOUNT.name(), account, now.toEpochMilli());
    }

    private void write(String sink, String key, String topic, SpecificRecord value, long timestamp) {
        send(sink, key, topic, codecs.write(topic, value), timestamp);
    }

    private void send(String sink, String key, String topic, byte[] value, long timestamp) {
        context.forward(new Record<>(key, new Outgoing(topic, value), Math.max(0, timestamp)), sink);
    }

    private int placeOf(Schema schema) {
        return placeByType.computeIfAbsent(schema, s -> s.getField(PLACE).pos());
    }
}
