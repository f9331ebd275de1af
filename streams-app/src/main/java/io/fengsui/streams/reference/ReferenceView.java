package io.fengsui.streams.reference;

import io.fengsui.event.GeoPoint;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Bounds;
import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.reference.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reference data, live: whoever reads sees the newest record of each key, and in it the row of the time that is asked for. A key
 * without a row at that time is as if it were not there. Safe for use by many threads; listeners are called on the thread that
 * changes a record and must not block.
 */
public final class ReferenceView {
    private static final String ANY = "*";

    /**
     * Degrees around the city's box, about 10 km, that are not outside yet: datums differ by up to 1 km, and what happens just
     * over the border matters to the city.
     */
    public static final double CITY_MARGIN = 0.1;

    private final Map<String, Timeline<Unit>> units = new ConcurrentHashMap<>();
    private final Map<String, Timeline<Site>> sites = new ConcurrentHashMap<>();
    private final Map<String, Timeline<Device>> devices = new ConcurrentHashMap<>();
    private final Map<String, Timeline<Route>> routes = new ConcurrentHashMap<>();
    private final ParameterIndex parameters = new ParameterIndex();
    private final List<Consumer<String>> deviceListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> readerListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong watchVersion = new AtomicLong();
    private volatile List<Bounds> cities = List.of();
    private volatile DivisionIndex divisions = DivisionIndex.EMPTY;

    /** A view of fixed records. */
    public static ReferenceView of(
            Collection<Unit> units,
            Collection<Site> sites,
            Collection<Device> devices,
            Collection<Route> routes,
            Collection<Parameter> parameters) {
        ReferenceView view = new ReferenceView();
        units.forEach(row -> view.putUnit(row.getUnitId(), row));
        sites.forEach(row -> view.putSite(row.getSiteId(), row));
        devices.forEach(row -> view.putDevice(row.getDeviceId(), row));
        routes.forEach(row -> view.putRoute(row.getFeed() + "|" + row.getSiteKind(), row));
        parameters.forEach(row -> view.putParameter(row.getScope() + "|" + row.getId() + "|" + row.getName(), row));
        return view;
    }

    /** Every unit, also one whose days are over or still to come. */
    public Collection<Unit> units() {
        return units.values().stream().map(Timeline::last).toList();
    }

    /** Ids of all devices, also of those whose days are over or still to come. */
    public Set<String> deviceIds() {
        return Collections.unmodifiableSet(devices.keySet());
    }

    /** The feed of a device, which is the same on all its days; blank if there is no such device. */
    public String feedOf(String deviceId) {
        Timeline<Device> device = devices.get(deviceId);
        return device == null ? "" : device.last().getFeed();
    }

    /** Every route, also one whose days are over or still to come. */
    public Collection<Route> routes() {
        return routes.values().stream().flatMap(route -> route.rows().stream()).toList();
    }

    public @Nullable Unit unit(String unitId, Instant at) {
        return at(units, unitId, at);
    }

    /** What a statistical code stood for at a time. */
    public Division division(String code, Instant at) {
        return divisions.find(code, LocalDate.ofInstant(at, Timeline.CITY));
    }

    /** Whether a unit has that name or alias. */
    public static boolean isNamed(Unit unit, String name) {
        return unit.getNameZh().equals(name)
                || unit.getNameEn().equalsIgnoreCase(name)
                || unit.getAliases().contains(name);
    }

    /** Whether a point lies outside every city's box; false while no box is known. */
    public boolean outsideCity(GeoPoint point) {
        List<Bounds> boxes = cities;
        return !boxes.isEmpty() && boxes.stream().noneMatch(box -> within(box, point));
    }

    private static boolean within(Bounds box, GeoPoint point) {
        return point.getLongitude() >= box.getWest() - CITY_MARGIN
                && point.getLongitude() <= box.getEast() + CITY_MARGIN
                && point.getLatitude() >= box.getSouth() - CITY_MARGIN
                && point.getLatitude() <= box.getNorth() + CITY_MARGIN;
    }

    public @Nullable Device device(String deviceId, Instant at) {
        return at(devices, deviceId, at);
    }

    public @Nullable Site site(String siteId, Instant at) {
        return at(sites, siteId, at);
    }

    /** The row of the site's kind, else the row of any kind. */
    public @Nullable Route route(String feedId, SiteKind kind, Instant at) {
        Route exact = at(routes, feedId + "|" + kind.name(), at);
        return exact != null ? exact : at(routes, feedId + "|" + ANY, at);
    }

    /** The nearest value of a time that {@code takes} accepts: device, site, unit, city. Null if none is set. */
    public @Nullable Double parameter(
            String name,
            DoublePredicate takes,
            String deviceId,
            @Nullable String siteId,
            List<String> unitIds,
            Instant at) {
        return parameters.find(name, takes, deviceId, siteId, unitIds, at);
    }

    /** @return what ends the listening */
    public Runnable onDeviceChange(Consumer<String> listener) {
        deviceListeners.add(listener);
        return () -> deviceListeners.remove(listener);
    }

    /** Called when units or routes have changed, and with them the topics of readers. */
    public void onReaderChange(Runnable listener) {
        readerListeners.add(listener);
    }

    public void putUnit(String key, @Nullable Unit row) {
        put(units, key, row, Dated.UNIT);
        Collection<Unit> all = units();
        divisions = new DivisionIndex(all);
        cities = all.stream().map(Unit::getBounds).filter(Objects::nonNull).toList();
        readerListeners.forEach(Runnable::run);
    }

    public void putSite(String key, @Nullable Site row) {
        put(sites, key, row, Dated.SITE);
        watchVersion.incrementAndGet();
    }

    public void putDevice(String key, @Nullable Device row) {
        put(devices, key, row, Dated.DEVICE);
        deviceListeners.forEach(listener -> listener.accept(key));
    }

    public void putRoute(String key, @Nullable Route row) {
        put(routes, key, row, Dated.ROUTE);
        readerListeners.forEach(Runnable::run);
    }

    public void putParameter(String key, @Nullable Parameter row) {
        parameters.put(key, row);
        watchVersion.incrementAndGet();
    }

    /** Goes up with each change of a parameter or a site: by both a device's timeout may differ. */
    public long watchVersion() {
        return watchVersion.get();
    }

    /**
     * Since when a device has been registered, or will be, epoch milliseconds; 0 without a first day. A move from one site to
     * another between two days is no new registration.
     */
    public long registeredSince(String deviceId, Instant at) {
        Timeline<Device> device = devices.get(deviceId);
        return device == null ? 0 : Math.max(0, device.since(at));
    }

    /** When a device next becomes valid, ceases to be or moves, epoch milliseconds; {@link Long#MAX_VALUE} if never. */
    public long nextValidityChange(String deviceId, Instant after) {
        Timeline<Device> device = devices.get(deviceId);
        return device == null ? Long.MAX_VALUE : device.nextChange(after);
    }

    private static <V> @Nullable V at(Map<String, Timeline<V>> table, String key, Instant at) {
        Timeline<V> rows = table.get(key);
        return rows == null ? null : rows.at(at);
    }

    private static <V> void put(Map<String, Timeline<V>> table, String key, @Nullable V row, Dated<V> dated) {
        if (row == null) {
            table.remove(key);
        } else {
            table.put(key, dated.timeline(row));
        }
    }
}
