package io.fengsui.alerting.console.page;

import io.fengsui.alerting.console.page.AlertPage.Fact;
import io.fengsui.alerting.console.page.AlertPage.Link;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import java.util.Optional;

/**
 * One incident with its alerts.
 *
 * @param row what the board shows of it
 * @param state in words; empty while it is open
 * @param runbook of the pattern that matches; blank without one
 * @param open its open alerts, the most urgent first
 * @param ended its alerts that have ended, the latest first
 * @param more how many more there are and are not listed
 * @param timeline steps, the newest first
 * @param mergedInto incident that has its alerts now
 */
public record IncidentPage(
        Frame frame,
        Realm realm,
        AlertRow row,
        String state,
        String runbook,
        List<Fact> facts,
        List<AlertRow> open,
        List<AlertRow> ended,
        int more,
        List<Step> timeline,
        Optional<Link> mergedInto) {

    /** @param style CSS class of its mark */
    public record Step(String at, String ago, String text, String style, Level level, int open) {}

    public Words words() {
        return frame.words();
    }

    public String back() {
        return Paths.board(realm);
    }
}
