package io.fengsui.seeds.csv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A value with the row it was read from, so that what is found wrong with it later can be named there. */
public record Located<T>(CsvRow row, T value) {

    /** Reads every row; a key that was there before is an error on its second row. Order is that of the files. */
    public static <T> Map<String, Located<T>> byKey(
            CsvTable table, String keyColumn, Function<CsvRow, T> read, Function<T, String> key) {
        Map<String, Located<T>> values = new LinkedHashMap<>();
        for (CsvRow row : table.rows()) {
            Located<T> value = new Located<>(row, read.apply(row));
            Located<T> former = values.putIfAbsent(key.apply(value.value()), value);
            if (former != null) {
                row.error(
                        keyColumn,
                        "found " + Problems.shown(key.apply(value.value())) + " again, expected it once: it stands in "
                                + row.placeOf(former.row()) + " already");
            }
        }
        return values;
    }
}
