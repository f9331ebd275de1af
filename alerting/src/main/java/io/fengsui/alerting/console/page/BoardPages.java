package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.BoardEntry;
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
        Listing listing = listing(situation, filter, limit);
        List<Alert> ended = situation.ended().stream().filter(filter::matches).toList();
        return new BoardPage(
                frame,
                events,
                situation.realm(),
                filter,
                choices(filter, frame.words()),
                tiles(situation, filter),
                units(situation, filter, frame.words()),
                listing.first().stream()
                        .map(head -> row(head, situation, filter, times))
                        .toList(),
                situation.open().size(),
                listing.count() - listing.first().size(),
                unmatched(situation, filter),
                situation.foldedCount(),
                ended.stream()
                        .limit(limit)
                        .map(alert -> AlertRow.of(alert, situation.realm(), names, board.duty(), times, false))
                        .toList(),
                ended.size());
    }

    /**
     * What matches, without those that stand under it. An inhibited alert whose gateway does not match stands alone rather than out
     * of sight; a gateway that is just back still heads those it inhibits.
     */
    private List<BoardEntry> unfolded(Situation situation, BoardFilter filter) {
        List<BoardEntry> set = filter.narrows()
                ? situation.open().stream().filter(filter::matches).toList()
                : situation.open();
        List<BoardEntry> freed = new ArrayList<>();
        situation.folded().forEach((outageId, entries) -> {
            Optional<Alert> outage = board.get(situation.realm(), outageId).filter(filter::matches);
            if (outage.isEmpty()) {
                entries.stream().filter(filter::matches).forEach(freed::add);
            } else if (!AlertBoard.isOpen(outage.get())) {
                freed.add(BoardEntry.of(outage.get()));
            }
        });
        return freed.isEmpty()
                ? set
                : Stream.concat(set.stream(), freed.stream())
                        .sorted(BoardEntry.URGENCY)
                        .toList();
    }

    /**
     * What a page lists.
     *
     * @param first of the heads, the most urgent first
     * @param count of all heads
     */
    private record Listing(List<Head> first, int count) {}

    /** Alerts of an incident stand under it, the others alone. */
    private Listing listing(Situation situation, BoardFilter filter, int limit) {
        Map<String, Optional<Head>> byIncident = new HashMap<>();
        List<Head> alone = new ArrayList<>();
        int count = 0;
        for (BoardEntry entry : unfolded(situation, filter)) {
            String incidentId = entry.incidentId();
            Optional<Head> incident = incidentId == null
                    ? Optional.empty()
                    : byIncident.computeIfAbsent(incidentId, id -> head(situation.realm(), id, entry));
            if (incident.isPresent()) {
                incident.get().alerts().add(entry.alert());
            } else if (count++ < limit) {
                alone.add(Head.alone(entry));
            }
        }
        List<Head> heads =
                byIncident.values().stream().flatMap(Optional::stream).toList();
        return new Listing(
                Stream.concat(alone.stream(), heads.stream())
                        .sorted(Head.URGENCY)
                        .limit(limit)
                        .toList(),
                count + heads.size());
    }

    /** An incident stands where its most urgent alert would, at its own severity; none if it is no longer open. */
    private Optional<Head> head(Realm realm, String incidentId, BoardEntry mostUrgent) {
        return board.incidents()
                .open(realm, incidentId)
                .map(incident -> new Head(
                        mostUrgent.rankAs(incident.getSeverity()),
                        mostUrgent.alert(),
                        Optional.of(incident),
                        new ArrayList<>()));
    }

    /**
     * What a row is about.
     *
     * @param rank what it is sorted by
     * @param alert the only one or the most urgent
     * @param alerts one, or those of the incident that match
     */
    private record Head(long rank, Alert alert, Optional<Incident> incident, List<Alert> alerts) {
        private static final Comparator<Head> URGENCY = Comparator.comparingLong(Head::rank)
                .thenComparing(head -> head.alert().getAlertId());

        static Head alone(BoardEntry entry) {
            return new Head(entry.rank(), entry.alert(), Optional.empty(), List.of(entry.alert()));
        }
    }

    private AlertRow row(Head head, Situation situation, BoardFilter filter, Times times) {
        if (head.incident().isEmpty()) {
            return row(head.alert(), situation, filter, times);
        }
        List<AlertRow> rows = head.alerts().stream()
                .limit(FOLDED)
                .map(alert -> row(alert, situation, filter, times))
                .toList();
        return incidents.row(head.incident().get(), head.alerts(), rows, situation.realm(), times);
    }

    private AlertRow row(Alert alert, Situation situation, BoardFilter filter, Times times) {
        List<Alert> folded = situation.folded().getOrDefault(alert.getAlertId(), List.of()).stream()
                .map(BoardEntry::alert)
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

    private static int unmatched(Situation situation, BoardFilter filter) {
        return !filter.narrows()
                ? 0
                : (int) Stream.concat(
                                situation.open().stream(),
                                situation.folded().values().stream().flatMap(List::stream))
                        .filter(entry -> !filter.matches(entry))
                        .count();
    }

    private static List<Tile> tiles(Situation situation, BoardFilter filter) {
        List<Tile> tiles = new ArrayList<>();
        for (Cell cell : situation.counts().all()) {
            String name = cell.level().name();
            boolean selected = filter.severity().equals(name);
            String url = Paths.board(situation.realm())
                    + filter.withSeverity(selected ? "" : name).query();
            tiles.add(new Tile(cell.level(), url, selected, cell.waiting(), cell.open() - cell.waiting()));
        }
        return tiles;
    }

    private List<UnitLoad> units(Situation situation, BoardFilter filter, Words words) {
        return situation.counts().units().stream()
                .map(unitId -> load(unitId, situation, filter, words))
                .toList();
    }

    private UnitLoad load(String unitId, Situation situation, BoardFilter filter, Words words) {
        boolean selected = !unitId.isEmpty() && filter.unit().equals(unitId);
        String name = unitId.isEmpty() ? words.of(Word.NO_UNIT) : words.of(names.name(unitId));
        String url = unitId.isEmpty()
                ? ""
                : Paths.board(situation.realm())
                        + filter.withUnit(selected ? "" : unitId).query();
        return new UnitLoad(unitId, name, url, selected, situation.counts().of(unitId));
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
