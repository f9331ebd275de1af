package io.fengsui.standalone.trace;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found of an event.
 *
 * @param written in its feed's topic, the first time first; more than one if it came again
 * @param readers where readers were given it
 * @param rules file and version of the feed's rules as they are now; empty if there are none
 * @param signals of rules that name the event
 * @param alerts that these signals are of, as they stand
 * @param inFlight whether the streams app has not come so far yet
 */
public record Trace(
        String eventId,
        @Nullable Feed<?> feed,
        List<Found<EventHeader>> written,
        List<Spot> readers,
        List<Found<Unrouted>> unrouted,
        List<Found<DeadLetter>> deadLetters,
        Optional<String> rules,
        List<Found<AlertSignal>> signals,
        List<Found<Alert>> alerts,
        boolean inFlight) {

    /** Whether anything is known of it. */
    public boolean found() {
        return !written.isEmpty() || !deadLetters.isEmpty();
    }
}
