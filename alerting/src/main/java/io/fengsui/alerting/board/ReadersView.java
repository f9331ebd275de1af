package io.fengsui.alerting.board;

import io.fengsui.alerting.board.ReaderSource.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platforms' receipts, read anew every ten seconds by a thread of its own; asked by any thread. */
public final class ReadersView implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ReadersView.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** What was read, and when. */
    public record Reading(List<Receipt> receipts, Instant at) {}

    private final ReaderSource source;
    private final Duration limit;
    private final InstantSource clock;
    private final List<Consumer<Reading>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "alerting-readers");
    private volatile @Nullable Reading reading;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for client names
     * @param limit a platform that lets records wait for so long does not read
     */
    public ReadersView(Map<String, ?> kafka, String owner, Duration limit, InstantSource clock) {
        this(new KafkaReaders(kafka, owner), limit, clock);
    }

    public ReadersView(ReaderSource source, Duration limit, InstantSource clock) {
        this.source = source;
        this.limit = limit;
        this.clock = clock;
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                poll();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    /** Reads once. What was read before stays, with its time, when Kafka does not answer. */
    public void poll() throws InterruptedException {
        try {
            Instant now = clock.instant();
            Reading next = new Reading(List.copyOf(source.read(now.minus(limit))), now);
            reading = next;
            listeners.forEach(listener -> listener.accept(next));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            logger.warn("The readers' offsets could not be read: {}", e.getMessage());
        }
    }

    /** A platform that lets records wait for so long does not read. */
    public Duration limit() {
        return limit;
    }

    /** Tells each reading from now on, on the thread that reads. */
    public void listen(Consumer<Reading> listener) {
        listeners.add(listener);
    }

    /** The latest; nothing before the first. */
    public Optional<Reading> reading() {
        return Optional.ofNullable(reading);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
