package io.fengsui.ingest;

import io.fengsui.ingest.Handover.Reliance;
import io.fengsui.ingest.mqtt.InboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a general slot has acknowledged unread lately, because a more specific session has it. A broker may have dropped that
 * session just before, and its holder not know yet: then the general slot has the only copy, here. Safe for use by many
 * threads.
 */
final class PassedOver {
    /** Longer than it takes to notice that a broker is mute (one and a half keep alives of 10 s). */
    static final Duration WITHIN = Duration.ofSeconds(20);

    /** What is kept at most; a lane that is given more within {@link #WITHIN} keeps the newest. */
    static final int MOST_BYTES = 8 << 20;

    /** What a message takes besides its payload, about. */
    private static final int OVERHEAD = 300;

    private record Kept(InboundMessage message, Reliance on) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    /** Taken back and not written yet, in order of arrival; the session that had them is gone. */
    private final Set<InboundMessage> owed = new LinkedHashSet<>();

    private final Set<InboundMessage> underWay = new LinkedHashSet<>();

    /** Who acknowledges it unread has nothing else of it. */
    synchronized void add(InboundMessage message, Reliance on) {
        kept.addLast(new Kept(message, on));
        bytes += size(message);
        forget(message.receivedAt());
    }

    private void forget(Instant now) {
        while (!kept.isEmpty()
                && (bytes > MOST_BYTES || kept.getFirst().message().receivedAt().isBefore(now.minus(WITHIN)))) {
            bytes -= size(kept.removeFirst().message());
        }
    }

    private static long size(InboundMessage message) {
        return (long) message.payload().length + OVERHEAD;
    }

    synchronized boolean isEmpty() {
        return kept.isEmpty() && owed.isEmpty();
    }

    /**
     * What is to be handled after all, in order of arrival. Each is told of by {@link #written} or {@link #failed}, and given
     * once more if it failed.
     *
     * @param sure whether the session is still the one that was relied on
     */
    synchronized List<InboundMessage> takeBack(Predicate<Reliance> sure, Instant now) {
        forget(now);
        if (kept.stream().anyMatch(one -> !sure.test(one.on()))) {
            List<Kept> all = List.copyOf(kept);
            kept.clear();
            bytes = 0;
            for (Kept one : all) {
                if (sure.test(one.on())) {
                    kept.addLast(one);
                    bytes += size(one.message());
                } else {
                    owed.add(one.message());
                }
            }
        }
        List<InboundMessage> due = new ArrayList<>(owed);
        due.removeAll(underWay);
        underWay.addAll(due);
        return due;
    }

    synchronized void written(InboundMessage message) {
        owed.remove(message);
        underWay.remove(message);
    }

    synchronized void failed(InboundMessage message) {
        underWay.remove(message);
    }
}
