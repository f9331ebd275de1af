package io.fengsui.seeds;

import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.reference.Bounds;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import io.fengsui.streams.reference.ReferenceView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The box around the city, degrees; what lies outside is a slip of the pen.
 *
 * @param unitId unit of kind CITY that the set is about
 */
public record City(String unitId, double west, double south, double east, double north) {
    static final String FILE = "city.csv";

    /** Degrees around the box in which a point is only warned of. */
    private static final double MARGIN = ReferenceView.CITY_MARGIN;

    static Optional<Located<City>> read(Path directory, Problems problems) {
        CsvTable table =
                CsvTable.read(directory, FILE, List.of("unitId", "west", "south", "east", "north", "source"), problems);
        if (table.rows().size() != 1 && problems.isComplete(FILE)) {
            problems.error(FILE, 1, "", "found " + table.rows().size() + " rows, expected one");
        }
        if (table.rows().size() != 1) {
            return Optional.empty();
        }
        CsvRow row = table.rows().get(0);
        int before = problems.errorCount();
        City city = new City(
                row.nameId("unitId"),
                edge(row, "west", 180),
                edge(row, "south", 90),
                edge(row, "east", 180),
                edge(row, "north", 90));
        if (problems.errorCount() > before) {
            return Optional.empty();
        }
        if (city.west >= city.east || city.south >= city.north) {
            row.error("west", "the box is empty, expected west < east and south < north");
            return Optional.empty();
        }
        return Optional.of(new Located<>(row, city));
    }

    private static double edge(CsvRow row, String column, double most) {
        Double value = row.number(column, -most, most);
        if (value == null && row.text(column).isEmpty()) {
            row.required(column);
        }
        return value == null ? 0 : value;
    }

    /** The point of a row's columns longitude, latitude and datum, or null where all three are empty. */
    static @Nullable GeoPoint point(CsvRow row, Optional<City> city, boolean datumMayBeUnknown) {
        if (row.text("longitude").isEmpty()
                && row.text("latitude").isEmpty()
                && row.text("datum").isEmpty()) {
            return null;
        }
        row.required("longitude");
        row.required("latitude");
        Double longitude = row.number("longitude", -180, 180);
        // As wide as a longitude, so that swapped ones come to the check below, which says so.
        Double latitude = row.number("latitude", -180, 180);
        Datum datum = row.symbol("datum", Datum.class, d -> datumMayBeUnknown || d != Datum.UNKNOWN);
        if (longitude == null || latitude == null || datum == null) {
            return null;
        }
        city.ifPresent(box -> box.check(row, longitude, latitude));
        return new GeoPoint(longitude, latitude, datum);
    }

    Bounds bounds() {
        return new Bounds(west, south, east, north);
    }

    private void check(CsvRow row, double longitude, double latitude) {
        if (within(longitude, latitude, 0)) {
            return;
        }
        String message = "found " + longitude + "," + latitude + " outside the city, expected longitude " + west
                + " to " + east + " and latitude " + south + " to " + north;
        if (within(longitude, latitude, MARGIN)) {
            row.warning("longitude", message);
        } else {
            row.error(
                    "longitude",
                    message + (within(latitude, longitude, MARGIN) ? "; longitude and latitude are swapped" : ""));
        }
    }

    private boolean within(double longitude, double latitude, double margin) {
        return longitude >= west - margin
                && longitude <= east + margin
                && latitude >= south - margin
                && latitude <= north + margin;
    }
}
