package io.fengsui.seeds;

import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** First and last day of a row, in Shanghai; without one there is no such limit. */
public final class Validity {
    /** Columns that a table whose rows have no days may leave out. */
    static final List<String> COLUMNS = List.of("validFrom", "validTo");

    private Validity() {}

    public static boolean includes(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** Whether a row itself, not what its record says of other days, holds on a day. */
    static <T> boolean includes(Dated<T> dated, T row, LocalDate day) {
        return includes(dated.from().apply(row), dated.to().apply(row), day);
    }

    /** The row of a record that holds on a day, or null. */
    public static <T> @Nullable T on(Dated<T> dated, T record, LocalDate day) {
        return dated.rows(record).stream()
                .filter(row -> includes(dated, row, day))
                .findFirst()
                .orElse(null);
    }

    static <T> boolean always(Dated<T> dated, T row) {
        return dated.from().apply(row) == null && dated.to().apply(row) == null;
    }

    /** Whether the days of a row could be read, so that they may be compared with another's. */
    static boolean areKnown(CsvRow row) {
        LocalDate from = row.readableDate("validFrom");
        LocalDate to = row.readableDate("validTo");
        return (from != null || row.text("validFrom").isEmpty())
                && (to != null || row.text("validTo").isEmpty())
                && (from == null || to == null || !to.isBefore(from));
    }

    static <T> boolean overlap(Dated<T> dated, T a, T b) {
        return !first(dated, a).isAfter(last(dated, b)) && !first(dated, b).isAfter(last(dated, a));
    }

    static <T> LocalDate first(Dated<T> dated, T row) {
        return Objects.requireNonNullElse(dated.from().apply(row), LocalDate.MIN);
    }

    static <T> LocalDate last(Dated<T> dated, T row) {
        return Objects.requireNonNullElse(dated.to().apply(row), LocalDate.MAX);
    }

    /** {@code from 2026-01-01 to ever}. */
    static <T> String days(Dated<T> dated, T row) {
        return days(dated.from().apply(row), dated.to().apply(row));
    }

    static String days(@Nullable LocalDate from, @Nullable LocalDate to) {
        return "from " + (from == null ? "ever" : from) + " to " + (to == null ? "ever" : to);
    }

    static void check(CsvRow row, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            row.error(
                    "validTo",
                    "found " + to + ", expected a day not before validFrom " + from
                            + ": a row that holds on one day has the same day in both");
        }
    }
}
