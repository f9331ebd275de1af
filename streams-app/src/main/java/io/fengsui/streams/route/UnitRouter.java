package io.fengsui.streams.route;

import io.fengsui.event.Place;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds an event's readers: the units of the device's site, else the device's own unit; and the departments that the route
 * of the feed and the kind of site names. Validity is judged by the event's time.
 */
public final class UnitRouter {
    private final ReferenceView reference;
    private final Predicate<String> usableTopic;

    /** @param usableTopic whether a topic exists and has its schema */
    public UnitRouter(ReferenceView reference, Predicate<String> usableTopic) {
        this.reference = reference;
        this.usableTopic = usableTopic;
    }

    public Routing route(Feed<?> feed, Realm realm, String deviceId, Instant eventTime) {
        Device device = reference.device(deviceId, eventTime);
        if (device == null) {
            return unrouted(null, null, UnroutedReason.UNKNOWN_DEVICE_AT_ROUTING, deviceId);
        }
        String siteId = device.getSiteId();
        Site site = siteId == null ? null : reference.site(siteId, eventTime);
        if (siteId != null && site == null) {
            return unrouted(device, null, UnroutedReason.UNKNOWN_SITE, siteId + ", site of " + deviceId);
        }
        SiteKind kind = site == null ? SiteKind.NONE : site.getKind();
        Route route = reference.route(feed.id(), kind);
        if (route == null) {
            return unrouted(device, site, UnroutedReason.NO_ROUTE, feed.id() + ", site kind " + kind);
        }
        return follow(route, feed, realm, device, site);
    }

    /** Units in charge of a device. */
    public static List<String> unitsOf(@Nullable Device device, @Nullable Site site) {
        if (site != null && !site.getUnitIds().isEmpty()) {
            return site.getUnitIds();
        }
        return device == null || device.getUnitId() == null ? List.of() : List.of(device.getUnitId());
    }

    private Routing follow(Route route, Feed<?> feed, Realm realm, Device device, @Nullable Site site) {
        List<String> topics = new ArrayList<>(4);
        List<Shortfall> shortfalls = new ArrayList<>(0);
        List<String> unitIds = unitsOf(device, site);
        if (route.getToUnits()) {
            if (unitIds.isEmpty()) {
                shortfalls.add(new Shortfall(UnroutedReason.NO_UNIT, device.getDeviceId()));
            }
            for (String unitId : unitIds) {
                Unit unit = reference.unit(unitId);
                boolean known = unit != null && Topics.hasTownshipTopics(unit.getKind());
                add(known, unitId, Topics.township(realm, unitId, feed).name(), topics, shortfalls);
            }
        }
        for (String departmentId : route.getDepartmentIds()) {
            Unit department = reference.unit(departmentId);
            boolean known = department != null && department.getKind() == UnitKind.DEPARTMENT;
            add(known, departmentId, Topics.city(realm, departmentId, feed).name(), topics, shortfalls);
        }
        return new Routing(
                topics, place(device, site, unitIds), unitIds, route.getDepartmentIds(), shortfalls, device, site);
    }

    private void add(boolean known, String unitId, String topic, List<String> topics, List<Shortfall> shortfalls) {
        if (!known) {
            shortfalls.add(new Shortfall(UnroutedReason.UNKNOWN_UNIT, unitId));
        } else if (!usableTopic.test(topic)) {
            shortfalls.add(new Shortfall(UnroutedReason.MISSING_TOPIC, topic));
        } else {
            topics.add(topic);
        }
    }

    private static Routing unrouted(
            @Nullable Device device, @Nullable Site site, UnroutedReason reason, String detail) {
        List<String> unitIds = unitsOf(device, site);
        Place place = place(device, site, unitIds);
        return new Routing(List.of(), place, unitIds, List.of(), List.of(new Shortfall(reason, detail)), device, site);
    }

    private static Place place(@Nullable Device device, @Nullable Site site, List<String> unitIds) {
        return new Place(
                unitIds,
                site == null ? null : site.getSiteId(),
                site == null ? null : site.getName(),
                site == null ? SiteKind.NONE : site.getKind(),
                device == null ? null : device.getName(),
                device == null ? null : device.getGatewayId(),
                device != null && device.getPoint() != null
                        ? device.getPoint()
                        : site == null ? null : site.getPoint());
    }
}
