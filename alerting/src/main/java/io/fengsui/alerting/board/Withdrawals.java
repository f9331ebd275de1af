package io.fengsui.alerting.board;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the readers' topics the withdrawal of an alert stands, so that what a reader has committed tells whether it has it.
 * Looked up by a thread of its own when a page asks for it; the page has it when it next asks. For any thread.
 */
public final class Withdrawals implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Withdrawals.class);
    private static final int MOST_KEPT = 1_000;
    /** The withdrawal's record has the time of the command, which was stored shortly before. */
    private static final Duration BEFORE = Duration.ofMinutes(10);
    /** What was not found is looked for again. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final RecordFinder finder;
    private final InstantSource clock;
    private final ExecutorService looking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "alerting-withdrawals");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Key, Found> found = new LinkedHashMap<>();

    private record Key(String topic, String alertId, int revision) {}

    /** @param again when to look again if it is not there */
    private record Found(OptionalLong offset, Instant again) {}

    public Withdrawals(RecordFinder finder, InstantSource clock) {
        this.finder = finder;
        this.clock = clock;
    }

    /**
     * The offset of a revision; nothing while it is not known.
     *
     * @param at when the revision was made
     */
    public OptionalLong offset(String topic, String alertId, int revision, Instant at) {
        Key key = new Key(topic, alertId, revision);
        Instant now = clock.instant();
        synchronized (found) {
            Found known = found.get(key);
            if (known != null && (known.offset().isPresent() || now.isBefore(known.again()))) {
                return known.offset();
            }
            keep(key, new Found(OptionalLong.empty(), now.plus(AGAIN)));
        }
        looking.execute(() -> look(key, at));
        return OptionalLong.empty();
    }

    private void look(Key key, Instant at) {
        try {
            OptionalLong offset = finder.find(key.topic(), key.alertId(), key.revision(), at.minus(BEFORE));
            synchronized (found) {
                keep(key, new Found(offset, clock.instant().plus(AGAIN)));
            }
        } catch (RuntimeException e) {
            logger.warn(
                    "The withdrawal of {} could not be looked for in {}: {}", key.alertId(), key.topic(), e.toString());
        }
    }

    private void keep(Key key, Found offset) {
        found.put(key, offset);
        if (found.size() > MOST_KEPT) {
            found.remove(found.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
