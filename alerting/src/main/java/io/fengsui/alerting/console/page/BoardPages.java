package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.BoardPage.Cell;
import io.fengsui.alerting.console.page.BoardPage.Choice;
import io.fengsui.alerting.console.page.BoardPage.Choices;
import io.fengsui.alerting.console.page.BoardPage.Tile;
import io.fengsui.alerting.console.page.BoardPage.UnitLoad;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes board pages of what the alert board shows. */
public final class BoardPages {
    /** A page stays quick to draw, also on a telephone, when hundreds of alerts come at once. */
    private static final int ROWS = 150;

    private final AlertBoard board;
    private final ReferenceNames names;
    private final IncidentPages incidents;

    public BoardPages(AlertBoard board, ReferenceNames names) {
        this.board = board;
        this.names = names;
        this.incidents = new IncidentPages(board, names);
    }

    /** @param events where the page hears of changes */
    public BoardPage of(Frame frame, String events, Situation situation, BoardFilter filter) {
        Times times = frame.times();
        int limit = filter.all() ? Integer.MAX_VALUE : ROWS;
        List<AlertRow> rows = rows(situation, filter, times);
        List<Alert> ended = situation.ended().stream().filter(filter::matches).toList();
        int openCount = situation.open().size() + situation.foldedCount();
        int matching = (int) allOpen(situation).filter(filter::matches).count();
        return new BoardPage(
                frame,
                events,
                situation.realm(),
                filter,
                choices(filter, frame.words()),
                tiles(situation, filter),
                units(situation, filter, frame.words()),
                rows.stream().limit(limit).toList(),
                situation.open().size(),
                Math.max(0, rows.size() - limit),
                openCount - matching,
                situation.foldedCount(),
                ended.stream()
                        .limit(limit)
                        .map(alert ->
                                AlertRow.of(alert, situation.realm(), names, board.duty(), times, false, List.of()))
                        .toList(),
                ended.size());
    }

    private static Stream<Alert> allOpen(Situation situation) {
        return Stream.concat(
                situation.open().stream(), situation.folded().values().stream().flatMap(List::stream));
    }

    /**
     * What matches. An inhibited alert whose gateway does not match stands alone rather than out of sight; a gateway that is
     * just back still heads those it inhibits. Alerts of an incident stand under it.
     */
    private List<AlertRow> rows(Situation situation, BoardFilter filter, Times times) {
        List<Alert> heads = new ArrayList<>(
                situation.open().stream().filter(filter::matches).toList());
        situation.folded().forEach((outageId, alerts) -> {
            Optional<Alert> outage = board.get(situation.realm(), outageId).filter(filter::matches);
            if (outage.isEmpty()) {
                alerts.stream().filter(filter::matches).forEach(heads::add);
            } else if (!AlertBoard.isOpen(outage.get())) {
                heads.add(outage.get());
            }
        });
        heads.sort(Situation.URGENCY);
        Map<String, List<Alert>> byIncident = new HashMap<>();
        List<Head> listed = new ArrayList<>();
        for (Alert alert : heads) {
            Optional<Incident> incident = board.incidents().open(situation.realm(), alert.getIncidentId());
            if (incident.isEmpty()) {
                listed.add(new Head(alert, row(alert, situation, filter, times)));
            } else {
                byIncident
                        .computeIfAbsent(incident.get().getIncidentId(), id -> new ArrayList<>())
                        .add(alert);
            }
        }
        byIncident.forEach((id, alerts) -> board.incidents()
                .get(situation.realm(), id)
                .ifPresent(incident -> listed.add(head(incident, alerts, situation, filter, times))));
        listed.sort(Comparator.comparing(Head::urgency, Situation.URGENCY));
        return listed.stream().map(Head::row).toList();
    }

    /** @param urgency what it is sorted as */
    private record Head(Alert urgency, AlertRow row) {}

    /** An incident stands where its most urgent alert would, at its own severity. */
    private Head head(Incident incident, List<Alert> alerts, Situation situation, BoardFilter filter, Times times) {
        List<AlertRow> rows = alerts.stream()
                .map(alert -> row(alert, situation, filter, times))
                .toList();
        return new Head(
                Alert.newBuilder(alerts.get(0))
                        .setSeverity(incident.getSeverity())
                        .build(),
                incidents.row(incident, alerts, rows, situation.realm(), times));
    }

