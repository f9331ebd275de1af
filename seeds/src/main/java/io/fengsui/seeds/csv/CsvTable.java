package io.fengsui.seeds.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CSV file with a header. Columns may stand in any order; each must be there and no other.
 *
 * @param file name of the file
 * @param rows its rows, without those whose number of cells is wrong
 */
public record CsvTable(String file, List<CsvRow> rows) {

    /** Reads a file; problems with it as a whole, its header and its row lengths are told. */
    public static CsvTable read(Path directory, String file, List<String> columns, Problems problems) {
        List<CsvRow> rows = CsvText.read(directory, file, problems)
                .map(text -> rows(file, CsvRecords.parse(file, text, problems), columns, problems))
                .orElseGet(() -> none(file, problems));
        return new CsvTable(file, rows);
    }

    private static List<CsvRow> rows(
            String file, List<CsvRecords.Entry> records, List<String> columns, Problems problems) {
        if (records.isEmpty()) {
            problems.error(file, 1, "", "the file is empty, expected the header " + String.join(",", columns));
            return none(file, problems);
        }
        List<String> header = records.get(0).cells();
        if (!headerIsRight(file, records.get(0), columns, problems)) {
            return none(file, problems);
        }
        List<CsvRow> rows = new ArrayList<>();
        for (CsvRecords.Entry record : records.subList(1, records.size())) {
            if (record.cells().size() != header.size()) {
                problems.error(
                        file,
                        record.line(),
                        "",
                        "found " + record.cells().size() + " cells, expected " + header.size() + " as in the header");
                continue;
            }
            Map<String, String> cells = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                cells.put(header.get(i), record.cells().get(i));
            }
            rows.add(new CsvRow(file, record.line(), cells, problems));
        }
        return rows;
    }

    private static List<CsvRow> none(String file, Problems problems) {
        problems.incomplete(file);
        return List.of();
    }

    /** Unknown columns do not stop the reading of the known ones; a missing column does. */
    private static boolean headerIsRight(
            String file, CsvRecords.Entry header, List<String> columns, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (String column : header.cells()) {
            if (!columns.contains(column)) {
                problems.error(
                        file,
                        header.line(),
                        column,
                        "found a column of that name, expected only " + String.join(",", columns)
                                + Problems.suggestion(column, columns));
            } else if (!seen.add(column)) {
                problems.error(file, header.line(), column, "found the column twice, expected it once");
            }
        }
        for (String column : columns) {
            if (!seen.contains(column)) {
                problems.error(file, header.line(), column, "the column is missing, expected it in the header");
            }
        }
        return seen.size() == columns.size();
    }
}
