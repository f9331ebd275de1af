package io.fengsui.ingest;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.platform.Spelling;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots that all bridges of one id share, in the order of their partitions: the two lanes, then the finer ones of the
 * setting. Telemetry sees every message, life safety those of its feeds, {@code feed} those of a feed, {@code feed@vendor} a
 * vendor's part of it. The most specific slot that sees a message is to handle it.
 */
public final class Slots {
    private static final String EVERYTHING = "fengsui/#";
    private static final char OF_VENDOR = '@';

    private final List<Slot> all = new ArrayList<>();
    private final Map<String, Slot> byName = new HashMap<>();

    private Slots() {}

    /**
     * Takes the setting apart.
     *
     * @param finer {@code feed} or {@code feed@vendor}
     * @throws StartException that names the first entry that is wrong
     */
    public static Slots of(String bridgeId, List<String> finer) {
        Slots slots = new Slots();
        for (Lane lane : Lane.values()) {
            slots.add(bridgeId, lane.id(), lane, filters(bridgeId, lane, finer));
        }
        for (String name : finer) {
            Feed<?> feed = feed(name);
            if (slots.byName.containsKey(name)) {
                throw wrong(name, "it is named twice");
            }
            List<String> filters = new ArrayList<>(List.of(filter(vendor(name).orElse("+"), feed)));
            if (vendor(name).isEmpty() && finer.stream().anyMatch(other -> other.startsWith(name + OF_VENDOR))) {
                filters.add(marks(bridgeId));
            }
            slots.add(bridgeId, name, feed.lane(), filters);
        }
        return slots;
    }

    private void add(String bridgeId, String name, Lane lane, List<String> filters) {
        Slot slot = new Slot(name, bridgeId + "-" + name, lane, filters);
        all.add(slot);
        byName.put(name, slot);
    }

    /** Telemetry takes everything, so that topics which nobody foresaw are seen too, and once. */
    private static List<String> filters(String bridgeId, Lane lane, List<String> finer) {
        if (lane == Lane.TELEMETRY) {
            return List.of(EVERYTHING);
        }
        List<String> filters = new ArrayList<>();
        Feeds.of(lane).forEach(feed -> filters.add(filter("+", feed)));
        if (finer.stream().anyMatch(name -> feed(name).lane() == lane)) {
            filters.add(marks(bridgeId));
        }
        return filters;
    }

    private static String filter(String vendor, Feed<?> feed) {
        return "fengsui/v1/" + vendor + "/" + feed.id() + "/+";
    }

    /** Marks of more specific slots ({@link Handover}). */
    private static String marks(String bridgeId) {
        return TopicAddress.rejectionsOf(bridgeId, "+");
    }

    private static Feed<?> feed(String name) {
        int at = name.indexOf(OF_VENDOR);
        String id = at < 0 ? name : name.substring(0, at);
        Optional<Feed<?>> feed = Feeds.byId(id);
        if (feed.isEmpty()) {
            List<String> ids = Feeds.all().stream().<String>map(Feed::id).toList();
            throw wrong(
                    name,
                    "there is no feed '" + id + "'"
                            + Spelling.nearest(id, ids, 2)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(", only " + String.join(", ", ids)));
        }
        if (vendor(name).filter(vendor -> !TopicAddress.isName(vendor)).isPresent()) {
            throw wrong(name, "behind @ stands a vendor: letters, digits, '-', '_' and '.', at most 64");
        }
        return feed.get();
    }

    private static Optional<String> vendor(String name) {
        int at = name.indexOf(OF_VENDOR);
        return at < 0 ? Optional.empty() : Optional.of(name.substring(at + 1));
    }

    private static StartException wrong(String name, String why) {
        return new StartException(GroupSettings.SLOTS + ": '" + name + "' is wrong: " + why
                + ". Entries are a feed, or feed@vendor, comma-separated.");
    }

    /** Every slot; its place is the number of its partition. */
    public List<Slot> all() {
        return Collections.unmodifiableList(all);
    }

    /** Names of a lane's slots. */
    List<String> of(Lane lane) {
        return all.stream().filter(slot -> slot.lane() == lane).map(Slot::name).toList();
    }

    int partition(Slot slot) {
        return all.indexOf(slot);
    }

    Optional<Slot> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The slots that see messages of a topic, the most specific first and telemetry last. A feed's slots have it whatever
     * vendor and device are, but not empty levels, for brokers differ in whether a + takes them.
     */
    List<Slot> seeing(String topic) {
        Optional<TopicAddress> address = TopicAddress.levelsOfAFeed(topic);
        Optional<Feed<?>> feed = address.flatMap(TopicAddress::feed);
        List<Slot> seeing = new ArrayList<>();
        if (address.isPresent() && feed.isPresent()) {
            named(feed.get().id() + OF_VENDOR + address.get().vendor()).ifPresent(seeing::add);
            named(feed.get().id()).ifPresent(seeing::add);
        }
        addLanes(seeing, feed.map(Feed::lane).orElse(Lane.TELEMETRY));
        return List.copyOf(seeing);
    }

    /** The slots that see all that this one sees, and more. */
    List<Slot> moreGeneralThan(Slot slot) {
        List<Slot> more = new ArrayList<>();
        int at = slot.name().indexOf(OF_VENDOR);
        if (at > 0) {
            named(slot.name().substring(0, at)).ifPresent(more::add);
        }
        addLanes(more, slot.lane());
        more.remove(slot);
        return List.copyOf(more);
    }

    private void addLanes(List<Slot> slots, Lane lane) {
        for (Lane seeing : lane == Lane.TELEMETRY ? List.of(lane) : List.of(lane, Lane.TELEMETRY)) {
            named(seeing.id()).ifPresent(slots::add);
        }
    }
}
