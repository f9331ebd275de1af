package io.fengsui.alerting.console.page;

import io.fengsui.alerting.incident.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which alerts a map shows.
 *
 * @param alerts by unit and severity, as a board
 * @param box the area that is looked at; empty: the city
 */
public record MapFilter(BoardFilter alerts, Optional<Box> box) {
    private static final Pattern BOX = Pattern.compile("(-?\\d{1,3}(?:\\.\\d{1,6})?),(-?\\d{1,2}(?:\\.\\d{1,6})?),"
            + "(-?\\d{1,3}(?:\\.\\d{1,6})?),(-?\\d{1,2}(?:\\.\\d{1,6})?)");

    /** Degrees, WGS-84, borders included. */
    public record Box(double west, double south, double east, double north) {

        boolean holds(Position position) {
            return position.longitude() >= west
                    && position.longitude() <= east
                    && position.latitude() >= south
                    && position.latitude() <= north;
        }

        /** As addresses have it. */
        public String code() {
            return String.format(Locale.ROOT, "%.6f,%.6f,%.6f,%.6f", west, south, east, north);
        }
    }

    /** @param box west, south, east and north with commas; anything else is no box */
    public static MapFilter of(String unit, String severity, String box) {
        Matcher matcher = BOX.matcher(box);
        return new MapFilter(
                new BoardFilter(unit, severity, "", "", false),
                matcher.matches()
                        ? Optional.of(new Box(
                                Double.parseDouble(matcher.group(1)),
                                Double.parseDouble(matcher.group(2)),
                                Double.parseDouble(matcher.group(3)),
                                Double.parseDouble(matcher.group(4))))
                        : Optional.empty());
    }

    public boolean narrows() {
        return alerts.narrows() || box.isPresent();
    }

    public MapFilter within(Optional<Box> other) {
        return new MapFilter(alerts, other);
    }

    /** Query with the question mark; empty if it takes everything. */
    public String query() {
        List<String> parts = new ArrayList<>();
        if (!alerts.unit().isEmpty()) {
            parts.add("unit=" + Paths.encode(alerts.unit()));
        }
        if (!alerts.severity().isEmpty()) {
            parts.add("severity=" + Paths.encode(alerts.severity()));
        }
        box.ifPresent(area -> parts.add("box=" + area.code()));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
