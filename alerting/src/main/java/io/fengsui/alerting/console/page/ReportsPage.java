package io.fengsui.alerting.console.page;

import io.fengsui.alerting.figures.Figures;
import io.fengsui.alerting.figures.Spread;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Figures of a month, as a page and as a printout.
 *
 * @param city whose figures they are
 * @param months that can be chosen, the newest first
 * @param over whether the month is
 * @param rows the city's total first, where it may be seen
 * @param feeds ids of feeds that any alert was of
 * @param problem why there is nothing, or other than what was asked for
 */
public record ReportsPage(
        Frame frame,
        String city,
        YearMonth month,
        List<YearMonth> months,
        boolean over,
        List<Row> rows,
        List<String> feeds,
        Optional<String> problem) {

    /** The severities in columns, gravest first. */
    public static final List<Severity> SEVERITIES = List.of(Severity.I, Severity.II, Severity.III, Severity.IV);

    /** Whose figures a row has. */
    public enum Kind {
        CITY,
        UNIT,
        DEPARTMENT,
        NOBODY
    }

    /** @param id of the unit or department; empty for the city and for nobody */
    public record Row(Kind kind, String name, String id, Figures figures) {
        public String style() {
            return kind == Kind.CITY ? "total" : "";
        }
    }

    public Words words() {
        return frame.words();
    }

    public String title() {
        return words().of(ReportWord.TITLE, city);
    }

    /** A month as people write it. */
    public String name(YearMonth month) {
        return words().language() == Language.ZH
                ? month.getYear() + "年" + month.getMonthValue() + "月"
                : month.toString();
    }

    public String csv() {
        return "/reports.csv?month=" + month;
    }

    /** Median and p90; a dash if no time is known. */
    public String spread(Spread spread) {
        return spread.median().isEmpty()
                ? "—"
                : span(spread.median().get()) + " / " + span(spread.p90().orElseThrow());
    }

    private String span(Duration time) {
        return frame.times().span(time);
    }

    /** Of how many a time is known, where that is not all. */
    public String known(Spread spread, Figures figures) {
        return spread.known() == 0 || spread.known() == figures.events()
                ? ""
                : words().of(ReportWord.OF_SO_MANY, words().number(spread.known()));
    }

    /** A dash for none, so that what is there stands out. */
    public String count(int number) {
        return number == 0 ? "—" : words().number(number);
    }

    public String feed(String id) {
        return id.isEmpty() ? words().of(ReportWord.NO_FEED) : words().feed(id);
    }

    public boolean empty() {
        return rows.stream().allMatch(row -> row.figures().events() == 0);
    }
}
