package io.fengsui.alerting.incident;

import io.fengsui.event.GeoPoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A point in WGS84, which is what distances are measured in.
 *
 * <p>The datums of the country differ by 100 to 1,000 m, more than the distance within which alerts join. GCJ-02 is WGS84
 * with a published-by-use offset (an ellipsoid of a = 6,378,245 m and sums of sines in longitude and latitude), BD-09 is
 * GCJ-02 with a second one; both are undone here, the first by iteration, to less than a metre. A point of unknown datum is
 * nowhere: a guess would join what is a kilometre apart.
 *
 * @param longitude degrees east
 * @param latitude degrees north
 */
public record Position(double longitude, double latitude) {
    private static final double AXIS = 6_378_245.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
    private static final double BAIDU = Math.PI * 3_000 / 180;
    private static final double METRES_A_DEGREE = 111_320;
    private static final int ROUNDS = 4;

    /** Empty for no point, an impossible one, or one of unknown datum. */
    public static Optional<Position> of(@Nullable GeoPoint point) {
        if (point == null || !isPlausible(point.getLongitude(), point.getLatitude())) {
            return Optional.empty();
        }
        Position told = new Position(point.getLongitude(), point.getLatitude());
        return switch (point.getDatum()) {
            case WGS84 -> Optional.of(told);
            case GCJ02 -> Optional.of(told.fromGcj02());
            case BD09 -> Optional.of(told.fromBd09().fromGcj02());
            case UNKNOWN -> Optional.empty();
        };
    }

    /** Metres, good to a thousandth within a city. */
    double metresTo(Position other) {
        double middle = Math.toRadians((latitude + other.latitude) / 2);
        double east = (other.longitude - longitude) * Math.cos(middle);
        double north = other.latitude - latitude;
        return Math.hypot(east, north) * METRES_A_DEGREE;
    }

    /** Zero, zero is what devices send that have no fix. */
    private static boolean isPlausible(double longitude, double latitude) {
        return Math.abs(longitude) <= 180 && Math.abs(latitude) < 85 && !(longitude == 0 && latitude == 0);
    }

    private Position fromBd09() {
        double x = longitude - 0.0065;
        double y = latitude - 0.006;
        double radius = Math.hypot(x, y) - 0.000_02 * Math.sin(y * BAIDU);
        double angle = Math.atan2(y, x) - 0.000_003 * Math.cos(x * BAIDU);
        return new Position(radius * Math.cos(angle), radius * Math.sin(angle));
    }

    private Position fromGcj02() {
        Position guess = this;
        for (int i = 0; i < ROUNDS; i++) {
            Position offset = guess.gcj02Offset();
            guess = new Position(longitude - offset.longitude, latitude - offset.latitude);
        }
        return guess;
    }

    /** What GCJ-02 adds to this point, degrees. */
    private Position gcj02Offset() {
        double x = longitude - 105;
        double y = latitude - 35;
        double ripple = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
        double north = -100
                + 2 * x
                + 3 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * Math.sqrt(Math.abs(x))
                + 2.0 / 3 * (ripple + wave(y, 20, 1) + wave(y, 40, 3) + wave(y, 160, 12) + wave(y, 320, 30));
        double east = 300
                + x
                + 2 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * Math.sqrt(Math.abs(x))
                + 2.0 / 3 * (ripple + wave(x, 20, 1) + wave(x, 40, 3) + wave(x, 150, 12) + wave(x, 300, 30));
        double radians = Math.toRadians(latitude);
        double bulge = 1 - ECCENTRICITY_SQUARED * Math.pow(Math.sin(radians), 2);
        double meridian = AXIS * (1 - ECCENTRICITY_SQUARED) / (bulge * Math.sqrt(bulge));
        double parallel = AXIS / Math.sqrt(bulge) * Math.cos(radians);
        return new Position(Math.toDegrees(east / parallel), Math.toDegrees(north / meridian));
    }

    private static double wave(double along, double height, double length) {
        return height * Math.sin(along * Math.PI / length);
    }
}
