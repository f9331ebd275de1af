package io.fengsui.streams.failure;

import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.streams.meter.StreamsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about a stream thread that died. What may pass (a registry or broker that does not answer) gets a new thread after
 * a pause that doubles up to half a minute and is small again after some minutes without a failure; the new thread reads on
 * where the last transaction ended. So does what one record or one topic brought about: both are set aside. Anything else ends
 * the app, and its health says why. Called by the threads that die.
 */
public final class ThreadPolicy implements StreamsUncaughtExceptionHandler {
    private static final Logger logger = LoggerFactory.getLogger(ThreadPolicy.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 6;

    /** Longer than the longest pause and the minute a thread may take to fail again. */
    private static final Duration CALM = Duration.ofMinutes(3);

    private final StreamsMetrics metrics;
    private final SetAside setAside;
    private final InstantSource clock;
    private int doublings;
    private Instant lastFailure = Instant.EPOCH;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Throwable fatal;

    public ThreadPolicy(StreamsMetrics metrics, SetAside setAside, InstantSource clock) {
        this.metrics = metrics;
        this.setAside = setAside;
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        refuseTopics(exception);
        boolean setAsideSince = setAside.takeNews();
        Throwable passing = setAsideSince ? exception : passing(exception);
        if (passing == null) {
            fatal = exception;
            logger.error("A stream thread failed and the app stops", exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        metrics.threadReplaced(setAsideSince ? "SetAside" : passing.getClass().getSimpleName());
        Duration pause = pause(clock.instant());
        logger.warn("A stream thread is replaced in {} ms: {}", pause.toMillis(), passing.getMessage());
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** How long to wait after a failure at this time. */
    synchronized Duration pause(Instant now) {
        doublings = now.minus(CALM).isAfter(lastFailure) ? 0 : Math.min(doublings + 1, MOST_DOUBLINGS);
        lastFailure = now;
        return FIRST_PAUSE.multipliedBy(1L << doublings);
    }

    /** What ended the app; null while it lives. */
    public @Nullable Throwable fatal() {
        return fatal;
    }

    public void close() {
        closing.countDown();
    }

    /** A right that is missing, or a limit of size, concerns its topics alone. */
    private void refuseTopics(Throwable exception) {
        Set<String> tooSmall = setAside.takeRefused();
        if (!tooSmall.isEmpty()) {
            logger.error("Records are too large for {}: raise max.message.bytes", tooSmall);
            setAside.topics(tooSmall, clock.instant());
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicAuthorizationException refused) {
                logger.error("Kafka does not let this app write to {}", refused.unauthorizedTopics());
                setAside.topics(refused.unauthorizedTopics(), clock.instant());
            }
        }
    }

    private static @Nullable Throwable passing(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException
                    || cause instanceof RetriableException
                    || cause instanceof TimeoutException
                    || cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException) {
                return cause;
            }
        }
        return null;
    }
}
