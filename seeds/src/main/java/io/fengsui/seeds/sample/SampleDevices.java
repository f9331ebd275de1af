package io.fengsui.seeds.sample;

import io.fengsui.event.GeoPoint;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Sample devices of the sites and units, with ids built by the rules of their fields. */
final class SampleDevices {
    private static final String NONE = "";
    private static final String HEARTBEAT = "60";

    private static final String GB_RECORDER = "118";
    private static final String GB_CAMERA = "131";
    private static final String GB_IP_CAMERA = "132";

    private static final int CAMERAS_PER_HAZARD_SITE = 3;
    private static final int CAMERAS_PER_DUST_SITE = 2;
    private static final int LIFTS_PER_BUILDING = 3;
    private static final int TERMINALS_PER_UNIT = 2;
    private static final int GATEWAYS_PER_DUST_VENDOR = 3;
    private static final List<String> DUST_VENDORS = List.of("dust-one", "dust-two");
    private static final List<String> DUST_GATEWAY_UNITS = List.of("kaifaqu", "gaoxinqu", "zhoushi");
    private static final String CENTRE_UNIT = "gaoxinqu";

    /** Townships east of this longitude are on the eastern video platform. */
    private static final double MIDDLE = 120.96;

    private final List<Unit> units;
    private final List<SampleSite> sites;
    private final Random random;
    private final SamplePoints points;
    private final CsvWriter csv;
    private int gbSerial;
    private int liftNumber;
    private int cardNumber;

    SampleDevices(List<Unit> units, List<SampleSite> sites, Random random, SamplePoints points, CsvWriter csv) {
        this.units = units;
        this.sites = sites;
        this.random = random;
        this.points = points;
        this.csv = csv;
    }

    void write() {
        gateways();
        for (SampleSite site : sites) {
            switch (site.kind()) {
                case MAJOR_HAZARD -> video(site, CAMERAS_PER_HAZARD_SITE, true);
                case DUST_EXPLOSION -> {
                    video(site, CAMERAS_PER_DUST_SITE, false);
                    collectors(site);
                }
                case LIFT -> lifts(site);
                case UNKNOWN, NONE, OTHER -> throw new IllegalStateException("No samples of kind " + site.kind());
            }
        }
        terminals();
        strays();
    }

    private void gateways() {
        Set<String> videoUnits = new LinkedHashSet<>();
        sites.forEach(site -> videoUnits.add(site.unitId()));
        for (String unitId : videoUnits) {
            gateway(videoGateway(unitId), videoVendor(unitId), unitId);
        }
        for (String vendor : DUST_VENDORS) {
            for (int i = 0; i < GATEWAYS_PER_DUST_VENDOR; i++) {
                gateway("gw-" + vendor + "-" + (i + 1), vendor, DUST_GATEWAY_UNITS.get(i));
            }
        }
        gateway("gw-beidou-hub", "beidou-hub", CENTRE_UNIT);
        gateway("gw-lift-rescue", "lift-rescue", CENTRE_UNIT);
    }

    private void gateway(String id, String vendor, String unitId) {
        row(id, vendor, Feeds.GATEWAY.id(), "gateway", "样例网关 " + id, NONE, unitId, NONE, NONE);
    }

    private void video(SampleSite site, int cameras, boolean recorder) {
        String vendor = videoVendor(site.unitId());
        String gateway = videoGateway(site.unitId());
        String feed = Feeds.VIDEO_STATUS.id();
        for (int i = 0; i < cameras; i++) {
            String id = gbId(random.nextInt(4) == 0 ? GB_CAMERA : GB_IP_CAMERA);
            row(id, vendor, feed, "camera", "样例摄像机-" + id.substring(14), site.siteId(), NONE, gateway, HEARTBEAT);
        }
        if (recorder) {
            String id = gbId(GB_RECORDER);
            row(id, vendor, feed, "nvr", "样例录像机-" + id.substring(14), site.siteId(), NONE, gateway, HEARTBEAT);
        }
    }

