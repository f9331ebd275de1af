package io.fengsui.standalone.bench.absence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Cameras that beat now, one after the other, all once an interval; some fall silent after their first heartbeat. */
final class Beating implements Runnable {
    private static final long LOOK_MILLIS = 5;

    private final Publisher publisher;
    private final Cameras cameras;
    private final Duration interval;
    private final BitSet silent;
    private final long[] lastBeat;
    private final InstantSource clock;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile long slowest;

    /**
     * @param interval at which they really beat
     * @param silent numbers of those that beat once
     */
    Beating(Publisher publisher, Cameras cameras, Duration interval, BitSet silent, InstantSource clock) {
        this.publisher = publisher;
        this.cameras = cameras;
        this.interval = interval;
        this.silent = silent;
        this.lastBeat = new long[cameras.count()];
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            long began = System.nanoTime();
            long beats = 0;
            while (!stopped) {
                double intervals = (System.nanoTime() - began) / (double) interval.toNanos();
                for (long due = (long) (intervals * cameras.count()); beats < due; beats++) {
                    beat((int) (beats % cameras.count()), beats >= cameras.count());
                }
                publisher.pulse(clock.instant());
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void beat(int number, boolean again) {
        if (again && silent.get(number)) {
            return;
        }
        Instant now = clock.instant();
        if (again) {
            slowest = Math.max(slowest, now.toEpochMilli() - lastBeat[number]);
        }
        lastBeat[number] = now.toEpochMilli();
        publisher.heartbeat(cameras, number, now);
    }

    void stop() {
        stopped = true;
    }

    /** When a camera beat last, epoch milliseconds; look when this has ended. */
    long lastBeat(int number) {
        return lastBeat[number];
    }

    /** @throws IllegalStateException if it could not keep up, so that cameras were silent that were not to be */
    void requireSteady() {
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        if (slowest >= cameras.timeout().toMillis()) {
            throw new IllegalStateException("A camera's heartbeats were " + slowest + " ms apart, its timeout is "
                    + cameras.timeout().toMillis() + " ms: this machine cannot send so many; lower --rate");
        }
    }
}
