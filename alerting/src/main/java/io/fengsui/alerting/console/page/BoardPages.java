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

    /** Under one row; its own page lists more. */
    private static final int FOLDED = 10;

    /** Also for whoever asks for all: a browser takes a minute for a hundred thousand. */
    private static final int MOST_ROWS = 1_000;

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
        int limit = filter.all() ? MOST_ROWS : ROWS;
        List<Head> heads = heads(situation, filter);
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
                heads.stream()
                        .limit(limit)
                        .map(head -> row(head, situation, filter, times))
                        .toList(),
                situation.open().size(),
                Math.max(0, heads.size() - limit),
                openCount - matching,
                situation.foldedCount(),
                ended.stream()
                        .limit(limit)
                        .map(alert -> AlertRow.of(alert, situation.realm(), names, board.duty(), times, false))
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
    private List<Head> heads(Situation situation, BoardFilter filter) {
        List<Alert> alone = new ArrayList<>(
                situation.open().stream().filter(filter::matches).toList());
        situation.folded().forEach((outageId, alerts) -> {
            Optional<Alert> outage = board.get(situation.realm(), outageId).filter(filter::matches);
            if (outage.isEmpty()) {
                alerts.stream().filter(filter::matches).forEach(alone::add);
            } else if (!AlertBoard.isOpen(outage.get())) {
                alone.add(outage.get());
            }
        });
        alone.sort(Situation.URGENCY);
        Map<String, Head> byIncident = new HashMap<>();
        List<Head> heads = new ArrayList<>();
        for (Alert alert : alone) {
            Optional<Incident> incident = board.incidents().open(situation.realm(), alert.getIncidentId());
            if (incident.isEmpty()) {
                heads.add(new Head(alert, incident, List.of(alert)));
            } else {
                byIncident
                        .computeIfAbsent(incident.get().getIncidentId(), id -> Head.of(incident.get(), alert))
                        .alerts()
                        .add(alert);
            }
        }
        heads.addAll(byIncident.values());
        heads.sort(Comparator.comparing(Head::urgency, Situation.URGENCY));
        return heads;
    }

    /**
     * What a row is about; it is made only if it is shown.
     *
     * @param urgency what it is sorted as
     * @param alerts one, or those of the incident that match
     */
    private record Head(Alert urgency, Optional<Incident> incident, List<Alert> alerts) {

        /** An incident stands where its most urgent alert would, at its own severity. */
        static Head of(Incident incident, Alert mostUrgent) {
            return new Head(
                    Alert.newBuilder(mostUrgent)
                            .setSeverity(incident.getSeverity())
                            .build(),
                    Optional.of(incident),
                    new ArrayList<>());
        }
    }

    private AlertRow row(Head head, Situation situation, BoardFilter filter, Times times) {
        if (head.incident().isEmpty()) {
            return row(head.urgency(), situation, filter, times);
        }
        List<AlertRow> rows = head.alerts().stream()
                .limit(FOLDED)
                .map(alert -> row(alert, situation, filter, times))
                .toList();
        return incidents.row(head.incident().get(), head.alerts(), rows, situation.realm(), times);
    }

    private AlertRow row(Alert alert, Situation situation, BoardFilter filter, Times times) {
        List<Alert> folded = situation.folded().getOrDefault(alert.getAlertId(), List.of()).stream()
                .filter(filter::matches)
                .toList();
        return AlertRow.of(
                alert,
                situation.realm(),
                names,
                board.duty(),
                times,
                board.inhibitedBy(alert, times.now()).isPresent(),
                folded.stream()
                        .limit(FOLDED)
                        .map(child -> AlertRow.of(child, situation.realm(), names, board.duty(), times, true))
                        .toList(),
                folded.size());
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
