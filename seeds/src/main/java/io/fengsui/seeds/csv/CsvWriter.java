package io.fengsui.seeds.csv;

import java.util.List;

/** Writes CSV as {@link CsvTable} reads it: a header, LF, quotes only where they are needed. */
public final class CsvWriter {
    private final StringBuilder text = new StringBuilder();
    private final int columns;

    public CsvWriter(List<String> header) {
        this.columns = header.size();
        row(header.toArray(new String[0]));
    }

    public void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells instead of " + columns);
        }
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(quoted(cells[i]));
        }
        text.append('\n');
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
