package io.fengsui.seeds;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, Located<Site>> sites;
    private final Map<String, Located<Route>> routes;

    DeviceTable(
            Map<String, Located<Vendor>> vendors,
            Map<String, Located<Unit>> units,
            Map<String, Located<Site>> sites,
            Map<String, Located<Route>> routes) {
        this.vendors = vendors;
        this.units = units;
        this.sites = sites;
        this.routes = routes;
    }

    Map<String, Located<Device>> read(Path directory, Optional<City> city, Problems problems) {
        CsvTable table = CsvTable.read(directory, FILE, COLUMNS, problems);
        Map<String, Located<Device>> devices =
                Located.byKey(table, "deviceId", row -> device(row, city), Device::getDeviceId);
        devices.values().forEach(device -> checkGateway(device, devices));
        return devices;
    }

    private Device device(CsvRow row, Optional<City> city) {
        References.find(row, "vendor", row.text("vendor"), vendors, Vendor.FILE);
        References.feed(row, "feed", row.text("feed"));
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        checkPlace(row).ifPresent(site -> checkBeyond(row, from, to, site));
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

    private Optional<Site> checkPlace(CsvRow row) {
        String siteId = row.text("siteId");
        String unitId = row.text("unitId");
        Optional<Site> site =
                siteId.isEmpty() ? Optional.empty() : References.find(row, "siteId", siteId, sites, SiteTable.FILE);
        if (!unitId.isEmpty()) {
            References.unitInCharge(row, "unitId", unitId, units);
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

    private static void checkBeyond(CsvRow row, @Nullable LocalDate from, @Nullable LocalDate to, Site site) {
        LocalDate first = site.getValidFrom();
        LocalDate last = site.getValidTo();
        String message =
                "found a device that is valid beyond its site, which is from " + (first == null ? "ever" : first)
                        + " to " + (last == null ? "ever" : last) + ": outside these days nobody reads its events";
        if (first != null && (from == null || from.isBefore(first))) {
            row.warning("validFrom", message);
        }
        if (last != null && (to == null || to.isAfter(last))) {
            row.warning("validTo", message);
        }
    }

    private static void checkGateway(Located<Device> device, Map<String, Located<Device>> devices) {
        String gatewayId = device.value().getGatewayId();
        if (gatewayId == null) {
            return;
        }
        CsvRow row = device.row();
        References.find(row, "gatewayId", gatewayId, devices, FILE).ifPresent(gateway -> {
            if (!gateway.getFeed().equals(Feeds.GATEWAY.id())) {
                row.error(
                        "gatewayId",
                        "found " + Problems.shown(gatewayId) + " of feed " + gateway.getFeed()
                                + ", expected a device of feed " + Feeds.GATEWAY);
            } else if (!gateway.getVendor().equals(device.value().getVendor())) {
                row.error(
                        "gatewayId",
                        "found a gateway of vendor " + gateway.getVendor() + ", expected one of the device's own");
            }
        });
    }
}
