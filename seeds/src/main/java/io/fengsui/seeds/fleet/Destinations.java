package io.fengsui.seeds.fleet;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an event must arrive by the reference data alone. Reckoned apart from the streams app on purpose: what it does is
 * checked against this.
 */
public final class Destinations {
    private final SeedSet seeds;

    public Destinations(SeedSet seeds) {
        this.seeds = seeds;
    }

    /** Names of the reader topics of a device's events; empty if they have no reader. */
    public List<String> topics(Realm realm, Feed<?> feed, Device device) {
        Site site = device.getSiteId() == null ? null : seeds.sites().get(device.getSiteId());
        SiteKind kind = site == null ? SiteKind.NONE : site.getKind();
        Route route = seeds.routes().get(feed.id() + "|" + kind);
        if (route == null) {
            route = seeds.routes().get(feed.id() + "|" + SeedSet.ANY);
        }
        if (route == null) {
            return List.of();
        }
        List<String> topics = new ArrayList<>();
        if (route.getToUnits()) {
            units(device, site)
                    .forEach(unit ->
                            topics.add(Topics.township(realm, unit, feed).name()));
        }
        route.getDepartmentIds()
                .forEach(department ->
                        topics.add(Topics.city(realm, department, feed).name()));
        return List.copyOf(topics);
    }

    private static List<String> units(Device device, @Nullable Site site) {
        if (site != null) {
            return site.getUnitIds();
        }
        return device.getUnitId() == null ? List.of() : List.of(device.getUnitId());
    }
}
