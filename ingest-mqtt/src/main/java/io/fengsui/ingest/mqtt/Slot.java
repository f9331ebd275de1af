package io.fengsui.ingest.mqtt;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.util.ArrayList;
import java.util.List;

/**
 * A share of the incoming messages with a session of its own: a client id and the topic filters it subscribes to. Today
 * there is one slot a lane. Where one process is not enough, slots become finer (by feed, by vendor) and are handed out
 * by Kafka's group coordinator; nothing but this list knows how many there are.
 *
 * @param clientId MQTT client id; whoever connects with it takes the session over
 * @param lane lane it serves
 * @param filters topic filters, subscribed at QoS 1
 */
public record Slot(String clientId, Lane lane, List<String> filters) {
    private static final String EVERYTHING = "fengsui/#";

    public Slot {
        filters = List.copyOf(filters);
    }

    /** The slots of one process that does it all, life-safety first. */
    public static List<Slot> ofLanes(String bridgeId) {
        List<Slot> slots = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            slots.add(new Slot(bridgeId + "-" + lane.id(), lane, filters(lane)));
        }
        return List.copyOf(slots);
    }

    /** Telemetry takes everything, so that topics which nobody foresaw are seen too, and once. */
    private static List<String> filters(Lane lane) {
        return switch (lane) {
            case LIFE_SAFETY ->
                Feeds.all().stream()
                        .filter(feed -> feed.lane() == lane)
                        .map(Slot::filter)
                        .toList();
            case TELEMETRY -> List.of(EVERYTHING);
        };
    }

    private static String filter(Feed<?> feed) {
        return "fengsui/v1/+/" + feed.id() + "/+";
    }
}
