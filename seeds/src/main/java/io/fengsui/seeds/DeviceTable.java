package io.fengsui.seeds;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** devices.csv: what may publish. */
final class DeviceTable {
    static final String FILE = "devices.csv";
    static final List<String> COLUMNS = List.of(
            "deviceId",
            "vendor",
            "feed",
            "type",
            "name",
            "siteId",
            "unitId",
            "gatewayId",
            "heartbeatSeconds",
            "longitude",
            "latitude",
            "datum",
            "validFrom",
            "validTo");

    private static final int LONGEST_HEARTBEAT_SECONDS = 86_400;

    private final Map<String, Located<Vendor>> vendors;
    private final Map<String, Located<Unit>> units;
    private final Rows<Site> sites;
    private final Map<String, Located<Site>> siteIds;
    private final Map<String, Located<Route>> routes;

    DeviceTable(
            Map<String, Located<Vendor>> vendors,
            Map<String, Located<Unit>> units,
            Rows<Site> sites,
            Rows<Route> routes) {
        this.vendors = vendors;
        this.units = units;
        this.sites = sites;
        this.siteIds = sites.last();
        this.routes = routes.last();
    }

    Rows<Device> read(Path directory, Optional<City> city, Problems problems) {
        CsvTable table = CsvTable.read(directory, FILE, COLUMNS, problems);
        Rows<Device> devices =
                Rows.read(table, "deviceId", row -> device(row, city), Device::getDeviceId, Dated.DEVICE);
        devices.keys().forEach(DeviceTable::checkFeed);
        Map<String, Located<Device>> ids = devices.last();
        devices.all().forEach(device -> checkGateway(device, devices, ids));
        return devices;
    }

    private Device device(CsvRow row, Optional<City> city) {
        References.find(row, "vendor", row.text("vendor"), vendors, Vendor.FILE);
        References.feed(row, "feed", row.text("feed"));
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        checkPlace(row, from, to).ifPresent(site -> checkBeyond(row, from, to, sites.of(site.getSiteId())));
        return Device.newBuilder()
                .setDeviceId(row.id("deviceId"))
                .setVendor(row.text("vendor"))
                .setFeed(row.text("feed"))
                .setType(row.required("type"))
                .setName(row.required("name"))
                .setSiteId(row.optional("siteId"))
                .setUnitId(row.optional("unitId"))
                .setGatewayId(row.optional("gatewayId"))
                .setHeartbeatSeconds(row.integer("heartbeatSeconds", 1, LONGEST_HEARTBEAT_SECONDS))
                .setPoint(City.point(row, city, false))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private Optional<Site> checkPlace(CsvRow row, @Nullable LocalDate from, @Nullable LocalDate to) {
        String siteId = row.text("siteId");
        String unitId = row.text("unitId");
        Optional<Site> site =
                siteId.isEmpty() ? Optional.empty() : References.find(row, "siteId", siteId, siteIds, SiteTable.FILE);
        if (!unitId.isEmpty()) {
            References.unitInCharge(row, "unitId", unitId, from, to, units);
        }
        if (!siteId.isEmpty() && !unitId.isEmpty()) {
            row.error("unitId", "found a unit beside a site, expected one of the two: the site's units are in charge");
        } else if (siteId.isEmpty() && unitId.isEmpty() && needsPlace(row.text("feed"))) {
            row.warning("unitId", "found neither site nor unit: no township reads this device's events");
        }
        return site;
    }

    /** Not where events name their own division, and not where those of devices without a site are for departments alone. */
    private boolean needsPlace(String feedId) {
        Located<Route> route =
                routes.getOrDefault(feedId + "|" + SiteKind.NONE, routes.get(feedId + "|" + SeedSet.ANY));
        boolean toUnits = route == null || route.value().getToUnits();
        return toUnits && !Feeds.byId(feedId).map(Feed::namesDivision).orElse(false);
    }

    private static void checkBeyond(
            CsvRow row, @Nullable LocalDate from, @Nullable LocalDate to, List<Located<Site>> sites) {
        String message = "found a device that is valid beyond its site, which is "
                + sites.stream()
                        .map(site -> Validity.days(Dated.SITE, site.value()))
                        .collect(Collectors.joining(" and "))
                + ": outside these days nobody reads its events";
        LocalDate first = Objects.requireNonNullElse(from, LocalDate.MIN);
        LocalDate last = Objects.requireNonNullElse(to, LocalDate.MAX);
        LocalDate reached = reached(first, sites);
        if (!reached.isBefore(last)) {
            return;
        }
        boolean begins = sites.stream().anyMatch(site -> Validity.includes(Dated.SITE, site.value(), first));
        boolean ends = sites.stream().anyMatch(site -> Validity.includes(Dated.SITE, site.value(), last));
        if (!begins || ends) {
            row.warning("validFrom", message);
        }
        if (!ends) {
            row.warning("validTo", message);
        }
    }

    /** The last day up to which there is a site without a gap. */
    private static LocalDate reached(LocalDate first, List<Located<Site>> sites) {
        LocalDate next = first;
        for (Located<Site> site : sites.stream()
                .sorted(Comparator.comparing(s -> Validity.first(Dated.SITE, s.value())))
                .toList()) {
            LocalDate end = Validity.last(Dated.SITE, site.value());
            if (end.equals(LocalDate.MAX) && Validity.includes(Dated.SITE, site.value(), next)) {
                return end;
            }
            if (Validity.includes(Dated.SITE, site.value(), next)) {
                next = end.plusDays(1);
            }
        }
        return next.equals(LocalDate.MIN) ? next : next.minusDays(1);
    }

    /** A device's state, lane and rules are those of its feed. */
    private static void checkFeed(List<Located<Device>> rows) {
        Located<Device> first = rows.get(0);
        for (Located<Device> row : rows) {
            if (!row.value().getFeed().equals(first.value().getFeed())) {
                row.row()
                        .error(
                                "feed",
                                "found " + Problems.shown(row.value().getFeed()) + ", expected "
                                        + first.value().getFeed() + " as in "
                                        + row.row().placeOf(first.row())
                                        + ": a device has one feed on all its days; what becomes another has another id");
            }
        }
    }

    private static void checkGateway(Located<Device> device, Rows<Device> devices, Map<String, Located<Device>> ids) {
        String gatewayId = device.value().getGatewayId();
        if (gatewayId == null) {
            return;
        }
        CsvRow row = device.row();
        References.find(row, "gatewayId", gatewayId, ids, FILE).ifPresent(gateway -> {
            if (!gateway.getFeed().equals(Feeds.GATEWAY.id())) {
                row.error(
                        "gatewayId",
                        "found " + Problems.shown(gatewayId) + " of feed " + gateway.getFeed()
                                + ", expected a device of feed " + Feeds.GATEWAY);
            } else if (devices.of(gatewayId).stream()
                    .noneMatch(
                            of -> of.value().getVendor().equals(device.value().getVendor()))) {
                row.error(
                        "gatewayId",
                        "found a gateway of vendor " + gateway.getVendor() + ", expected one of the device's own");
            }
        });
    }
}
