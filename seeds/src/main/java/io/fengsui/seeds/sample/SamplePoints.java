package io.fengsui.seeds.sample;

import io.fengsui.event.Datum;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Sample coordinates, near what a device belongs to. Each vendor gives them in the datum of its own map. Drawn from numbers
 * of their own, so that nothing else in the generated files depends on them.
 */
final class SamplePoints {
    /** Degrees around a site, about 100 m. */
    static final double AT_SITE = 0.001;

    /** Degrees around the point of a unit, about 1 km. */
    static final double IN_UNIT = 0.01;

    private static final Map<String, Datum> DATUMS = Map.of(
            "video-west", Datum.GCJ02, "dust-one", Datum.BD09, "dust-two", Datum.GCJ02, "lift-rescue", Datum.BD09);

    /**
     * What to add to WGS84, degrees of longitude and latitude. In and around Kunshan the datums differ by nearly the same
     * everywhere; this is good to 50 m, which is enough for a sample.
     */
    private static final Map<Datum, double[]> SHIFTS = Map.of(
            Datum.WGS84, new double[] {0, 0},
            Datum.GCJ02, new double[] {0.0044, -0.0020},
            Datum.BD09, new double[] {0.0108, 0.0041});

    private final Random random;

    SamplePoints(Random random) {
        this.random = random;
    }

    /** Cells of the columns longitude, latitude and datum. */
    List<String> near(double longitude, double latitude, double spread, String vendor) {
        Datum datum = DATUMS.getOrDefault(vendor, Datum.WGS84);
        double[] shift = SHIFTS.getOrDefault(datum, new double[] {0, 0});
        return List.of(
                degrees(longitude + shift[0] + drawn(spread)),
                degrees(latitude + shift[1] + drawn(spread)),
                datum.name());
    }

    private double drawn(double spread) {
        return (random.nextDouble() * 2 - 1) * spread;
    }

    static String degrees(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
