package io.fengsui.seeds;

import io.fengsui.seeds.csv.CsvRow;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** First and last day of a row, in Shanghai; without one there is no such limit. */
public final class Validity {

    private Validity() {}

    public static boolean includes(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    static void check(CsvRow row, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            row.error("validTo", "found " + to + ", expected a day not before validFrom " + from);
        }
    }
}
