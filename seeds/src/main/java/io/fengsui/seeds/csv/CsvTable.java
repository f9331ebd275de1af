package io.fengsui.seeds.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of one CSV file or of several: beside {@code devices.csv} there may be {@code devices-<name>.csv}, with the same
 * columns, so that what belongs together can be kept and handed over together. Columns may stand in any order; each must be
 * there, but for those that are optional, and no other.
 *
 * @param rows of all files, without those whose number of cells is wrong
 */
public record CsvTable(List<CsvRow> rows) {
    private static final String SUFFIX = ".csv";

    private record Columns(List<String> required, List<String> optional) {
        List<String> all() {
            return Stream.concat(required.stream(), optional.stream()).toList();
        }

        @Override
        public String toString() {
            return String.join(",", all());
        }
    }

    /** Reads a table; problems with a file as a whole, its header and its row lengths are told. */
    public static CsvTable read(Path directory, String file, List<String> columns, Problems problems) {
        return read(directory, file, columns, List.of(), problems);
    }

    /** @param optional columns that a file may leave out: its cells are then empty */
    public static CsvTable read(
            Path directory, String file, List<String> columns, List<String> optional, Problems problems) {
        List<CsvRow> rows = new ArrayList<>();
        Columns known = new Columns(columns, optional);
        for (String part : parts(directory, file, problems)) {
            rows.addAll(CsvText.read(directory, part, problems)
                    .map(text -> rows(part, CsvRecords.parse(part, text, problems), known, problems))
                    .orElseGet(() -> none(part, problems)));
            if (!problems.isComplete(part)) {
                problems.incomplete(file);
            }
        }
        return new CsvTable(rows);
    }

    /** The file itself first, then those that go with it by name. */
    private static List<String> parts(Path directory, String file, Problems problems) {
        String stem = file.substring(0, file.length() - SUFFIX.length()) + "-";
        try (Stream<Path> files = Files.list(directory)) {
            Stream<String> more = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(stem) && name.endsWith(SUFFIX))
                    .sorted();
            return Stream.concat(Stream.of(file), more).toList();
        } catch (IOException e) {
            problems.error(file, 1, "", "the directory cannot be read: " + e.getMessage());
            return List.of(file);
        }
    }

    private static List<CsvRow> rows(String file, List<CsvRecords.Entry> records, Columns columns, Problems problems) {
        if (records.isEmpty()) {
            problems.error(file, 1, "", "the file is empty, expected the header " + columns);
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
    private static boolean headerIsRight(String file, CsvRecords.Entry header, Columns columns, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (String column : header.cells()) {
            if (!columns.all().contains(column)) {
                problems.error(
                        file,
                        header.line(),
                        column,
                        "found a column of that name, expected only " + columns
                                + Problems.suggestion(column, columns.all()));
            } else if (!seen.add(column)) {
                problems.error(file, header.line(), column, "found the column twice, expected it once");
            }
        }
        for (String column : columns.required()) {
            if (!seen.contains(column)) {
                problems.error(file, header.line(), column, "the column is missing, expected it in the header");
            }
        }
        return seen.containsAll(columns.required());
    }
}
