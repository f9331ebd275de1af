package io.fengsui.standalone.mqtt;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns when the broker throws messages away: it acknowledged them, and nobody else would tell. */
final class DropWatch implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(DropWatch.class);
    private static final long INTERVAL_SECONDS = 5;

    private final LongSupplier dropped;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "mqtt-drop-watch");
        daemon.setDaemon(true);
        return daemon;
    });
    private long told;

    /** @param dropped how many messages were thrown away so far */
    DropWatch(LongSupplier dropped) {
        this.dropped = dropped;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    void look() {
        long now = dropped.getAsLong();
        if (now > told) {
            logger.warn("The MQTT broker has thrown away {} messages, {} since its start", now - told, now);
            told = now;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
