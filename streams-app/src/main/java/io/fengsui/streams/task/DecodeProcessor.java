package io.fengsui.streams.task;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.failure.SetAside;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of bytes. What will never be readable, and what is so large that a topic might refuse what is made of it,
 * goes on as a dead letter; while the registry does not answer the
 * exception ends the thread, and its successor reads the record again.
 */
public final class DecodeProcessor extends ContextualProcessor<@Nullable String, byte @Nullable [], String, Incoming> {
    private final Codecs codecs;
    private final DeadLetters deadLetters;
    private final SetAside setAside;
    private final boolean caretaker;
    private final Map<String, Feed<?>> feedByTopic = new HashMap<>();
    private final Map<String, Feed<?>> keeperByTopic = new HashMap<>();
    private final Map<String, Lane> laneById = new HashMap<>();
    private final Set<String> occurrenceTopics = new HashSet<>();
    private final String drillOccurrences;

    public DecodeProcessor(World world) {
        codecs = world.codecs();
        deadLetters = new DeadLetters(world.process());
        setAside = world.board().setAside();
        caretaker = world.lane() == World.CARETAKER;
        for (Realm realm : Realm.values()) {
            occurrenceTopics.add(Topics.occurrence(realm, world.lane()).name());
            Feeds.all().forEach(feed -> feedByTopic.put(Topics.feed(realm, feed).name(), feed));
        }
        drillOccurrences = Topics.occurrence(Realm.DRILL, world.lane()).name();
        keeperByTopic.putAll(feedByTopic);
        Feeds.all().stream()
                .filter(Feed::isProtected)
                .forEach(feed -> keeperByTopic.put(Topics.deadLetter(feed).name(), feed));
        for (Lane lane : Lane.values()) {
            laneById.put(lane.id(), lane);
        }
    }

    @Override
    public void process(Record<@Nullable String, byte @Nullable []> record) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        Feed<?> feed = feedByTopic.get(place.topic());
        Incoming incoming;
        String failed = setAside.why(place.topic(), place.partition(), place.offset());
        try {
            if (failed != null) {
                incoming = unreadable(place, record, feed, Rejection.PROCESSING_FAILED, failed);
            } else {
                incoming = feed == null ? control(place.topic(), record) : event(feed, record, place);
            }
        } catch (UnreadableRecordException e) {
            incoming = unreadable(place, record, feed, e.reason(), Objects.toString(e.getMessage(), ""));
        }
        if (incoming != null) {
            String to = record.key() == null ? place.topic() : record.key();
            context().forward(new Record<>(to, incoming, record.timestamp()));
        }
    }

    private @Nullable Incoming event(
            Feed<?> feed, Record<@Nullable String, byte @Nullable []> record, RecordMetadata place) {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        if (bytes.length > DeadLetters.LARGEST_PAYLOAD) {
            return unreadable(place, record, feed, Rejection.OVERSIZED, "no bridge writes so large a record");
        }
        SpecificRecord event = codecs.reader(feed).read(record.value());
        EventHeader header = feed.header(event);
        if (!header.getDeviceId().equals(record.key())) {
            String detail = "the key is " + record.key() + ", the device is " + header.getDeviceId();
            return unreadable(place, record, feed, Rejection.KEY_MISMATCH, detail);
        }
        return new Incoming.Event(feed, Realm.of(header.getStatus()), event, header, bytes);
    }

    /** Null for what needs no work: our own dead letters were counted when they were written. */
    private @Nullable Incoming control(String topic, Record<@Nullable String, byte @Nullable []> record) {
        byte[] value = record.value();
        if (topic.equals(Topics.PULSE.name())) {
            Pulse pulse = codecs.pulses().read(value);
            Lane lane = laneById.get(pulse.getLane());
            return lane == null ? null : heartbeat(lane, pulse);
        }
        if (topic.equals(drillOccurrences) && record.key() != null && value == null) {
            return new Incoming.Over(record.key());
        }
        if (occurrenceTopics.contains(topic)) {
            return new Incoming.Counted(codecs.occurrences().read(value));
        }
        DeadLetter letter = codecs.deadLetters().read(value);
        return letter.getStage() == DeadLetterStage.STREAMS ? null : new Incoming.Kept(letter);
    }

    private static Incoming heartbeat(Lane lane, Pulse pulse) {
        long sentAt = pulse.getSentAt().toEpochMilli();
        return pulse.getSlot() == null
                ? Incoming.Heartbeat.ofOnlySlot(lane, sentAt)
                : new Incoming.Heartbeat(lane, pulse.getSlot(), pulse.getSlots(), sentAt);
    }

    /** Null for a pulse in the lane that is not the caretaker: both lanes read it, and one letter of it will do. */
    private @Nullable Incoming unreadable(
            RecordMetadata place,
            Record<@Nullable String, byte @Nullable []> record,
            @Nullable Feed<?> feed,
            Rejection reason,
            String detail) {
        if (place.topic().equals(Topics.PULSE.name()) && !caretaker) {
            return null;
        }
        Feed<?> keeper = keeperByTopic.get(place.topic());
        return new Incoming.Unreadable(
                keeper,
                deadLetters
                        .of(keeper, place, record.value(), reason, detail)
                        .setFeed(feed == null ? null : feed.id())
                        .setDeviceId(feed == null ? null : record.key())
                        .setStatus(EventStatus.UNKNOWN)
                        .setReceivedAt(Instant.ofEpochMilli(Math.max(0, record.timestamp())))
                        .build());
    }
}
