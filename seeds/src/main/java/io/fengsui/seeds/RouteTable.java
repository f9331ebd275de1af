package io.fengsui.seeds;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Route;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** routes.csv: who reads a feed. */
final class RouteTable {
    static final String FILE = "routes.csv";

    private static final List<String> SITE_KINDS = Stream.concat(
                    Stream.of(SeedSet.ANY),
                    Arrays.stream(SiteKind.values())
                            .filter(k -> k != SiteKind.UNKNOWN)
                            .map(Enum::name))
            .toList();

    private RouteTable() {}

    static Rows<Route> read(Path directory, Map<String, Located<Unit>> units, Problems problems) {
        CsvTable table = CsvTable.read(
                directory,
                FILE,
                List.of("feed", "siteKind", "toUnits", "departmentIds", "note"),
                Validity.COLUMNS,
                problems);
        Rows<Route> routes = Rows.read(table, "feed", row -> route(row, units), SeedSet::key, Dated.ROUTE);
        for (Feed<?> feed : Feeds.all()) {
            if (routes.of(feed.id() + "|" + SeedSet.ANY).isEmpty() && problems.isComplete(FILE)) {
                problems.warning(
                        FILE,
                        1,
                        "feed",
                        "no row " + feed.id() + ",*: events of sites without a row of their kind will be unrouted");
            }
        }
        return routes;
    }

    private static Route route(CsvRow row, Map<String, Located<Unit>> units) {
        References.feed(row, "feed", row.text("feed"));
        String siteKind = row.text("siteKind");
        if (!SITE_KINDS.contains(siteKind)) {
            row.error(
                    "siteKind",
                    "found " + Problems.shown(siteKind) + ", expected one of "
                            + SITE_KINDS.stream().collect(Collectors.joining(", ")));
        }
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        List<String> departments = row.list("departmentIds");
        for (String id : departments) {
            References.find(row, "departmentIds", id, units, UnitTable.FILE).ifPresent(unit -> {
                if (unit.getKind() != UnitKind.DEPARTMENT) {
                    row.error("departmentIds", "found " + Problems.shown(id) + ", expected a unit of kind DEPARTMENT");
                }
                References.within(row, "departmentIds", from, to, unit);
            });
        }
        boolean toUnits = row.flag("toUnits");
        if (!toUnits && departments.isEmpty()) {
            row.error("toUnits", "nobody reads this, expected true or at least one department");
        }
        return Route.newBuilder()
                .setFeed(row.text("feed"))
                .setSiteKind(siteKind)
                .setToUnits(toUnits)
                .setDepartmentIds(departments)
                .setNote(row.text("note"))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }
}
