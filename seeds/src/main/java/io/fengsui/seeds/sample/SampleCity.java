package io.fengsui.seeds.sample;

import io.fengsui.reference.Unit;
import io.fengsui.seeds.csv.CsvWriter;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/**
 * Sample sites and devices of a city.
 *
 * @param sitesCsv text of sites.csv
 * @param devicesCsv text of devices.csv
 */
public record SampleCity(String sitesCsv, String devicesCsv) {

    /**
     * Generates; the same units and seed give the same bytes on every machine.
     *
     * @param siteColumns header of sites.csv
     * @param deviceColumns header of devices.csv
     */
    public static SampleCity generate(
            Collection<Unit> units, long seed, List<String> siteColumns, List<String> deviceColumns) {
        Random random = new Random(seed);
        List<Unit> inOrder = List.copyOf(units);
        List<SampleSite> sites = new SampleSites(inOrder, random).all();
        CsvWriter siteCsv = new CsvWriter(siteColumns);
        for (SampleSite site : sites) {
            siteCsv.row(
                    site.siteId(),
                    site.name(),
                    site.kind().name(),
                    site.grade(),
                    String.join(";", site.unitIds()),
                    SamplePoints.degrees(site.longitude()),
                    SamplePoints.degrees(site.latitude()),
                    "WGS84",
                    "",
                    "");
        }
        CsvWriter deviceCsv = new CsvWriter(deviceColumns);
        SamplePoints points = new SamplePoints(new Random(seed + 1));
        new SampleDevices(inOrder, sites, random, points, deviceCsv).write();
        return new SampleCity(siteCsv.toString(), deviceCsv.toString());
    }
}
