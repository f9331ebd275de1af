package io.fengsui.streams.rule;

import org.jspecify.annotations.Nullable;

/**
 * A number that a rule file names and reference data may set for a device, a site, a unit or the city.
 *
 * @param defaultValue value where the reference data sets none, in {@code unit}; null: there is none then, and what looks at
 *     it is unknown
 * @param unit unit of all values, for people
 * @param min smallest value taken
 * @param max largest value taken
 * @param atLeast other parameter that this one must not be below, such as the warning level of an alarm level
 */
public record Param(
        String name,
        Words title,
        @Nullable Double defaultValue,
        String unit,
        double min,
        double max,
        @Nullable String atLeast) {

    /** What holds for the device of the facts, or null. */
    @Nullable
    Double value(Facts facts) {
        Double set = facts.parameters().find(this);
        return set != null ? set : defaultValue;
    }

    public boolean takes(double value) {
        return value >= min && value <= max;
    }
}
