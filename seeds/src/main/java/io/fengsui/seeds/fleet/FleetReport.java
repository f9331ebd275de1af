package io.fengsui.seeds.fleet;

import io.fengsui.schema.feed.Feed;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a run did.
 *
 * @param elapsed from the first message to the last, waiting for the last PUBACKs not counted
 * @param published messages by feed and kind, repetitions by scenario included, last wills and resendings not
 * @param acknowledged PUBACKs by MQTT 5 reason code
 * @param unacknowledged messages whose PUBACK never came
 * @param resent messages sent again after a lost connection
 * @param lastWills last wills that the broker was made to publish
 * @param expectations what must have become of each message; empty for a scenario without end
 */
public record FleetReport(
        String scenario,
        Duration elapsed,
        Map<Feed<?>, Map<EventKind, Long>> published,
        SortedMap<Integer, Long> acknowledged,
        long unacknowledged,
        long resent,
        long lastWills,
        Expectations expectations) {

    /** Number of messages published, repetitions by scenario included. */
    public long publishedTotal() {
        return published.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Number of messages of a kind, over all feeds. */
    public long published(EventKind kind) {
        return published.values().stream()
                .mapToLong(kinds -> kinds.getOrDefault(kind, 0L))
                .sum();
    }

    /** Number of PUBACKs with success, reason code 0. */
    public long acknowledgedWithSuccess() {
        return acknowledged.getOrDefault(0, 0L);
    }

    /** A table for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d published in %.1f s, %.0f a second; PUBACK by reason code %s; unacknowledged %d, sent again %d, last"
                        + " wills %d%n",
                scenario,
                publishedTotal(),
                elapsed.toMillis() / 1e3,
                publishedTotal() / Math.max(elapsed.toMillis() / 1e3, 1e-3),
                acknowledged,
                unacknowledged,
                resent,
                lastWills));
        published.forEach((feed, kinds) -> text.append(String.format(Locale.ROOT, "  %-14s %s%n", feed.id(), kinds)));
        return text.toString();
    }
}