    /** One or two collectors a site; one in four is wet. */
    private void collectors(SampleSite site) {
        String vendor = DUST_VENDORS.get(site.number() % DUST_VENDORS.size());
        String gateway = "gw-" + vendor + "-" + (site.number() / 2 % GATEWAYS_PER_DUST_VENDOR + 1);
        int count = 1 + random.nextInt(2);
        for (int i = 1; i <= count; i++) {
            boolean wet = random.nextInt(4) == 0;
            row(
                    String.format(Locale.ROOT, "dc-%03d-%d", site.number(), i),
                    vendor,
                    Feeds.DUST_SENSOR.id(),
                    wet ? "wet-collector" : "dry-collector",
                    String.format(Locale.ROOT, "样例除尘器-%02d-%d (%s)", site.number(), i, wet ? "湿式" : "干式"),
                    site.siteId(),
                    NONE,
                    gateway,
                    HEARTBEAT);
        }
    }

    /** The id is the 6-digit rescue code. */
    private void lifts(SampleSite site) {
        for (int i = 0; i < LIFTS_PER_BUILDING; i++) {
            String code = String.format(Locale.ROOT, "583%03d", ++liftNumber);
            String feed = Feeds.ELEVATOR_119.id();
            row(code, "lift-rescue", feed, "lift", "样例电梯-" + code, site.siteId(), NONE, "gw-lift-rescue", NONE);
        }
    }

    /** The notice equips townships, zones and areas; the id is the 7-digit card. */
    private void terminals() {
        for (Unit unit : units) {
            if (unit.getKind() == UnitKind.TOWNSHIP
                    || unit.getKind() == UnitKind.ZONE
                    || unit.getKind() == UnitKind.AREA) {
                for (int i = 1; i <= TERMINALS_PER_UNIT; i++) {
                    String card = String.format(Locale.ROOT, "0583%03d", ++cardNumber);
                    terminal(card, "样例北斗终端-" + unit.getNameZh() + "-" + i, unit.getUnitId());
                }
            }
        }
    }

    private void terminal(String card, String name, String unitId) {
        String feed = Feeds.BEIDOU_REPORT.id();
        row(card, "beidou-hub", feed, "beidou-terminal", name, NONE, unitId, "gw-beidou-hub", NONE);
    }

    /** Cameras that nobody has assigned yet: their events have no reader. */
    private void strays() {
        for (int i = 0; i < 2; i++) {
            String id = gbId(GB_IP_CAMERA);
            String name = "样例摄像机-" + id.substring(14) + " (未登记归属)";
            row(id, "video-west", Feeds.VIDEO_STATUS.id(), "camera", name, NONE, NONE, NONE, NONE);
        }
    }

    /** Centre 8 (GB/T 2260 of the city, 00), industry 2 (42 manufacturing), type 3, network 1, serial 6. */
    private String gbId(String type) {
        return String.format(Locale.ROOT, "3205830042%s0%06d", type, ++gbSerial);
    }

    private static String videoGateway(String unitId) {
        return "gw-video-" + unitId;
    }

    private String videoVendor(String unitId) {
        return units.stream()
                        .filter(u -> u.getUnitId().equals(unitId) && u.getPoint() != null)
                        .anyMatch(u -> u.getPoint().getLongitude() >= MIDDLE)
                ? "video-east"
                : "video-west";
    }

    private void row(
            String id,
            String vendor,
            String feed,
            String type,
            String name,
            String siteId,
            String unitId,
            String gatewayId,
            String heartbeatSeconds) {
        List<String> point = point(siteId, unitId, vendor);
        csv.row(
                id,
                vendor,
                feed,
                type,
                name,
                siteId,
                unitId,
                gatewayId,
                heartbeatSeconds,
                point.get(0),
                point.get(1),
                point.get(2),
                NONE,
                NONE);
    }

    /** At the device's site, else in its unit, else in the middle of the city. */
    private List<String> point(String siteId, String unitId, String vendor) {
        for (SampleSite site : sites) {
            if (site.siteId().equals(siteId)) {
                return points.near(site.longitude(), site.latitude(), SamplePoints.AT_SITE, vendor);
            }
        }
        for (Unit unit : units) {
            boolean wanted = unitId.isEmpty()
                    ? unit.getKind() == UnitKind.CITY
                    : unit.getUnitId().equals(unitId);
            GeoPoint point = unit.getPoint();
            if (wanted && point != null) {
                return points.near(point.getLongitude(), point.getLatitude(), SamplePoints.IN_UNIT, vendor);
            }
        }
        throw new IllegalArgumentException("units.csv has no point for " + (unitId.isEmpty() ? "the city" : unitId));
    }
}
