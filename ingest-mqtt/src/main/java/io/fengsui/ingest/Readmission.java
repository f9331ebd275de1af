package io.fengsui.ingest;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Admission.Sender;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ops.DeadLetter;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a dead letter if its message came now: the same checks and decoders as on arrival, with the reference
 * data of today. Writes nothing. For one thread.
 *
 * <p>The time of arrival stays that of the letter. Whether it was late, whether its clock was wrong and whether its device was
 * registered that day is judged as of then; the id of a message without id and time holds it; and an old message is no sign
 * of life of today.
 */
public final class Readmission {

    /** What would become of it. */
    public sealed interface Judgement {}

    /** Its events, with the ids they would have had. */
    public record Accepted<T extends SpecificRecord>(Feed<T> feed, List<T> events) implements Judgement {
        public List<String> eventIds() {
            return events.stream().map(event -> feed.header(event).getEventId()).toList();
        }
    }

    /** @param detail quotes nothing of a message that a protected feed keeps */
    public record Refused(Rejection reason, @Nullable String field, String detail) implements Judgement {}

    /** How the detail of a letter begins whose bytes were not all kept; both stages say so. */
    private static final Pattern CUT = Pattern.compile("(The|\\() ?first \\d+ of \\d+ bytes.*", Pattern.DOTALL);

    private final DeviceRegistry devices;
    private final Admission admission;
    private final Decoders decoders;
    private final SchemaRegistryClient registry;
    private final Map<String, AvroReader<?>> readers = new HashMap<>();

    /**
     * @param devices those registered now, by id
     * @param registry knows the schemas of records that the streams app refused
     */
    public Readmission(Map<String, Device> devices, Decoders decoders, SchemaRegistryClient registry) {
        Map<String, Device> known = Map.copyOf(devices);
        Keepers keepers = new Keepers(Feeds.all());
        known.forEach(keepers);
        this.devices = new DeviceRegistry(id -> Optional.ofNullable(known.get(id)), keepers);
        this.admission = new Admission(this.devices);
        this.decoders = decoders;
        this.registry = registry;
    }

    /**
     * Judges a letter.
     *
     * @param topic where it lies
     * @param again whether it was replayed before: its events are then marked as redelivered
     */
    public Judgement judge(Topic<DeadLetter> topic, DeadLetter letter, boolean again) {
        try {
            if (CUT.matcher(letter.getDetail()).matches()) {
                throw new DecodeException(Rejection.OVERSIZED, "its bytes were cut when it was kept");
            }
            String mqttTopic = letter.getMqttTopic();
            return mqttTopic == null ? record(letter) : message(letter, mqttTopic, again);
        } catch (DecodeException e) {
            DecodeException told = isKept(topic, letter) ? e.unquoted() : e;
            return new Refused(told.reason(), told.field(), told.detail());
        }
    }

    private boolean isKept(Topic<DeadLetter> topic, DeadLetter letter) {
        return Topics.keeper(topic).isPresent()
                || (letter.getMqttTopic() != null
                        && devices.keeper(letter.getMqttTopic()).isPresent());
    }

    private Accepted<?> message(DeadLetter letter, String mqttTopic, boolean again) {
        byte[] payload = Objects.requireNonNullElse(bytes(letter), new byte[0]);
        Sender sender = admission.sender(
                mqttTopic, TopicAddress.of(mqttTopic), payload, letter.getMessageId(), letter.getReceivedAt());
        return decoded(letter, sender.feed(), sender, mqttTopic, payload, again);
    }

    private <T extends SpecificRecord> Accepted<T> decoded(
            DeadLetter letter, Feed<T> feed, Sender sender, String mqttTopic, byte[] payload, boolean again) {
        try {
            return new Accepted<>(
                    feed,
                    decoders.decode(
                            feed,
                            letter.getContentType(),
                            sender.report(
                                    mqttTopic,
                                    letter.getMessageId(),
                                    again,
                                    letter.getReceivedAt(),
                                    letter.getProcess(),
                                    payload)));
        } catch (DecodeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DecodeException(Rejection.DECODING_FAILED, e.toString());
        }
    }

    /** A record that had reached a feed's topic: an event if its bytes are one now and its device may have sent it. */
    private Accepted<?> record(DeadLetter letter) {
        String kafkaTopic = String.valueOf(letter.getKafkaTopic());
        Feed<?> feed = Topics.feedOf(kafkaTopic)
                .orElseThrow(() -> new DecodeException(
                        Rejection.UNKNOWN_FEED,
                        "it was a record of '" + kafkaTopic + "'; only events of a feed can be replayed"));
        return read(letter, feed);
    }

    private <T extends SpecificRecord> Accepted<T> read(DeadLetter letter, Feed<T> feed) {
        T event;
        try {
            event = reader(feed).read(bytes(letter));
        } catch (UnreadableRecordException e) {
            throw new DecodeException(e.reason(), Objects.toString(e.getMessage(), ""));
        }
        EventHeader header = feed.header(event);
        devices.registered(
                new TopicAddress(header.getVendor(), feed.id(), header.getDeviceId()), header.getReceivedAt());
        return new Accepted<>(feed, List.of(event));
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> AvroReader<T> reader(Feed<T> feed) {
        return (AvroReader<T>)
                readers.computeIfAbsent(feed.id(), id -> new AvroReader<>(registry, feed.type(), feed.schema()));
    }

    private static byte @Nullable [] bytes(DeadLetter letter) {
        ByteBuffer payload = letter.getPayload();
        if (payload == null) {
            return null;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}
