package io.fengsui.seeds;

import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

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
    static void unitInCharge(CsvRow row, String column, String id, Map<String, Located<Unit>> units) {
        find(row, column, id, units, UnitTable.FILE)
                .map(Unit::getKind)
                .filter(kind -> !Topics.hasTownshipTopics(kind))
                .ifPresent(kind -> row.error(
                        column,
                        "found " + Problems.shown(id) + " of kind " + kind
                                + ", expected a TOWNSHIP, ZONE, OFFICE or AREA"));
    }
}
