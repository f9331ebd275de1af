package io.fengsui.seeds;

import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that what a row names is there. */
final class References {

    private References() {}

    /** What an id stands for; one that the other file has not is told, if that file was read whole. */
    static <T> Optional<T> find(CsvRow row, String column, String id, Map<String, Located<T>> known, String file) {
        Located<T> found = known.get(id);
        if (found == null && row.canBeHeldTo(file)) {
            row.error(
                    column,
                    "found " + Problems.shown(id) + ", expected an id of " + file
                            + Problems.suggestion(id, known.keySet()));
        }
        return Optional.ofNullable(found).map(Located::value);
    }

    static void feed(CsvRow row, String column, String id) {
        if (Feeds.byId(id).isEmpty()) {
            Collection<String> feeds = Feeds.all().stream().map(Feed::id).toList();
            row.error(
                    column,
                    "found " + Problems.shown(id) + ", expected one of " + String.join(", ", feeds)
                            + Problems.suggestion(id, feeds));
        }
    }

    /** A unit that has topics of its own, and so can be in charge. */
    static Optional<Unit> unitInCharge(CsvRow row, String column, String id, Map<String, Located<Unit>> units) {
        Optional<Unit> found = find(row, column, id, units, UnitTable.FILE);
        found.map(Unit::getKind)
                .filter(kind -> !Topics.hasTownshipTopics(kind))
                .ifPresent(kind -> row.error(
                        column,
                        "found " + Problems.shown(id) + " of kind " + kind
                                + ", expected a TOWNSHIP, ZONE, OFFICE or AREA"));
        return found;
    }

    /** A unit that can be in charge, on all days of the row that names it. */
    static void unitInCharge(
            CsvRow row,
            String column,
            String id,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Map<String, Located<Unit>> units) {
        unitInCharge(row, column, id, units).ifPresent(unit -> within(row, column, from, to, unit));
    }

    /** A row must not name a unit on days on which there is none: its events would reach nobody. */
    static void within(CsvRow row, String column, @Nullable LocalDate from, @Nullable LocalDate to, Unit unit) {
        LocalDate first = unit.getValidFrom();
        LocalDate last = unit.getValidTo();
        boolean begins = first == null || (from != null && !from.isBefore(first));
        boolean ends = last == null || (to != null && !to.isAfter(last));
        if (!begins || !ends) {
            row.error(
                    column,
                    "found " + Problems.shown(unit.getUnitId()) + " " + Validity.days(from, to)
                            + ", but there is such a unit " + Validity.days(first, last)
                            + " only; expected validFrom and validTo within these days, and a row with the unit in"
                            + " charge for the others");
        }
    }
}
