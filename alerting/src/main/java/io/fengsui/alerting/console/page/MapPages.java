package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.board.ReferenceSites;
import io.fengsui.alerting.console.page.BoardPage.Choice;
import io.fengsui.alerting.console.page.MapFilter.Box;
import io.fengsui.alerting.console.page.MapPage.Geography;
import io.fengsui.alerting.console.page.MapPage.Item;
import io.fengsui.alerting.console.page.MapPage.Place;
import io.fengsui.alerting.incident.Position;
import io.fengsui.reference.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes maps. However many alerts there are, a page has at most {@value #MOST_PLACES} marks: alerts of one place are one, and
 * where there are more places than that, alerts within a square are one, the smallest square that is enough.
 */
public final class MapPages {
    static final int MOST_PLACES = 300;
    private static final int ITEMS = 4;
    private static final int ITEMS_OF_AREA = 100;
    private static final int NOWHERE = 100;
    private static final int METRES_A_DEGREE = 111_320;

    /** Sides of the squares, degrees; the first is about a metre: one place. */
    private static final double[] SQUARES = {0.00001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1, 10, 180};

    private final ReferenceNames names;
    private final ReferenceSites sites;

    public MapPages(ReferenceNames names, ReferenceSites sites) {
        this.names = names;
        this.sites = sites;
    }

    /**
     * @param events where the page hears of changes
     * @param whole whether units and sites are wanted too
     */
    public MapPage of(Frame frame, String events, Situation situation, MapFilter filter, boolean whole) {
        Times times = frame.times();
        Words words = frame.words();
        List<Alert> nowhere = new ArrayList<>();
        List<Placed> placed = new ArrayList<>();
        for (BoardEntry entry : situation.open()) {
            Alert alert = entry.alert();
            if (filter.alerts().matches(alert)) {
                position(alert, times.now())
                        .ifPresentOrElse(at -> placed.add(new Placed(alert, at)), () -> nowhere.add(alert));
            }
        }
        List<Placed> inside = placed.stream()
                .filter(one -> filter.box().map(box -> box.holds(one.at())).orElse(true))
                .toList();
        return new MapPage(
                frame,
                events,
                situation.realm(),
                filter,
                units(names.townships(), filter, words),
                units(names.departments(), filter, words),
                Stream.of(Level.I, Level.II, Level.III, Level.IV)
                        .map(level -> new Choice(
                                level.name(),
                                level.numeral() + " " + words.of(level.word()),
                                level.name().equals(filter.alerts().severity())))
                        .toList(),
                situation.open().size(),
                situation.foldedCount(),
                places(inside, situation, filter, times),
                filter.box().isPresent()
                        ? List.of()
                        : nowhere.stream()
                                .limit(NOWHERE)
                                .map(alert -> item(alert, situation, times))
                                .toList(),
                filter.box().isPresent() ? 0 : nowhere.size(),
                whole ? geography(filter, times) : Geography.NONE);
    }

    private record Placed(Alert alert, Position at) {}

    /** Where the alert says it is, else where its site is. */
    private Optional<Position> position(Alert alert, Instant now) {
        io.fengsui.event.Place place = alert.getSubject().getPlace();
        return place == null
                ? Optional.empty()
                : Position.of(place.getPoint())
                        .or(() -> sites.site(place.getSiteId(), now).flatMap(site -> Position.of(site.getPoint())));
    }

    /** Alerts come most urgent first, and so do their places. */
    private List<Place> places(List<Placed> placed, Situation situation, MapFilter filter, Times times) {
        for (double square : SQUARES) {
            Map<String, List<Placed>> groups = new LinkedHashMap<>();
            for (Placed one : placed) {
                String key = Math.floor(one.at().longitude() / square) + "|"
                        + Math.floor(one.at().latitude() / square);
                groups.computeIfAbsent(key, of -> new ArrayList<>()).add(one);
            }
            if (groups.size() <= MOST_PLACES) {
                return groups.values().stream()
                        .map(group -> place(group, square, situation, filter, times))
                        .toList();
            }
        }
        throw new IllegalStateException("the last square is the world");
    }

    private Place place(List<Placed> group, double square, Situation situation, MapFilter filter, Times times) {
        Position at = group.get(0).at();
        Box box = box(group);
        int limit = filter.box().isPresent() ? ITEMS_OF_AREA : ITEMS;
        boolean hides = group.size() > limit && filter.box().isEmpty();
        int waiting = (int) group.stream()
                .filter(one -> Stage.of(one.alert().getState()).waiting())
                .count();
        boolean spread = box.east() - box.west() > 3 * SQUARES[0] || box.north() - box.south() > 3 * SQUARES[0];
        return new Place(
                "p" + Integer.toHexString((at.longitude() + "," + at.latitude()).hashCode()),
                at(at),
                group.stream()
                        .map(one -> Level.of(one.alert().getSeverity()))
                        .min(Comparator.naturalOrder())
                        .orElse(Level.UNKNOWN),
                waiting > 0,
                group.stream().anyMatch(one -> one.alert().getLifeSafety()),
                name(group.get(0).alert()),
                spread ? times.words().of(MapWord.MAP_AREA, Math.round(square * METRES_A_DEGREE)) : "",
                group.size(),
                waiting,
                group.stream()
                        .limit(limit)
                        .map(one -> item(one.alert(), situation, times))
                        .toList(),
                hides
                        ? Paths.map(situation.realm())
                                + filter.within(Optional.of(box)).query()
                        : "");
    }

    /** Around a group, with a metre to spare for rounding. */
    private static Box box(List<Placed> group) {
        double west = 180;
        double south = 90;
        double east = -180;
        double north = -90;
        for (Placed one : group) {
            west = Math.min(west, one.at().longitude());
            east = Math.max(east, one.at().longitude());
            south = Math.min(south, one.at().latitude());
            north = Math.max(north, one.at().latitude());
        }
        return new Box(west - SQUARES[0], south - SQUARES[0], east + SQUARES[0], north + SQUARES[0]);
    }

    private static String name(Alert alert) {
        io.fengsui.event.Place place = alert.getSubject().getPlace();
        String site = place == null ? null : place.getSiteName();
        return site == null || site.isBlank() ? alert.getSubject().getName() : site;
    }

    private Item item(Alert alert, Situation situation, Times times) {
        return new Item(
                Paths.alert(situation.realm(), alert.getAlertId()),
                Level.of(alert.getSeverity()),
                Stage.of(alert.getState()),
                times.words().of(alert.getTitle()),
                alert.getSubject().getName(),
                AlertRow.names(alert.getSubject().getUnitIds(), names, times.words()),
                times.age(alert.getStartedAt()));
    }

    private Geography geography(MapFilter filter, Times times) {
        return new CityDrawing(names, sites).of(filter.alerts().unit(), times.now(), times.words());
    }

    private static List<Choice> units(List<Unit> units, MapFilter filter, Words words) {
        return units.stream()
                .map(unit -> new Choice(
                        unit.getUnitId(),
                        words.language() == Language.ZH ? unit.getNameZh() : unit.getNameEn(),
                        unit.getUnitId().equals(filter.alerts().unit())))
                .toList();
    }

    /** As the page writes positions: to a metre. */
    static String at(Position position) {
        return String.format(Locale.ROOT, "%.5f,%.5f", position.longitude(), position.latitude());
    }
}
