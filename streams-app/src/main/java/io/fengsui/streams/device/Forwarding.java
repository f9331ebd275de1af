package io.fengsui.streams.device;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Masking;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.reference.Division;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.UnitRouter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where an event that came earlier belongs by the reference data of now, and the copy that its readers get. Rules do not see it
 * again: they saw it when it came. For one thread.
 */
public final class Forwarding {
    private static final String PLACE = "place";
    private static final int FLAGS =
            EventHeader.getClassSchema().getField("flags").pos();

    private final UnitRouter router;
    private final Inspection inspection;
    private final Masking masking = new Masking();

    /** @param usableTopic whether a topic exists and has its schema */
    public Forwarding(ReferenceView reference, Predicate<String> usableTopic) {
        this.router = new UnitRouter(reference, usableTopic);
        this.inspection = new Inspection(reference);
    }

    /** By what was true at the event's time, as far as it is known now. */
    public Routing route(Feed<?> feed, SpecificRecord event, EventHeader header) {
        Division division = inspection.division(event, header.getEventTime());
        return router.route(feed, Realm.of(header.getStatus()), header.getDeviceId(), division, header.getEventTime());
    }

    /**
     * Makes an event what readers get: with its place, without personal data, and with the flags that say something of the event
     * itself. Flags that rules set it keeps if it has them; one that no reader got before has none.
     *
     * @param event changed
     */
    public void prepare(Feed<?> feed, SpecificRecord event, EventHeader header, Routing routing) {
        Division division = inspection.division(event, header.getEventTime());
        Set<String> flags = new TreeSet<>(header.getFlags());
        flags.addAll(inspection.flags(event, division, new DeviceState(feed.id()), false));
        header.put(FLAGS, List.copyOf(flags));
        masking.mask(event);
        event.put(event.getSchema().getField(PLACE).pos(), routing.place());
    }
}
