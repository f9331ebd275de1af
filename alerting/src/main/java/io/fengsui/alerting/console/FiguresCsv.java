package io.fengsui.alerting.console;

import io.fengsui.alerting.console.page.ReportWord;
import io.fengsui.alerting.console.page.ReportsPage;
import io.fengsui.alerting.console.page.ReportsPage.Row;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.alerting.figures.Figures;
import io.fengsui.alerting.figures.Spread;
import io.fengsui.event.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The monthly figures as a table (RFC 4180), a row each. It begins with a byte order mark, without which Excel takes Chinese for
 * something else; a text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). Times are
 * minutes.
 */
final class FiguresCsv {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA = "=+-@\t\r\n";

    private FiguresCsv() {}

    static String of(ReportsPage page) {
        StringBuilder csv = new StringBuilder(BYTE_ORDER_MARK);
        try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
            printer.printRecord(heads(page).stream().map(FiguresCsv::harmless).toList());
            for (Row row : page.rows()) {
                printer.printRecord(
                        cells(page, row).stream().map(FiguresCsv::harmless).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder takes any text", e);
        }
        return csv.toString();
    }

    private static List<String> heads(ReportsPage page) {
        Words words = page.words();
        List<String> heads = new ArrayList<>();
        for (ReportWord head :
                List.of(ReportWord.MONTH, ReportWord.OVER, ReportWord.UNIT_ID, ReportWord.UNIT, ReportWord.EVENTS)) {
            heads.add(words.of(head));
        }
        ReportsPage.SEVERITIES.forEach(severity -> heads.add(severity.name()));
        heads.add("?");
        heads.add(words.of(ReportWord.OPEN));
        for (ReportWord time : List.of(ReportWord.ACKNOWLEDGE, ReportWord.ARRIVE, ReportWord.RESOLVE)) {
            String minutes = " (" + words.of(ReportWord.MINUTES) + ")";
            heads.add(words.of(time) + " " + words.of(ReportWord.KNOWN));
            heads.add(words.of(time) + " " + words.of(ReportWord.MEDIAN) + minutes);
            heads.add(words.of(time) + " " + words.of(ReportWord.P90) + minutes);
        }
        heads.add(words.of(ReportWord.ESCALATIONS));
        for (ReportWord report : List.of(ReportWord.MET, ReportWord.MISSED, ReportWord.PENDING)) {
            heads.add(words.of(ReportWord.DEADLINES) + " " + words.of(report));
        }
        heads.add(words.of(ReportWord.FALSE_ALARMS));
        heads.add(words.of(ReportWord.FLAPPING));
        page.feeds().forEach(feed -> heads.add(page.feed(feed)));
        return heads;
    }

    private static List<String> cells(ReportsPage page, Row row) {
        Figures figures = row.figures();
        List<String> cells = new ArrayList<>(List.of(
                page.month().toString(),
                page.words().of(page.over() ? ReportWord.YES : ReportWord.NO),
                row.id(),
                row.name(),
                Integer.toString(figures.events())));
        ReportsPage.SEVERITIES.forEach(severity -> cells.add(Integer.toString(figures.of(severity))));
        cells.add(Integer.toString(figures.of(Severity.UNKNOWN)));
        cells.add(Integer.toString(figures.open()));
        for (Spread spread : List.of(figures.acknowledge(), figures.arrive(), figures.resolve())) {
            cells.add(Integer.toString(spread.known()));
            cells.add(minutes(spread.median()));
            cells.add(minutes(spread.p90()));
        }
        for (int number : new int[] {
            figures.escalations(),
            figures.met(),
            figures.missed(),
            figures.pending(),
            figures.falseAlarms(),
            figures.flapping()
        }) {
            cells.add(Integer.toString(number));
        }
        page.feeds().forEach(feed -> cells.add(Integer.toString(figures.of(feed))));
        return cells;
    }

    private static String minutes(Optional<Duration> time) {
        return time.map(span -> String.format(Locale.ROOT, "%.1f", span.toSeconds() / 60.0))
                .orElse("");
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
