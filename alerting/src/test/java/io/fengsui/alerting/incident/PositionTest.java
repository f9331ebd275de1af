package io.fengsui.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {

    /** Pairs that public converters agree on. */
    @ParameterizedTest
    @CsvSource({
        "121.5272106, 31.1774276, 121.531541859215, 31.17530398364597",
        "113.912316, 22.543847, 113.9171764808363, 22.540796131694766",
        "116.377817, 39.911954, 116.38404722455657, 39.91334545536069"
    })
    void shouldUndoTheOffsetOfGcj02(
            double longitude, double latitude, double shiftedLongitude, double shiftedLatitude) {
        Position back = Position.of(new GeoPoint(shiftedLongitude, shiftedLatitude, Datum.GCJ02))
                .orElseThrow();

        assertThat(back.metresTo(new Position(longitude, latitude))).isLessThan(1);
    }

    @Test
    void shouldUndoTheOffsetOfBd09() {
        // The GCJ-02 point of above with BD-09's own offset added by its published formula.
        double x = 121.531541859215;
        double y = 31.17530398364597;
        double factor = Math.PI * 3_000 / 180;
        double radius = Math.hypot(x, y) + 0.000_02 * Math.sin(y * factor);
        double angle = Math.atan2(y, x) + 0.000_003 * Math.cos(x * factor);
        GeoPoint baidu = new GeoPoint(radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006, Datum.BD09);

        Position back = Position.of(baidu).orElseThrow();

        assertThat(back.metresTo(new Position(121.5272106, 31.1774276))).isLessThan(2);
        assertThat(new Position(baidu.getLongitude(), baidu.getLatitude())
                        .metresTo(new Position(121.5272106, 31.1774276)))
                .as("so far apart are the figures")
                .isGreaterThan(800);
    }

    @Test
    void shouldBeNowhereWithoutDatumOrFix() {
        assertThat(Position.of(new GeoPoint(120.95, 31.35, Datum.UNKNOWN))).isEmpty();
        assertThat(Position.of(new GeoPoint(0.0, 0.0, Datum.WGS84))).isEmpty();
        assertThat(Position.of(new GeoPoint(Double.NaN, 31.35, Datum.WGS84))).isEmpty();
        assertThat(Position.of(null)).isEmpty();
    }
}
