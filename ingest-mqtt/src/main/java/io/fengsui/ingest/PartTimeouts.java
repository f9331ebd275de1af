package io.fengsui.ingest;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.kafka.DeadLetters;
import io.fengsui.ingest.kafka.DeadLetters.Refused;
import io.fengsui.ingest.kafka.RecordSink;
import io.fengsui.ingest.kafka.RecordSink.Outcome;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ops.PartialMessage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a dead letter of a beginning whose end did not come in time, on a thread of its own. First the dead letter is written,
 * then what waits is taken back: a process that ends between writes the dead letter again, with the same id.
 */
final class PartTimeouts implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(PartTimeouts.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final PendingParts parts;
    private final Function<String, Optional<Way>> ways;
    private final DeviceRegistry devices;
    private final IngestMetrics metrics;
    private final BooleanSupplier hearing;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "ingest-parts");
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Where records and notices of a slot go. */
    record Way(RecordSink sink, RejectionNotices notices) {}

    /**
     * @param ways by MQTT topic; empty for one that another bridge serves
     * @param hearing whether a message that is published now would come
     */
    PartTimeouts(
            PendingParts parts,
            Function<String, Optional<Way>> ways,
            DeviceRegistry devices,
            IngestMetrics metrics,
            BooleanSupplier hearing,
            InstantSource clock) {
        this.parts = parts;
        this.ways = ways;
        this.devices = devices;
        this.metrics = metrics;
        this.hearing = hearing;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    tick();
                } catch (RuntimeException e) {
                    logger.warn("Parts of frames are not looked at this time: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void tick() {
        Instant now = clock.instant();
        if (!hearing.getAsBoolean()) {
            parts.defer(now);
            return;
        }
        parts.overdue(now).forEach((deviceId, part) -> ways.apply(part.getMqttTopic())
                .ifPresent(way -> expire(way, deviceId, part)));
        parts.forget(now, (deviceId, part) -> ways.apply(part.getMqttTopic())
                .ifPresent(way -> way.sink().remove(Topics.PARTIAL, deviceId)));
    }

    private void expire(Way way, String deviceId, PartialMessage part) {
        Refused refused = refused(deviceId, part);
        @Nullable Feed<?> keeper = devices.keeper(part.getMqttTopic()).orElse(null);
        new DeadLetters(way.sink()).keep(Topics.deadLetter(keeper), refused, (outcome, why) -> {
            if (outcome != Outcome.WRITTEN) {
                parts.keep(deviceId, part);
                return;
            }
            metrics.deadLettered(Feeds.byId(part.getFeed()).orElse(null), Rejection.TRUNCATED);
            // If this is not written, the next process writes the dead letter again.
            parts.expired(deviceId, part, clock.instant(), left -> way.sink()
                    .send(Topics.PARTIAL, deviceId, left, (o, w) -> {}));
            way.notices().send(refused);
        });
    }

    /** The dead letter of a beginning without end. */
    static Refused refused(String deviceId, PartialMessage part) {
        byte[] bytes = new byte[part.getRest().remaining()];
        part.getRest().duplicate().get(bytes);
        return new Refused(
                part.getMqttTopic(),
                part.getFeed(),
                part.getVendor(),
                deviceId,
                part.getContentType(),
                null,
                new Body(bytes),
                part.getReceivedAt(),
                part.getBridge(),
                new DecodeException(
                        Rejection.TRUNCATED, bytes.length + " bytes began a frame, and its end did not come in time"));
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
