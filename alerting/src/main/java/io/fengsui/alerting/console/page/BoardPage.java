package io.fengsui.alerting.console.page;

import io.fengsui.schema.topic.Realm;
import java.util.List;

/**
 * A board, live or drill.
 *
 * @param events where the page hears of changes
 * @param tiles one a severity, gravest first
 * @param units units with open alerts, the worst first
 * @param rows alerts that match the filter
 * @param more how many more match and are not listed
 * @param unmatched open alerts that do not match
 * @param inhibited alerts folded under gateways
 * @param ended alerts that ended in the last 24 hours and match, the latest first
 * @param endedCount how many these are, listed or not
 */
public record BoardPage(
        Frame frame,
        String events,
        Realm realm,
        BoardFilter filter,
        Choices choices,
        List<Tile> tiles,
        List<UnitLoad> units,
        List<AlertRow> rows,
        int openCount,
        int more,
        int unmatched,
        int inhibited,
        List<AlertRow> ended,
        int endedCount) {

    /** Open alerts of one severity. */
    public record Tile(Level level, String url, boolean selected, int waiting, int acknowledged) {
        public int open() {
            return waiting + acknowledged;
        }
    }

    /** Open alerts of one unit, by severity, gravest first. */
    public record UnitLoad(String id, String name, String url, boolean selected, List<Cell> cells) {}

    /** Open alerts of one unit and severity; waiting are those that nobody has acknowledged. */
    public record Cell(Level level, int open, int waiting) {}

    /** What the filter offers. */
    public record Choices(
            List<Choice> units,
            List<Choice> departments,
            List<Choice> severities,
            List<Choice> states,
            List<Choice> feeds) {}

    public record Choice(String value, String label, boolean selected) {}

    /** Address of this board as filtered. */
    public String address() {
        return Paths.board(realm) + filter.query();
    }

    public Words words() {
        return frame.words();
    }
}
