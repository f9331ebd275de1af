package io.fengsui.seeds;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** sites.csv: places that devices watch. */
final class SiteTable {
    static final String FILE = "sites.csv";
    static final List<String> COLUMNS = List.of(
            "siteId", "name", "kind", "grade", "unitIds", "longitude", "latitude", "datum", "validFrom", "validTo");

    /** GB 18218: 1 is the gravest. */
    private static final Set<String> GRADES = Set.of("1", "2", "3", "4");

    private static final int MOST_UNITS = 2;

    private SiteTable() {}

    static Rows<Site> read(Path directory, Optional<City> city, Map<String, Located<Unit>> units, Problems problems) {
        CsvTable table = CsvTable.read(directory, FILE, COLUMNS, problems);
        return Rows.read(table, "siteId", row -> site(row, city, units), Site::getSiteId, Dated.SITE);
    }

    private static Site site(CsvRow row, Optional<City> city, Map<String, Located<Unit>> units) {
        SiteKind kind = row.symbol("kind", SiteKind.class, k -> k != SiteKind.UNKNOWN && k != SiteKind.NONE);
        checkGrade(row, kind == SiteKind.MAJOR_HAZARD);
        List<String> unitIds = row.list("unitIds");
        if (unitIds.isEmpty() || unitIds.size() > MOST_UNITS) {
            row.error("unitIds", "found " + unitIds.size() + " units, expected one, or two separated by ';'");
        }
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        unitIds.forEach(id -> References.unitInCharge(row, "unitIds", id, from, to, units));
        return Site.newBuilder()
                .setSiteId(row.id("siteId"))
                .setName(row.required("name"))
                .setKind(kind == null ? SiteKind.UNKNOWN : kind)
                .setGrade(row.optional("grade"))
                .setUnitIds(unitIds)
                .setPoint(City.point(row, city, false))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private static void checkGrade(CsvRow row, boolean hazard) {
        String grade = row.text("grade");
        if (hazard && !GRADES.contains(grade)) {
            row.error("grade", "found " + Problems.shown(grade) + ", expected 1, 2, 3 or 4 for a major hazard source");
        } else if (!hazard && !grade.isEmpty()) {
            row.error(
                    "grade", "found " + Problems.shown(grade) + ", expected none: only a major hazard source has one");
        }
    }
}
