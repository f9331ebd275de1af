package io.fengsui.seeds.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Splits CSV (RFC 4180, comma) into records with the line each starts on; blank lines are passed over. */
final class CsvRecords {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false)
            .get();

    /** Cells of a record and the line it starts on. */
    record Entry(int line, List<String> cells) {}

    private CsvRecords() {}

    /** A wrong quote is told with its line; what stands behind it cannot be split and is left out. */
    static List<Entry> parse(String file, String text, Problems problems) {
        List<Entry> entries = new ArrayList<>();
        int line = 1;
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                List<String> cells = records.next().toList();
                boolean blank = cells.size() == 1 && cells.get(0).isEmpty();
                if (!blank) {
                    entries.add(new Entry(line, cells));
                }
                line = (int) parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IOException e) {
            problems.incomplete(file);
            problems.error(
                    file, line, "", "found a quote that is never closed or has text behind it, expected \"…\" or none");
        }
        return entries;
    }
}
