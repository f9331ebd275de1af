package io.fengsui.seeds.fleet;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must become of one distinct message. Copies beyond the first of a routed or unrouted message are duplicates.
 *
 * @param eventId id that its event or dead letter has
 * @param feed feed of its topic
 * @param realm realm of its events; of no meaning for a dead letter
 * @param reason reason of the dead letter, null for the other outcomes
 * @param topics names of the topics it must be in: its reader topics, that of unrouted events where one of them is
 *     missed, or that of its feed's dead letters
 * @param late whether it must be marked late
 * @param lastWill whether it is one: the broker publishes it some time after it was made, so that it has no place in its
 *     device's order
 * @param copies how often it was published, sendings repeated after a lost connection not counted; none for a last will
 *     that the broker may have published
 * @param acknowledged how many of them the broker acknowledged with success. With none it may arrive or not; with one it
 *     must. A last will that was fired counts as acknowledged.
 */
public record Expectation(
        String eventId,
        Feed<?> feed,
        Realm realm,
        Outcome outcome,
        @Nullable Rejection reason,
        List<String> topics,
        boolean late,
        boolean lastWill,
        int copies,
        int acknowledged) {

    /** Whether it must have arrived. */
    public boolean due() {
        return acknowledged > 0;
    }

    /** A last will of a connection that was lost unasked: nobody knows whether the broker published it. */
    public boolean possible() {
        return copies == 0;
    }

    /** What a possible message becomes once it is seen: it must have been published. */
    public Expectation fired() {
        return new Expectation(eventId, feed, realm, outcome, reason, topics, late, lastWill, 1, 1);
    }
}
