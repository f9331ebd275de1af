package io.fengsui.alerting.console.page;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.ReportsPage.Kind;
import io.fengsui.alerting.console.page.ReportsPage.Row;
import io.fengsui.alerting.figures.Figures;
import io.fengsui.alerting.figures.MonthFigures;
import io.fengsui.reference.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows of the monthly figures somebody may see: all, or that of his own unit or department. */
public final class ReportRows {
    private static final Figures NONE = Figures.of(List.of(), Instant.EPOCH);

    private ReportRows() {}

    public static List<Row> of(MonthFigures month, ReferenceNames names, Visitor visitor, Words words) {
        return switch (visitor.reach(Act.READ_FIGURES)) {
            case NONE -> List.of();
            case OWN -> own(month, names, visitor, words);
            case ALL -> all(month, names, words);
        };
    }

    private static List<Row> own(MonthFigures month, ReferenceNames names, Visitor visitor, Words words) {
        boolean unit =
                visitor.user().map(User::role).filter(Role.UNIT_OFFICER::equals).isPresent();
        return visitor.user().flatMap(User::unit).stream()
                .map(id -> unit
                        ? row(Kind.UNIT, id, month.units(), names, words)
                        : row(Kind.DEPARTMENT, id, month.departments(), names, words))
                .toList();
    }

    private static List<Row> all(MonthFigures month, ReferenceNames names, Words words) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(Kind.CITY, words.of(ReportWord.CITY_TOTAL), "", month.city()));
        ids(names.townships(), month.units()).forEach(id -> rows.add(row(Kind.UNIT, id, month.units(), names, words)));
        ids(names.departments(), month.departments())
                .forEach(id -> rows.add(row(Kind.DEPARTMENT, id, month.departments(), names, words)));
        if (month.nobodys().events() > 0) {
            rows.add(new Row(Kind.NOBODY, words.of(ReportWord.NOBODYS), "", month.nobodys()));
        }
        return rows;
    }

    /** Those of the reference data in its order, then those that are no longer there. */
    private static Set<String> ids(List<Unit> known, Map<String, Figures> figures) {
        Set<String> ids =
                new LinkedHashSet<>(known.stream().map(Unit::getUnitId).toList());
        ids.addAll(figures.keySet());
        return ids;
    }

    private static Row row(Kind kind, String id, Map<String, Figures> figures, ReferenceNames names, Words words) {
        return new Row(kind, words.of(names.name(id)), id, figures.getOrDefault(id, NONE));
    }
}
