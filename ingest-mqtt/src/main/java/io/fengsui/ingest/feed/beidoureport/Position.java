package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Coordinates as terminals write them. They are CGCS2000, the datum of Beidou, which differs from WGS84 by centimetres and is
 * told as such.
 */
final class Position {
    private static final int SEXAGESIMAL = 60;
    private static final int MAX_LATITUDE = 90;
    private static final int MAX_LONGITUDE = 180;
    private static final Pattern LATITUDE = Pattern.compile("([0-9]{2})([0-9]{2}(?:\\.[0-9]{1,8})?)");
    private static final Pattern LONGITUDE = Pattern.compile("([0-9]{3})([0-9]{2}(?:\\.[0-9]{1,8})?)");

    private Position() {}

    /** Of {@code ddmm.mmmmm}, N or S, {@code dddmm.mmmmm}, E or W; empty if they are none. */
    static Optional<GeoPoint> of(String latitude, String northSouth, String longitude, String eastWest) {
        double north = degrees(LATITUDE, latitude) * sign(northSouth, "N", "S");
        double east = degrees(LONGITUDE, longitude) * sign(eastWest, "E", "W");
        return point(east, north);
    }

    /** Of degrees, minutes, seconds and tenths, a byte each, of the longitude and then of the latitude; north and east. */
    static Optional<GeoPoint> of(Frame frame, int at) {
        return point(degrees(frame, at), degrees(frame, at + 4));
    }

    private static Optional<GeoPoint> point(double east, double north) {
        // A comparison with NaN is false.
        return Math.abs(east) <= MAX_LONGITUDE && Math.abs(north) <= MAX_LATITUDE
                ? Optional.of(new GeoPoint(east, north, Datum.WGS84))
                : Optional.empty();
    }

    private static double degrees(Pattern form, String text) {
        Matcher parts = form.matcher(text);
        if (!parts.matches()) {
            return Double.NaN;
        }
        double minutes = Double.parseDouble(parts.group(2));
        return minutes < SEXAGESIMAL ? Integer.parseInt(parts.group(1)) + minutes / SEXAGESIMAL : Double.NaN;
    }

    private static double degrees(Frame frame, int at) {
        int minutes = frame.u8(at + 1);
        int seconds = frame.u8(at + 2);
        int tenths = frame.u8(at + 3);
        if (minutes >= SEXAGESIMAL || seconds >= SEXAGESIMAL || tenths > 9) {
            return Double.NaN;
        }
        return frame.u8(at) + (minutes + (seconds + tenths / 10.0) / SEXAGESIMAL) / SEXAGESIMAL;
    }

    private static double sign(String letter, String positive, String negative) {
        if (letter.equals(positive)) {
            return 1;
        }
        return letter.equals(negative) ? -1 : Double.NaN;
    }
}
