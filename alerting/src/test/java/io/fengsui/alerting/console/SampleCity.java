package io.fengsui.alerting.console;

import io.fengsui.alerting.board.ReferenceSites;
import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Site;
import java.util.ArrayList;
import java.util.List;

/** Sites for the console's tests; plainly samples, each near the town that it is of. */
final class SampleCity {
    private static final Object[][] TOWNS = {
        {"kaifaqu", 121.005, 31.325},
        {"gaoxinqu", 120.945, 31.35},
        {"huaqiao", 121.09, 31.30},
        {"zhangpu", 120.94, 31.27},
        {"zhoushi", 120.963, 31.478},
        {"qiandeng", 121.01, 31.24},
        {"bacheng", 120.87, 31.45},
        {"tinglin", 120.955, 31.385},
    };

    private SampleCity() {}

    static ReferenceSites sites() {
        List<Site> sites = new ArrayList<>();
        for (Object[] town : TOWNS) {
            for (int i = 0; i < 5; i++) {
                double east = (double) town[1] + 0.02 * Math.cos(i * 1.3);
                double north = (double) town[2] + 0.015 * Math.sin(i * 1.3);
                sites.add(site(town[0] + "-" + i, (String) town[0], new GeoPoint(east, north, Datum.WGS84)));
            }
        }
        sites.add(site("gcj-1", "huaqiao", new GeoPoint(121.0945, 31.298, Datum.GCJ02)));
        sites.add(site("unknown-1", "huaqiao", new GeoPoint(121.5, 31.9, Datum.UNKNOWN)));
        sites.add(site("nowhere-1", "huaqiao", null));
        return ReferenceSites.of(sites);
    }

    /** Town of a sample, and a place near it; the next town for the next number. */
    static String town(int number) {
        return (String) TOWNS[number % TOWNS.length][0];
    }

    static GeoPoint near(int number) {
        Object[] town = TOWNS[number % TOWNS.length];
        double east = (double) town[1] + 0.032 * Math.cos(number * 2.4);
        return new GeoPoint(east, (double) town[2] + 0.024 * Math.sin(number * 2.4), Datum.WGS84);
    }

    static Site site(String id, String unitId, GeoPoint point) {
        return Site.newBuilder()
                .setSiteId(id)
                .setName("样例场所-" + id)
                .setKind(SiteKind.OTHER)
                .setUnitIds(List.of(unitId))
                .setPoint(point)
                .build();
    }
}
