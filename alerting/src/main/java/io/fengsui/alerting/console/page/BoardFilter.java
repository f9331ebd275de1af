package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.alerting.lifecycle.Escalation;
import java.util.ArrayList;
import java.util.List;

/**
 * Which open alerts a board lists; an empty text takes any.
 *
 * @param unit id of a township or department that hears of the alert
 * @param severity I to IV
 * @param state firing or acknowledged
 * @param feed feed id
 * @param all whether to list more than the first rows
 */
public record BoardFilter(String unit, String severity, String state, String feed, boolean all) {

    public static final BoardFilter NONE = new BoardFilter("", "", "", "", false);

    boolean matches(BoardEntry entry) {
        return matches(entry.alert());
    }

    public boolean matches(Alert alert) {
        return (unit.isEmpty()
                        || alert.getSubject().getUnitIds().contains(unit)
                        || Escalation.departmentsOf(alert).contains(unit))
                && (severity.isEmpty() || alert.getSeverity().name().equals(severity))
                && (state.isEmpty() || Stage.of(alert.getState()).style().equals(state))
                && (feed.isEmpty() || alert.getFeed().equals(feed));
    }

    /** Whether it leaves anything out. */
    public boolean narrows() {
        return !(unit + severity + state + feed).isEmpty();
    }

    public BoardFilter withUnit(String other) {
        return new BoardFilter(other, severity, state, feed, false);
    }

    public BoardFilter withSeverity(String other) {
        return new BoardFilter(unit, other, state, feed, false);
    }

    public BoardFilter withAll() {
        return new BoardFilter(unit, severity, state, feed, true);
    }

    /** Query with the question mark; empty if it takes everything. */
    public String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "unit", unit);
        add(parts, "severity", severity);
        add(parts, "state", state);
        add(parts, "feed", feed);
        add(parts, "all", all ? "1" : "");
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + Paths.encode(value));
        }
    }
}
