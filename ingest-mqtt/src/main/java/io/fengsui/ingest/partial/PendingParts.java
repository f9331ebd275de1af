package io.fengsui.ingest.partial;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoded;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ops.PartialMessage;
import io.fengsui.ops.PartialStep;
import io.fengsui.schema.feed.Feed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What devices have begun to send and not ended, by device, shared by all lanes. Safe for use by many threads: what concerns a
 * device with a part is done one after the other, while a message that is whole, of a device without, takes no lock.
 *
 * <p>Each message that took part leaves a step: its hash, and what waited when it came. One that the broker delivers again is
 * decoded behind the same bytes as the first time, so its events have the same ids, and what waits now is not touched. So it does not
 * matter which of the records of a message were written when a process ended: the message was not acknowledged, comes again, and
 * gives all of them again.
 */
public final class PendingParts {
    /** Messages of a device that may be unacknowledged at once and be told apart when they come again. */
    private static final int STEPS = 32;

    /** How long steps are kept: a bridge is back within a minute, and redelivery follows at once. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** What is known of a device. */
    private static final class Held {
        private final PartialMessage record;
        private Instant touched;
        private boolean expiring;

        private Held(PartialMessage record, Instant touched) {
            this.record = record;
            this.touched = touched;
        }

        private boolean waits() {
            return record.getRest().hasRemaining();
        }
    }

    private final Decoders decoders;
    private final Duration timeout;
    private final ConcurrentMap<String, Held> byDevice = new ConcurrentHashMap<>();

    /** @param timeout for which a beginning waits for its end */
    public PendingParts(Decoders decoders, Duration timeout) {
        this.decoders = decoders;
        this.timeout = timeout;
    }

    /**
     * Takes up what another bridge, or a former process, kept of the topics that are served from now on, and forgets what was
     * known of them; each beginning has its full time again.
     */
    public synchronized void restore(Map<String, PartialMessage> kept, Predicate<String> topics, Instant now) {
        byDevice.values().removeIf(held -> topics.test(held.record.getMqttTopic()));
        kept.forEach((deviceId, record) -> {
            if (topics.test(record.getMqttTopic())) {
                byDevice.put(deviceId, new Held(record, now));
            }
        });
    }

    /**
     * Decodes a message, behind what waits if it goes on with that.
     *
     * @param then sends what is to be written, in the order of the calls for a device; must not block for long
     * @throws DecodeException if the message is refused
     */
    public <T extends SpecificRecord> void take(
            Feed<T> feed, @Nullable String contentType, Report report, Consumer<Taken<T>> then) {
        if (!byDevice.containsKey(report.deviceId())) {
            Decoded<T> decoded = decoders.decodePart(feed, contentType, report);
            if (decoded.isWhole()) {
                then.accept(Taken.whole(decoded.events()));
                return;
            }
        }
        takePart(feed, contentType, report, then);
    }

    private synchronized <T extends SpecificRecord> void takePart(
            Feed<T> feed, @Nullable String contentType, Report report, Consumer<Taken<T>> then) {
        Held held = byDevice.get(report.deviceId());
        String message = report.body().sha256();
        @Nullable PartialStep again = held == null || !report.redelivered() ? null : step(held.record, message);
        byte[] waiting =
                again != null ? bytes(again.getBefore()) : held == null ? Joined.NOTHING : bytes(held.record.getRest());
        boolean late = again == null && held != null && held.expiring;
        Joined<T> joined = Joined.of(decoders, feed, contentType, report, late ? Joined.NOTHING : waiting);
        byte[] givenUp = late && joined.changes() ? waiting : joined.givenUp();
        @Nullable PartialMessage record = again != null && held != null ? held.record : null;
        if (again == null && joined.changes()) {
            record = next(held, contentType, report, new PartialStep(message, ByteBuffer.wrap(waiting)), joined.rest());
            byDevice.put(report.deviceId(), new Held(record, report.receivedAt()));
        }
        then.accept(new Taken<>(
                joined.events(), record, givenUp.length == 0 ? null : record(contentType, report, givenUp, List.of())));
    }

    private static @Nullable PartialStep step(PartialMessage record, String message) {
        return record.getSteps().stream()
                .filter(step -> step.getMessage().equals(message))
                .findFirst()
                .orElse(null);
    }

    private static PartialMessage next(
            @Nullable Held held, @Nullable String contentType, Report report, PartialStep step, byte[] rest) {
        List<PartialStep> steps = new ArrayList<>(held == null ? List.of() : held.record.getSteps());
        steps.add(step);
        return record(contentType, report, rest, steps.subList(Math.max(0, steps.size() - STEPS), steps.size()));
    }

    private static PartialMessage record(
            @Nullable String contentType, Report report, byte[] rest, List<PartialStep> steps) {
        return PartialMessage.newBuilder()
                .setMqttTopic(report.mqttTopic())
                .setFeed(report.feed().id())
                .setVendor(report.vendor())
                .setContentType(contentType)
                .setRest(ByteBuffer.wrap(rest))
                .setReceivedAt(report.receivedAt())
                .setBridge(report.bridge())
                .setSteps(List.copyOf(steps))
                .build();
    }

    /** Begins all times anew: while messages cannot come, an end cannot either. */
    public synchronized void defer(Instant now) {
        byDevice.values().forEach(held -> held.touched = now);
    }

    /**
     * Beginnings whose time is over, by device. Each is told once, and joined with nothing from then on; {@link #expired} or
     * {@link #keep} is to follow.
     */
    public synchronized Map<String, PartialMessage> overdue(Instant now) {
        Map<String, PartialMessage> overdue = new ConcurrentHashMap<>();
        byDevice.forEach((deviceId, held) -> {
            if (held.waits() && !held.expiring && !now.isBefore(held.touched.plus(timeout))) {
                held.expiring = true;
                overdue.put(deviceId, held.record);
            }
        });
        return overdue;
    }

    /**
     * The dead letter of a beginning is kept: nothing waits any more.
     *
     * @param then writes what is left; not called if the device has begun anew meanwhile
     */
    public synchronized void expired(String deviceId, PartialMessage part, Instant now, Consumer<PartialMessage> then) {
        Held held = byDevice.get(deviceId);
        if (held != null && held.record.equals(part)) {
            PartialMessage left = PartialMessage.newBuilder(part)
                    .setRest(ByteBuffer.wrap(Joined.NOTHING))
                    .build();
            byDevice.put(deviceId, new Held(left, now));
            then.accept(left);
        }
    }

    /** The dead letter could not be kept: the beginning waits as before. */
    public synchronized void keep(String deviceId, PartialMessage part) {
        Held held = byDevice.get(deviceId);
        if (held != null && held.record.equals(part)) {
            held.expiring = false;
        }
    }

    /**
     * Forgets what waits for nothing and is old enough.
     *
     * @param then removes it from the topic, by device
     */
    public synchronized void forget(Instant now, BiConsumer<String, PartialMessage> then) {
        byDevice.forEach((deviceId, held) -> {
            if (!held.waits() && !now.isBefore(held.touched.plus(KEPT))) {
                byDevice.remove(deviceId);
                then.accept(deviceId, held.record);
            }
        });
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
