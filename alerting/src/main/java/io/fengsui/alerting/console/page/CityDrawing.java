package io.fengsui.alerting.console.page;

import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.board.ReferenceSites;
import io.fengsui.alerting.console.page.MapPage.Area;
import io.fengsui.alerting.console.page.MapPage.Geography;
import io.fengsui.alerting.incident.Position;
import io.fengsui.event.GeoPoint;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Units and sites as a map draws them, from the reference data alone. */
final class CityDrawing {
    private static final int MOST_SITES = 2_000;

    private final ReferenceNames names;
    private final ReferenceSites sites;

    CityDrawing(ReferenceNames names, ReferenceSites sites) {
        this.names = names;
        this.sites = sites;
    }

    private record Located(Site site, Position at) {
        boolean isOf(String unitId) {
            return site.getUnitIds().contains(unitId);
        }
    }

    /** @param unit draw this one's sites alone; empty: all */
    Geography of(String unit, Instant now, Words words) {
        List<Located> all = new ArrayList<>();
        for (Site site : sites.all(now)) {
            Position.of(site.getPoint()).ifPresent(at -> all.add(new Located(site, at)));
        }
        boolean ofTownship =
                names.townships().stream().anyMatch(one -> one.getUnitId().equals(unit));
        List<Located> drawn =
                all.stream().filter(one -> !ofTownship || one.isOf(unit)).toList();
        List<Area> areas = new ArrayList<>();
        List<Position> corners = new ArrayList<>(all.stream().map(Located::at).toList());
        for (Unit township : names.townships()) {
            areas.add(area(township, all, words, corners));
        }
        return new Geography(
                bounds(corners),
                areas,
                drawn.stream()
                        .limit(MOST_SITES)
                        .map(one -> new MapPage.Site(one.site().getName(), MapPages.at(one.at())))
                        .toList(),
                Math.max(0, drawn.size() - MOST_SITES));
    }

    /** Around its sites; without any, a name at the point that the reference data has, of whatever datum: roughly there. */
    private static Area area(Unit unit, List<Located> all, Words words, List<Position> corners) {
        String name =
                words.language() == Language.ZH || unit.getNameEn().isBlank() ? unit.getNameZh() : unit.getNameEn();
        List<Position> own = all.stream()
                .filter(one -> one.isOf(unit.getUnitId()))
                .map(Located::at)
                .toList();
        if (!own.isEmpty()) {
            Position middle = new Position(
                    own.stream().mapToDouble(Position::longitude).average().orElse(0),
                    own.stream().mapToDouble(Position::latitude).average().orElse(0));
            String outline = Outline.around(own).stream().map(MapPages::at).collect(Collectors.joining(" "));
            return new Area(name, MapPages.at(middle), outline, false);
        }
        GeoPoint point = unit.getPoint();
        if (point == null || (point.getLongitude() == 0 && point.getLatitude() == 0)) {
            return new Area(name, "", "", true);
        }
        Position roughly = Position.of(point).orElseGet(() -> new Position(point.getLongitude(), point.getLatitude()));
        corners.add(roughly);
        return new Area(name, MapPages.at(roughly), "", true);
    }

    private static String bounds(List<Position> positions) {
        return positions.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.5f,%.5f,%.5f,%.5f",
                        positions.stream()
                                .mapToDouble(Position::longitude)
                                .min()
                                .orElse(0),
                        positions.stream().mapToDouble(Position::latitude).min().orElse(0),
                        positions.stream()
                                .mapToDouble(Position::longitude)
                                .max()
                                .orElse(0),
                        positions.stream().mapToDouble(Position::latitude).max().orElse(0));
    }
}
