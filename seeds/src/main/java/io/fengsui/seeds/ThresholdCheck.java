package io.fengsui.seeds;

import io.fengsui.reference.Parameter;
import io.fengsui.seeds.csv.Located;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a level on the wrong side of the level that it must not be below (an alarm below its warning), as it would
 * hold for a device once site, unit, city and default values are resolved. What has no value is on the wrong side of nothing.
 */
final class ThresholdCheck {
    private final Map<String, Located<Parameter>> parameters;
    private final ResolvedParameters values;

    ThresholdCheck(Map<String, Located<Parameter>> parameters, ResolvedParameters values) {
        this.parameters = parameters;
        this.values = values;
    }

    void run(Map<String, DeclaredParameter> declared) {
        for (DeclaredParameter upper : declared.values()) {
            DeclaredParameter floor = upper.atLeast() == null ? null : declared.get(upper.atLeast());
            if (floor == null) {
                continue;
            }
            for (Located<Parameter> row : List.copyOf(parameters.values())) {
                String name = row.value().getName();
                if (name.equals(upper.name()) || (name.equals(floor.name()) && find(row.value(), upper) == null)) {
                    check(row, upper, floor);
                }
            }
        }
    }

    /** Judged where the more specific half of a pair stands; if both stand there, at the upper one. */
    private void check(Located<Parameter> row, DeclaredParameter upper, DeclaredParameter floor) {
        Double value = values.resolve(row.value().getScope(), row.value().getId(), upper);
        Double least = values.resolve(row.value().getScope(), row.value().getId(), floor);
        if (value != null && least != null && value < least) {
            row.row()
                    .error(
                            "value",
                            "found " + upper.name() + " " + value + ", expected it not below " + floor.name()
                                    + ", which is " + least + " here");
        }
    }

    /** The value that the row's own place sets, or null. */
    private @Nullable Located<Parameter> find(Parameter at, DeclaredParameter parameter) {
        return parameters.get(SeedSet.key(at.getScope(), at.getId(), parameter.name()));
    }
}
