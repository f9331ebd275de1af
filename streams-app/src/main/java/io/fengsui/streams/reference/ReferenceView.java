package io.fengsui.streams.reference;

import io.fengsui.event.GeoPoint;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Bounds;
import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reference data, live: whoever reads sees the newest row of each table. A row outside its validity dates (days of the city,
 * both included) is as if it were not there. Safe for use by many threads; listeners are called on the thread that changes
 * a row and must not block.
 */
public final class ReferenceView {
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final String ANY = "*";

    /**
     * Degrees around the city's box, about 10 km, that are not outside yet: datums differ by up to 1 km, and what happens just
     * over the border matters to the city.
     */
    public static final double CITY_MARGIN = 0.1;

    private final Map<String, Unit> units = new ConcurrentHashMap<>();
    private final Map<String, Site> sites = new ConcurrentHashMap<>();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final ParameterTable parameters = new ParameterTable();
    private final List<Consumer<String>> deviceListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> readerListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong parameterVersion = new AtomicLong();
    private volatile List<Bounds> cities = List.of();
    private volatile DivisionIndex divisions = DivisionIndex.EMPTY;

    /** A view of fixed rows. */
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

    public Map<String, Unit> units() {
        return Collections.unmodifiableMap(units);
    }

    public Map<String, Device> devices() {
        return Collections.unmodifiableMap(devices);
    }

    public Collection<Route> routes() {
        return Collections.unmodifiableCollection(routes.values());
    }

    public @Nullable Unit unit(String unitId) {
        return units.get(unitId);
    }

    /** What a statistical code stood for at a time. */
    public Division division(String code, Instant at) {
        return divisions.find(code, LocalDate.ofInstant(at, CITY));
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
        Device device = devices.get(deviceId);
        return device != null && valid(device.getValidFrom(), device.getValidTo(), at) ? device : null;
    }

    public @Nullable Site site(String siteId, Instant at) {
        Site site = sites.get(siteId);
        return site != null && valid(site.getValidFrom(), site.getValidTo(), at) ? site : null;
    }

    /** The row of the site's kind, else the row of any kind. */
    public @Nullable Route route(String feedId, SiteKind kind) {
        Route exact = routes.get(feedId + "|" + kind.name());
        return exact != null ? exact : routes.get(feedId + "|" + ANY);
    }

    /** The nearest value that {@code takes} accepts: device, site, unit, city. Null if none is set. */
    public @Nullable Double parameter(
            String name, DoublePredicate takes, String deviceId, @Nullable String siteId, List<String> unitIds) {
        return parameters.find(name, takes, deviceId, siteId, unitIds);
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
        put(units, key, row);
        divisions = new DivisionIndex(units.values());
        cities = units.values().stream()
                .map(Unit::getBounds)
                .filter(Objects::nonNull)
                .toList();
        readerListeners.forEach(Runnable::run);
    }

    public void putSite(String key, @Nullable Site row) {
        put(sites, key, row);
    }

    public void putDevice(String key, @Nullable Device row) {
        put(devices, key, row);
        deviceListeners.forEach(listener -> listener.accept(key));
    }

    public void putRoute(String key, @Nullable Route row) {
        put(routes, key, row);
        readerListeners.forEach(Runnable::run);
    }

    public void putParameter(String key, @Nullable Parameter row) {
        parameters.put(key, row);
        parameterVersion.incrementAndGet();
    }

    /** Goes up with each change of a parameter. */
    public long parameterVersion() {
        return parameterVersion.get();
    }

    /** When a device became valid or will, epoch milliseconds; 0 without a first day. */
    public static long validSince(@Nullable Device device) {
        LocalDate from = device == null ? null : device.getValidFrom();
        return from == null ? 0 : startOf(from);
    }

    /** When a device next becomes valid or ceases to be, epoch milliseconds; {@link Long#MAX_VALUE} if never. */
    public long nextValidityChange(String deviceId, Instant after) {
        Device device = devices.get(deviceId);
        LocalDate to = device == null ? null : device.getValidTo();
        long since = validSince(device);
        long until = to == null ? Long.MAX_VALUE : startOf(to.plusDays(1));
        long now = after.toEpochMilli();
        return since > now ? since : until > now ? until : Long.MAX_VALUE;
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(CITY).toInstant().toEpochMilli();
    }

    private static <V> void put(Map<String, V> table, String key, @Nullable V row) {
        if (row == null) {
            table.remove(key);
        } else {
            table.put(key, row);
        }
    }

    private static boolean valid(@Nullable LocalDate from, @Nullable LocalDate to, Instant at) {
        if (from == null && to == null) {
            return true;
        }
        LocalDate day = LocalDate.ofInstant(at, CITY);
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** Values by parameter name and then by scope, so that looking one up builds no keys. */
    private static final class ParameterTable {
        private record Scopes(Map<ParameterScope, Map<String, Double>> values) {
            @Nullable
            Double find(ParameterScope scope, String id, DoublePredicate takes) {
                Map<String, Double> ofScope = values.get(scope);
                Double value = ofScope == null ? null : ofScope.get(id);
                return value != null && takes.test(value) ? value : null;
            }
        }

        private final Map<String, Parameter> rows = new ConcurrentHashMap<>();
        private final Map<String, Scopes> byName = new ConcurrentHashMap<>();

        void put(String key, @Nullable Parameter row) {
            Parameter former = row == null ? rows.remove(key) : rows.put(key, row);
            if (former != null) {
                scope(former).remove(former.getId());
            }
            if (row != null) {
                scope(row).put(row.getId(), row.getValue());
            }
        }

        private Map<String, Double> scope(Parameter row) {
            return byName.computeIfAbsent(row.getName(), name -> new Scopes(new ConcurrentHashMap<>()))
                    .values()
                    .computeIfAbsent(row.getScope(), scope -> new ConcurrentHashMap<>());
        }

        @Nullable
        Double find(
                String name, DoublePredicate takes, String deviceId, @Nullable String siteId, List<String> unitIds) {
            Scopes scopes = byName.get(name);
            if (scopes == null) {
                return null;
            }
            Double value = scopes.find(ParameterScope.DEVICE, deviceId, takes);
            if (value == null && siteId != null) {
                value = scopes.find(ParameterScope.SITE, siteId, takes);
            }
            for (int i = 0; value == null && i < unitIds.size(); i++) {
                value = scopes.find(ParameterScope.UNIT, unitIds.get(i), takes);
            }
            return value != null ? value : scopes.find(ParameterScope.CITY, ANY, takes);
        }
    }
}
