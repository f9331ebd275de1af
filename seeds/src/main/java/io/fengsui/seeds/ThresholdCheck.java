package io.fengsui.seeds;

import io.fengsui.reference.Parameter;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.Located;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses a level on the wrong side of the level that it must not be below (an alarm below its warning), as it would
 * hold for a device once site, unit, city and default values are resolved. What has no value is on the wrong side of nothing.
 */
final class ThresholdCheck {
    private final Map<String, DeclaredParameter> declared;
    private final Set<CsvRow> refused = new HashSet<>();

    ThresholdCheck(Map<String, DeclaredParameter> declared) {
        this.declared = declared;
    }

    /** Looks at the values of one day; a row is refused once, however many days it is wrong on. */
    void run(ResolvedParameters values) {
        for (DeclaredParameter upper : declared.values()) {
            DeclaredParameter floor = upper.atLeast() == null ? null : declared.get(upper.atLeast());
            if (floor == null) {
                continue;
            }
            for (Located<Parameter> row : values.rows()) {
                String name = row.value().getName();
                if (name.equals(upper.name()) || (name.equals(floor.name()) && !values.sets(row.value(), upper))) {
                    check(values, row, upper, floor);
                }
            }
        }
    }

    /** Judged where the more specific half of a pair stands; if both stand there, at the upper one. */
    private void check(
            ResolvedParameters values, Located<Parameter> row, DeclaredParameter upper, DeclaredParameter floor) {
        Double value = values.resolve(row.value().getScope(), row.value().getId(), upper);
        Double least = values.resolve(row.value().getScope(), row.value().getId(), floor);
        if (value != null && least != null && value < least && refused.add(row.row())) {
            row.row()
                    .error(
                            "value",
                            "found " + upper.name() + " " + value + ", expected it not below " + floor.name()
                                    + ", which is " + least + " here");
        }
    }
}
