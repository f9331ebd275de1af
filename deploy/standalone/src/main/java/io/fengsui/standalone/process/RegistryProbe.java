package io.fengsui.standalone.process;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the schema registry a small question again and again, on a thread of its own. Without the registry the apps go on
 * with the schemas they know, so nothing else would tell that it is gone, until a restart needs it.
 */
public final class RegistryProbe implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RegistryProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** An answer is good for so long: two that were missed, and the time that one may take. */
    private static final Duration GOOD = Duration.ofSeconds(25);

    private final SchemaRegistryClient registry;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Instant answered;

    /** Asks nothing yet; until the first answer could be late the registry is taken to be there. */
    public RegistryProbe(SchemaRegistryClient registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.answered = clock.instant();
        this.thread = new Thread(this::run, "registry-probe");
        thread.setDaemon(true);
    }

    public void start() {
        answered = clock.instant();
        thread.start();
    }

    /** Whether it has answered lately, or at least said what is wrong with the question. */
    public boolean answers() {
        return clock.instant().isBefore(answered.plus(GOOD));
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            logger.debug("The registry is no longer asked");
        }
    }

    /** Asks once. One thread at a time. */
    void ask() {
        try {
            registry.getCompatibility(null);
            answered = clock.instant();
        } catch (RestClientException e) {
            // It may forbid the question and still give schemas; above 499 it does neither.
            if (e.getStatus() < 500) {
                answered = clock.instant();
            }
        } catch (IOException | RuntimeException e) {
            logger.debug("The schema registry does not answer: {}", e.toString());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
