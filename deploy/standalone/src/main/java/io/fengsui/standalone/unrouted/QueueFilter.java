package io.fengsui.standalone.unrouted;

import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.route.UnroutedReason;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are meant; null and empty mean any. A feed with personal data has to be named: its queue is a topic of its own.
 *
 * @param subject part of the detail: a division's code, a device, a site, a topic
 * @param since came into the queue then or later
 * @param until came before
 * @param settled whether nobody misses the event any more
 */
public record QueueFilter(
        Realm realm,
        Set<UnroutedReason> reasons,
        @Nullable Feed<?> feed,
        @Nullable String device,
        @Nullable String subject,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Boolean settled) {

    public QueueFilter {
        reasons = Set.copyOf(reasons);
    }

    /** Where they lie. */
    public Topic<Unrouted> topic() {
        return Topics.unrouted(realm, feed);
    }

    boolean matches(Unrouted entry, ReplayLog log) {
        Instant at = entry.getUnroutedAt();
        return (feed == null || feed.id().equals(entry.getFeed()))
                && (reasons.isEmpty()
                        || reasons.stream().anyMatch(reason -> entry.getDetail().contains(reason.name() + ": ")))
                && (device == null || device.equals(entry.getDeviceId()))
                && (subject == null || entry.getDetail().contains(subject))
                && (since == null || !at.isBefore(since))
                && (until == null || at.isBefore(until))
                && (settled == null || settled == log.settled(entry.getEventId()));
    }
}
