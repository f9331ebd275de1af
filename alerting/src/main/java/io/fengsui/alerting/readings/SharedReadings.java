package io.fengsui.alerting.readings;

import io.fengsui.alerting.readings.Readings.Found;
import io.fengsui.alerting.readings.Readings.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Look-ups for many browsers: one thread reads, the same question within {@value #KEPT_SECONDS} s is asked once, and when too
 * many wait the next is refused rather than kept waiting. Safe for use by many threads; no caller waits.
 */
public final class SharedReadings implements AutoCloseable {
    private static final int KEPT_SECONDS = 20;
    private static final Duration KEPT = Duration.ofSeconds(KEPT_SECONDS);
    private static final int MOST_WAITING = 20;
    private static final int MOST_KEPT = 50;

    private record Answer(CompletableFuture<Found> found, Instant askedAt) {}

    private final Readings readings;
    private final InstantSource clock;
    private final Map<Query, Answer> answers = new HashMap<>();
    private final ThreadPoolExecutor reader =
            new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "alerting-readings");
                thread.setDaemon(true);
                return thread;
            });

    public SharedReadings(Readings readings, InstantSource clock) {
        this.readings = readings;
        this.clock = clock;
        reader.allowCoreThreadTimeOut(true);
    }

    /** Ends with {@link ReadingsUnavailableException} if it cannot be answered now. */
    public synchronized CompletableFuture<Found> ask(Query query) {
        Instant now = clock.instant();
        answers.values().removeIf(answer -> answer.askedAt().plus(KEPT).isBefore(now));
        Answer known = answers.get(query);
        if (known != null && !known.found().isCompletedExceptionally()) {
            return known.found();
        }
        CompletableFuture<Found> found = new CompletableFuture<>();
        try {
            reader.execute(() -> answer(query, found));
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(new ReadingsUnavailableException("too many others are being looked up", e));
            return found;
        }
        if (answers.size() < MOST_KEPT) {
            answers.put(query, new Answer(found, now));
        }
        return found;
    }

    private void answer(Query query, CompletableFuture<Found> found) {
        try {
            found.complete(readings.find(query));
        } catch (RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
        readings.close();
    }
}
