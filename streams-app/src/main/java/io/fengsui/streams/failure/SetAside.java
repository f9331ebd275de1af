package io.fengsui.streams.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What must not be tried again as it is. A record whose processing failed for good has spoilt its transaction; that is rolled
 * back, the thread is replaced, and when the record is read again it becomes a dead letter before anything is done with it.
 * A topic that refuses a record, or that Kafka does not let us write to, counts as missing for a while. Of one lane; safe for use
 * by many threads.
 */
public final class SetAside {
    /** After so long a topic is tried again: somebody may have granted the right, or raised the limit. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private record Place(String topic, int partition, long offset) {}

    private final Map<Place, String> records = new ConcurrentHashMap<>();
    private final Map<String, Instant> topics = new ConcurrentHashMap<>();
    private final Set<String> lately = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean news = new AtomicBoolean();

    /** @param why of the failure, for its dead letter */
    void record(String topic, int partition, long offset, String why) {
        if (records.putIfAbsent(new Place(topic, partition, offset), why) == null) {
            news.set(true);
        }
    }

    /** A topic refused a record; it counts from {@link #takeRefused} on. */
    void refused(String topic) {
        lately.add(topic);
    }

    /** Topics that refused a record since this was last asked. */
    Set<String> takeRefused() {
        Set<String> taken = Set.copyOf(lately);
        lately.removeAll(taken);
        return taken;
    }

    void topics(Collection<String> refused, Instant now) {
        refused.forEach(topic -> topics.put(topic, now.plus(REFUSED)));
        if (!refused.isEmpty()) {
            news.set(true);
        }
    }

    /** Whether anything was set aside since this was last asked: then a new thread does better than the one that died. */
    boolean takeNews() {
        return news.getAndSet(false);
    }

    /** Why a record was set aside; null if it was not. */
    public @Nullable String why(String topic, int partition, long offset) {
        return records.isEmpty() ? null : records.get(new Place(topic, partition, offset));
    }

    /** Whether Kafka has lately refused to take records of a topic. */
    public boolean refuses(String topic, Instant now) {
        Instant until = topics.isEmpty() ? null : topics.get(topic);
        return until != null && now.isBefore(until);
    }
}
