package io.fengsui.standalone.unrouted;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.streams.route.Routing;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is done about one event.
 *
 * @param cause name of the reason why somebody misses it, or {@link #REROUTED}
 * @param event as it lies where it was found
 * @param topics readers that get it by this: none of them has it
 * @param settles whether nobody misses it then
 */
public record Delivery(
        Feed<?> feed,
        EventHeader header,
        String cause,
        SpecificRecord event,
        Routing routing,
        List<String> topics,
        boolean settles) {

    /** Cause of an event that was delivered elsewhere. */
    public static final String REROUTED = "REROUTED";

    /** Whether there is nothing to write: it has no reader now that it had not before. */
    public boolean changesNothing() {
        return topics.isEmpty() && !settles;
    }

    public String eventId() {
        return header.getEventId();
    }
}
