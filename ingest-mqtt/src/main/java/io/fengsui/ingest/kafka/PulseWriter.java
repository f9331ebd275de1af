package io.fengsui.ingest.kafka;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a sign of life for each connection to every partition of {@code ingest.pulse}, once an interval, while the
 * connection is subscribed and the broker is heard. A pulse goes through the producer of its slot: if that hangs, so do the pulses.
 */
public final class PulseWriter implements AutoCloseable {

    /**
     * Who pulses.
     *
     * @param slots names of all slots of its lane, whoever serves them
     * @param flowing whether a message that is published now would come
     */
    public record Heart(Slot slot, List<String> slots, RecordSink sink, BooleanSupplier flowing) {}

    private static final Logger logger = LoggerFactory.getLogger(PulseWriter.class);

    private final Supplier<List<Heart>> hearts;
    private final Duration interval;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "ingest-pulse");
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param hearts those of the slots that are held; asked at each beat */
    public PulseWriter(Supplier<List<Heart>> hearts, Duration interval, InstantSource clock) {
        this.hearts = hearts;
        this.interval = interval;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                hearts.get().forEach(this::beat);
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure is seen by the missing pulse; the next beat tries again. */
    private void beat(Heart heart) {
        try {
            if (heart.flowing().getAsBoolean()) {
                Pulse pulse = Pulse.newBuilder()
                        .setBridge(heart.slot().clientId())
                        .setLane(heart.slot().lane().id())
                        .setSlot(heart.slot().name())
                        .setSlots(heart.slots())
                        .setSentAt(clock.instant())
                        .build();
                heart.sink().broadcast(Topics.PULSE, heart.slot().clientId(), pulse);
            }
        } catch (RuntimeException e) {
            logger.debug("{}: no pulse", heart.slot().clientId(), e);
        }
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
