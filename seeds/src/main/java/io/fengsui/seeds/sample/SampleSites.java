package io.fengsui.seeds.sample;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Sample enterprises and buildings, spread over the townships: each has some, the industrial ones have more. */
final class SampleSites {
    static final int HAZARD_SITES = 24;
    static final int DUST_SITES = 36;
    static final int LIFT_SITES = 30;

    /** The dust site that two townships share, as real polders and plants at a border do. */
    private static final int SHARED_DUST_SITE = 2;

    private static final List<String> SHARED_UNITS = List.of("kaifaqu", "lujia");

    /** Chances of a township to get a site beyond its first; units that are not named have 1. */
    private static final Map<String, Integer> WEIGHTS = Map.of(
            "kaifaqu",
            5,
            "gaoxinqu",
            4,
            "zhoushi",
            3,
            "zhangpu",
            3,
            "qiandeng",
            3,
            "huaqiao",
            2,
            "bacheng",
            2,
            "lujia",
            2);

    /** Largest distance from the unit's point, degrees: about 1 km, so that no sample falls out of the city. */
    private static final double SPREAD = 0.01;

    private final Random random;
    private final List<Unit> townships;

    SampleSites(List<Unit> units, Random random) {
        this.random = random;
        this.townships = units.stream()
                .filter(u -> u.getKind() == UnitKind.TOWNSHIP || u.getKind() == UnitKind.ZONE)
                .filter(u -> u.getPoint() != null)
                .toList();
    }

    List<SampleSite> all() {
        List<SampleSite> sites = new ArrayList<>();
        add(sites, "hazard", SiteKind.MAJOR_HAZARD, "样例企业-%02d (重大危险源)", HAZARD_SITES);
        add(sites, "dust", SiteKind.DUST_EXPLOSION, "样例企业-%02d (粉尘)", DUST_SITES);
        add(sites, "lift", SiteKind.LIFT, "样例楼宇-%02d (电梯)", LIFT_SITES);
        return sites;
    }

    private void add(List<SampleSite> sites, String prefix, SiteKind kind, String name, int count) {
        for (int number = 1; number <= count; number++) {
            Unit unit = number <= townships.size() ? townships.get(number - 1) : weighted();
            List<String> unitIds = List.of(unit.getUnitId());
            if (kind == SiteKind.DUST_EXPLOSION && number == SHARED_DUST_SITE) {
                unitIds = SHARED_UNITS;
                unit = byId(SHARED_UNITS.get(0));
            }
            sites.add(new SampleSite(
                    String.format(Locale.ROOT, "%s-%03d", prefix, number),
                    number,
                    String.format(Locale.ROOT, name, number),
                    kind,
                    kind == SiteKind.MAJOR_HAZARD ? grade() : "",
                    unitIds,
                    near(unit.getPoint().getLongitude()),
                    near(unit.getPoint().getLatitude())));
        }
    }

    private Unit byId(String unitId) {
        return townships.stream()
                .filter(u -> u.getUnitId().equals(unitId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("units.csv has no " + unitId + " with a point"));
    }

    private Unit weighted() {
        int total = townships.stream().mapToInt(SampleSites::weight).sum();
        int drawn = random.nextInt(total);
        for (Unit unit : townships) {
            drawn -= weight(unit);
            if (drawn < 0) {
                return unit;
            }
        }
        throw new IllegalStateException("The weights do not add up");
    }

    private static int weight(Unit unit) {
        return WEIGHTS.getOrDefault(unit.getUnitId(), 1);
    }

    /** Half of the sources are of the lowest grade, an eighth of the highest. */
    private String grade() {
        int drawn = random.nextInt(8);
        return drawn < 4 ? "4" : drawn < 6 ? "3" : drawn < 7 ? "2" : "1";
    }

    private double near(double degrees) {
        double moved = degrees + (random.nextDouble() * 2 - 1) * SPREAD;
        return Math.round(moved * 1e5) / 1e5;
    }
}
