package io.fengsui.streams.route;

import io.fengsui.event.GeoPoint;
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
import io.fengsui.streams.reference.Division;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds an event's readers: the unit of the division that the event names, or if its feed names none the units of the
 * device's site, else the device's own unit; and the departments that the route of the feed and the kind of site names.
 * Everything is as it was at the event's time; an event without a time of its device bears that of its arrival.
 */
public final class UnitRouter {
    private final ReferenceView reference;
    private final Predicate<String> usableTopic;

    /** @param usableTopic whether a topic exists and has its schema */
    public UnitRouter(ReferenceView reference, Predicate<String> usableTopic) {
        this.reference = reference;
        this.usableTopic = usableTopic;
    }

    /** @param division that the event names; null if it happened where its device is */
    public Routing route(Feed<?> feed, Realm realm, String deviceId, @Nullable Division division, Instant eventTime) {
        Device device = reference.device(deviceId, eventTime);
        if (device == null) {
            return unrouted(null, null, division, UnroutedReason.UNKNOWN_DEVICE_AT_ROUTING, deviceId);
        }
        String siteId = device.getSiteId();
        Site site = siteId == null ? null : reference.site(siteId, eventTime);
        if (siteId != null && site == null) {
            return unrouted(device, null, division, UnroutedReason.UNKNOWN_SITE, siteId + ", site of " + deviceId);
        }
        SiteKind kind = site == null ? SiteKind.NONE : site.getKind();
        Route route = reference.route(feed.id(), kind, eventTime);
        if (route == null) {
            return unrouted(device, site, division, UnroutedReason.NO_ROUTE, feed.id() + ", site kind " + kind);
        }
        return follow(route, feed, realm, device, site, division, eventTime);
    }

    /** Units in charge of a device. */
    public static List<String> unitsOf(@Nullable Device device, @Nullable Site site) {
        if (site != null && !site.getUnitIds().isEmpty()) {
            return site.getUnitIds();
        }
        return device == null || device.getUnitId() == null ? List.of() : List.of(device.getUnitId());
    }

    private static List<String> inCharge(@Nullable Division division, @Nullable Device device, @Nullable Site site) {
        if (division == null) {
            return unitsOf(device, site);
        }
        return division.unit() == null ? List.of() : List.of(division.unit().getUnitId());
    }

    private Routing follow(
            Route route,
            Feed<?> feed,
            Realm realm,
            Device device,
            @Nullable Site site,
            @Nullable Division division,
            Instant eventTime) {
        List<String> topics = new ArrayList<>(4);
        List<Shortfall> shortfalls = new ArrayList<>(0);
        List<String> unitIds = inCharge(division, device, site);
        if (route.getToUnits()) {
            if (unitIds.isEmpty()) {
                shortfalls.add(
                        division == null
                                ? new Shortfall(UnroutedReason.NO_UNIT, device.getDeviceId())
                                : new Shortfall(UnroutedReason.UNKNOWN_DIVISION, division.code()));
            }
            for (String unitId : unitIds) {
                Unit unit = reference.unit(unitId, eventTime);
                boolean known = unit != null && Topics.hasTownshipTopics(unit.getKind());
                add(known, unitId, Topics.township(realm, unitId, feed).name(), topics, shortfalls);
            }
        }
        for (String departmentId : route.getDepartmentIds()) {
            Unit department = reference.unit(departmentId, eventTime);
            boolean known = department != null && department.getKind() == UnitKind.DEPARTMENT;
            add(known, departmentId, Topics.city(realm, departmentId, feed).name(), topics, shortfalls);
        }
        return new Routing(
                topics,
                place(device, site, division, unitIds),
                unitIds,
                route.getDepartmentIds(),
                shortfalls,
                device,
                site);
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
            @Nullable Device device,
            @Nullable Site site,
            @Nullable Division division,
            UnroutedReason reason,
            String detail) {
        List<String> unitIds = inCharge(division, device, site);
        Place place = place(device, site, division, unitIds);
        return new Routing(List.of(), place, unitIds, List.of(), List.of(new Shortfall(reason, detail)), device, site);
    }

    /** An event that names its own division did not happen where its call centre stands: it has no point of the device's. */
    private static Place place(
            @Nullable Device device, @Nullable Site site, @Nullable Division division, List<String> unitIds) {
        return new Place(
                unitIds,
                site == null ? null : site.getSiteId(),
                site == null ? null : site.getName(),
                site == null ? SiteKind.NONE : site.getKind(),
                device == null ? null : device.getName(),
                device == null ? null : device.getGatewayId(),
                division == null ? point(device, site) : null);
    }

    private static @Nullable GeoPoint point(@Nullable Device device, @Nullable Site site) {
        if (device != null && device.getPoint() != null) {
            return device.getPoint();
        }
        return site == null ? null : site.getPoint();
    }
}
