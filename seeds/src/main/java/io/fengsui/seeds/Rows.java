package io.fengsui.seeds;

import io.fengsui.schema.reference.Dated;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rows of a table whose keys may stand for one thing on some days and for another on others. Order is that of the files. */
final class Rows<T> {
    private final Map<String, List<Located<T>>> byKey;
    private final Dated<T> dated;

    private Rows(Map<String, List<Located<T>>> byKey, Dated<T> dated) {
        this.byKey = byKey;
        this.dated = dated;
    }

    /** Reads every row; two of a key on the same day are an error on the later of them. */
    static <T> Rows<T> read(
            CsvTable table, String keyColumn, Function<CsvRow, T> read, Function<T, String> key, Dated<T> dated) {
        Map<String, List<Located<T>>> byKey = new LinkedHashMap<>();
        for (CsvRow row : table.rows()) {
            T value = read.apply(row);
            byKey.computeIfAbsent(key.apply(value), k -> new ArrayList<>(1)).add(new Located<>(row, value));
        }
        Rows<T> rows = new Rows<>(byKey, dated);
        byKey.forEach((id, ofKey) -> rows.checkOverlaps(keyColumn, id, ofKey));
        return rows;
    }

    private void checkOverlaps(String keyColumn, String key, List<Located<T>> rows) {
        for (int i = 1; i < rows.size(); i++) {
            Located<T> row = rows.get(i);
            rows.subList(0, i).stream()
                    .filter(former -> Validity.areKnown(former.row()) && Validity.areKnown(row.row()))
                    .filter(former -> Validity.overlap(dated, former.value(), row.value()))
                    .findFirst()
                    .ifPresent(former -> tellOverlap(keyColumn, key, row, former));
        }
    }

    private void tellOverlap(String keyColumn, String key, Located<T> row, Located<T> former) {
        String where = row.row().placeOf(former.row());
        if (Validity.always(dated, row.value()) && Validity.always(dated, former.value())) {
            row.row()
                    .error(
                            keyColumn,
                            "found " + Problems.shown(key) + " again, expected it once: it stands in " + where
                                    + " already; rows of other days have validFrom or validTo");
        } else {
            row.row()
                    .error(
                            "validFrom",
                            Problems.shown(key) + " is valid here " + Validity.days(dated, row.value()) + " and in "
                                    + where + " " + Validity.days(dated, former.value())
                                    + ", expected days that do not overlap: end the earlier row on the day before"
                                    + " the later one begins");
        }
    }

    /** The row of the last days of each key, for what is the same on all days. */
    Map<String, Located<T>> last() {
        Map<String, Located<T>> last = new LinkedHashMap<>();
        Comparator<Located<T>> byDays = Comparator.comparing(row -> Validity.first(dated, row.value()));
        byKey.forEach((key, rows) -> last.put(key, Collections.max(rows, byDays)));
        return last;
    }

    /** The row of each key that has one on a day. */
    Map<String, Located<T>> on(LocalDate day) {
        Map<String, Located<T>> of = new LinkedHashMap<>();
        byKey.forEach((key, rows) -> rows.stream()
                .filter(row -> Validity.includes(dated, row.value(), day))
                .findFirst()
                .ifPresent(row -> of.put(key, row)));
        return of;
    }

    /** All rows of a key; none if there is no such key. */
    List<Located<T>> of(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    Stream<Located<T>> all() {
        return byKey.values().stream().flatMap(List::stream);
    }

    Stream<List<Located<T>>> keys() {
        return byKey.values().stream();
    }

    /** Days from which another row may hold than the day before. */
    SortedSet<LocalDate> changes() {
        SortedSet<LocalDate> days = new TreeSet<>();
        all().forEach(row -> {
            LocalDate from = dated.from().apply(row.value());
            LocalDate to = dated.to().apply(row.value());
            if (from != null) {
                days.add(from);
            }
            if (to != null) {
                days.add(to.plusDays(1));
            }
        });
        return days;
    }

    /** One record a key, as it goes into its topic. */
    Map<String, T> records() {
        Map<String, T> records = new LinkedHashMap<>();
        byKey.forEach((key, rows) ->
                records.put(key, dated.record(rows.stream().map(Located::value).toList())));
        return Collections.unmodifiableMap(records);
    }
}
