package io.fengsui.streams.route;

import io.fengsui.event.Place;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an event goes.
 *
 * @param topics reader topics, all usable
 * @param unitIds units in charge, also where they could not be reached
 * @param departmentIds departments that read the feed
 * @param shortfalls readers that are missed, or why there are none
 * @param device null if unknown at the event's time
 */
public record Routing(
        List<String> topics,
        Place place,
        List<String> unitIds,
        List<String> departmentIds,
        List<Shortfall> shortfalls,
        @Nullable Device device,
        @Nullable Site site) {

    /** A reader that is missed. */
    public record Shortfall(UnroutedReason reason, String detail) {}

    /** False if nobody who should gets it. A route that names nobody on purpose counts as routed. */
    public boolean routed() {
        return !topics.isEmpty() || shortfalls.isEmpty();
    }
}
