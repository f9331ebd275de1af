package io.fengsui.seeds;

import org.jspecify.annotations.Nullable;

/**
 * A parameter as a rule file declares it.
 *
 * @param feed feed of the file
 * @param defaultValue holds where reference data sets none; null: then there is no value
 * @param min smallest value taken
 * @param max largest value taken
 * @param atLeast parameter that this one must not be below, as the alarm level its warn level
 */
record DeclaredParameter(
        String name,
        String feed,
        @Nullable Double defaultValue,
        double min,
        double max,
        @Nullable String atLeast) {}