    private AlertRow row(Alert alert, Situation situation, BoardFilter filter, Times times) {
        return AlertRow.of(
                alert,
                situation.realm(),
                names,
                board.duty(),
                times,
                board.inhibitedBy(alert, times.now()).isPresent(),
                situation.folded().getOrDefault(alert.getAlertId(), List.of()).stream()
                        .filter(filter::matches)
                        .map(child ->
                                AlertRow.of(child, situation.realm(), names, board.duty(), times, true, List.of()))
                        .toList());
    }

    private static List<Tile> tiles(Situation situation, BoardFilter filter) {
        List<Tile> tiles = new ArrayList<>();
        boolean ungraded = hasUngraded(situation);
        for (Cell cell : cells(situation.open(), ungraded)) {
            String name = cell.level().name();
            boolean selected = filter.severity().equals(name);
            String url = Paths.board(situation.realm())
                    + filter.withSeverity(selected ? "" : name).query();
            tiles.add(new Tile(cell.level(), url, selected, cell.waiting(), cell.open() - cell.waiting()));
        }
        return tiles;
    }

    private List<UnitLoad> units(Situation situation, BoardFilter filter, Words words) {
        Map<String, List<Alert>> byUnit = new HashMap<>();
        for (Alert alert : situation.open()) {
            List<String> unitIds = alert.getSubject().getUnitIds();
            for (String unitId : unitIds.isEmpty() ? List.of("") : unitIds) {
                byUnit.computeIfAbsent(unitId, id -> new ArrayList<>()).add(alert);
            }
        }
        boolean ungraded = hasUngraded(situation);
        List<Map.Entry<String, List<Alert>>> worstFirst = new ArrayList<>(byUnit.entrySet());
        worstFirst.sort(Map.Entry.<String, List<Alert>>comparingByValue(
                        Comparator.comparing(alerts -> alerts.get(0), Situation.URGENCY))
                .thenComparing(Map.Entry.comparingByKey()));
        return worstFirst.stream()
                .map(unit -> load(unit.getKey(), cells(unit.getValue(), ungraded), situation.realm(), filter, words))
                .toList();
    }

    private UnitLoad load(String unitId, List<Cell> cells, Realm realm, BoardFilter filter, Words words) {
        boolean selected = !unitId.isEmpty() && filter.unit().equals(unitId);
        String name = unitId.isEmpty() ? words.of(Word.NO_UNIT) : words.of(names.name(unitId));
        String url = unitId.isEmpty()
                ? ""
                : Paths.board(realm) + filter.withUnit(selected ? "" : unitId).query();
        return new UnitLoad(unitId, name, url, selected, cells);
    }

    private static boolean hasUngraded(Situation situation) {
        return situation.open().stream().anyMatch(alert -> Level.of(alert.getSeverity()) == Level.UNKNOWN);
    }

    private static List<Cell> cells(List<Alert> alerts, boolean ungraded) {
        Map<Level, int[]> counts = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            counts.put(level, new int[2]);
        }
        for (Alert alert : alerts) {
            int[] count = counts.getOrDefault(Level.of(alert.getSeverity()), new int[2]);
            count[0]++;
            count[1] += Stage.of(alert.getState()).waiting() ? 1 : 0;
        }
        return counts.entrySet().stream()
                .filter(count -> ungraded || count.getKey() != Level.UNKNOWN)
                .map(count -> new Cell(count.getKey(), count.getValue()[0], count.getValue()[1]))
                .toList();
    }

    private Choices choices(BoardFilter filter, Words words) {
        return new Choices(
                units(names.townships(), filter, words),
                units(names.departments(), filter, words),
                Stream.of(Level.I, Level.II, Level.III, Level.IV)
                        .map(level ->
                                choice(level.name(), level.numeral() + " " + words.of(level.word()), filter.severity()))
                        .toList(),
                Stream.of(Stage.FIRING, Stage.ACKNOWLEDGED)
                        .map(stage -> choice(stage.style(), words.of(stage.word()), filter.state()))
                        .toList(),
                Feeds.all().stream()
                        .map(feed -> choice(feed.id(), words.feed(feed.id()), filter.feed()))
                        .toList());
    }

    private static List<Choice> units(List<Unit> units, BoardFilter filter, Words words) {
        return units.stream()
                .map(unit -> choice(
                        unit.getUnitId(),
                        words.language() == Language.ZH ? unit.getNameZh() : unit.getNameEn(),
                        filter.unit()))
                .toList();
    }

    private static Choice choice(String value, String label, String selected) {
        return new Choice(value, label, value.equals(selected));
    }
}
