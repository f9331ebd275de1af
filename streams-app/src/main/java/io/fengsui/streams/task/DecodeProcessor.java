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
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of bytes. What will never be readable goes on as a dead letter; while the registry does not answer the
 * exception ends the thread, and its successor reads the record again.
 */
public final class DecodeProcessor extends ContextualProcessor<@Nullable String, byte @Nullable [], String, Incoming> {
    private static final int DETAIL_LIMIT = 500;

    private final Codecs codecs;
    private final String process;
    private final Map<String, Feed<?>> feedByTopic = new HashMap<>();
    private final Map<String, Lane> laneById = new HashMap<>();

    /** @param process name of this app in dead letters */
    public DecodeProcessor(Codecs codecs, String process) {
        this.codecs = codecs;
        this.process = process;
        for (Realm realm : Realm.values()) {
            Feeds.all().forEach(feed -> feedByTopic.put(Topics.feed(realm, feed).name(), feed));
        }
        for (Lane lane : Lane.values()) {
            laneById.put(lane.id(), lane);
        }
    }

    @Override
    public void process(Record<@Nullable String, byte @Nullable []> record) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        String key = record.key();
        Feed<?> feed = feedByTopic.get(place.topic());
        Incoming incoming;
        try {
            incoming = feed == null ? control(place.topic(), record.value()) : event(feed, record.value());
        } catch (UnreadableRecordException e) {
            incoming = unreadable(place, record, feed, e.reason(), Objects.toString(e.getMessage(), ""));
        }
        if (incoming instanceof Incoming.Event event
                && !event.header().getDeviceId().equals(key)) {
            String detail =
                    "the key is " + key + ", the device is " + event.header().getDeviceId();
            incoming = unreadable(place, record, feed, Rejection.KEY_MISMATCH, detail);
        }
        if (incoming != null) {
            String to = key == null ? place.topic() : key;
            context().forward(new Record<>(to, incoming, record.timestamp()));
        }
    }

    private Incoming event(Feed<?> feed, byte @Nullable [] value) {
        SpecificRecord event = codecs.reader(feed).read(value);
        EventHeader header = header(feed, event);
        byte[] bytes = value == null ? new byte[0] : value;
        return new Incoming.Event(feed, Realm.of(header.getStatus()), event, header, bytes);
    }

    /** Null for what needs no work: our own dead letters were counted when they were written. */
    private @Nullable Incoming control(String topic, byte @Nullable [] value) {
        if (topic.equals(Topics.PULSE.name())) {
            Pulse pulse = codecs.pulses().read(value);
            Lane lane = laneById.get(pulse.getLane());
            return lane == null
                    ? null
                    : new Incoming.Heartbeat(lane, pulse.getSentAt().toEpochMilli());
        }
        DeadLetter letter = codecs.deadLetters().read(value);
        return letter.getStage() == DeadLetterStage.STREAMS ? null : new Incoming.Kept(letter);
    }

    @SuppressWarnings("unchecked")
    private static EventHeader header(Feed<?> feed, SpecificRecord event) {
        return ((Function<SpecificRecord, EventHeader>) feed.header()).apply(event);
    }

    private Incoming unreadable(
            RecordMetadata place,
            Record<@Nullable String, byte @Nullable []> record,
            @Nullable Feed<?> feed,
            Rejection reason,
            String detail) {
        byte[] value = record.value();
        return new Incoming.Unreadable(DeadLetter.newBuilder()
                .setReason(reason.name())
                .setDetail(detail.substring(0, Math.min(detail.length(), DETAIL_LIMIT)))
                .setFeed(feed == null ? null : feed.id())
                .setDeviceId(feed == null ? null : record.key())
                .setStatus(EventStatus.UNKNOWN)
                .setStage(DeadLetterStage.STREAMS)
                .setKafkaTopic(place.topic())
                .setKafkaPartition(place.partition())
                .setKafkaOffset(place.offset())
                .setPayload(value == null ? null : ByteBuffer.wrap(value))
                .setReceivedAt(Instant.ofEpochMilli(Math.max(0, record.timestamp())))
                .setProcess(process)
                .build());
    }
}
