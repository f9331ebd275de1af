package io.fengsui.schema.report;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import java.time.Instant;
import java.util.Map;

/** Fills what a terminal's text tells into an event. */
public final class BeidouText {
    private BeidouText() {}

    /**
     * Fills in the text, its content and what it tells.
     *
     * @param arrival our clock; decides the year of the times told
     * @return whether the text says that it is of an exercise; the status of the event is the caller's to set
     */
    public static boolean fill(BeidouReport.Builder event, String text, Instant arrival) {
        event.setText(text);
        CompactText read = CompactText.read(text);
        if (read instanceof CompactText.Whole whole) {
            event.setContent(BeidouContent.STRUCTURED).setReportId(whole.reportId());
            fill(event, whole.report(), arrival);
        } else if (read instanceof CompactText.Fragment fragment) {
            event.setContent(BeidouContent.FRAGMENT)
                    .setReportId(fragment.reportId())
                    .setPart(fragment.part())
                    .setParts(fragment.parts());
        } else if (read instanceof CompactText.Words words) {
            event.setContent(BeidouContent.TEXT).setTextNote(words.note());
        }
        return read.exercise();
    }

    private static void fill(BeidouReport.Builder event, CompactReport report, Instant arrival) {
        Map<Figure, Integer> figures = report.figures();
        event.setPhase(report.phase())
                .setDisaster(report.disaster())
                .setSeverity(report.severity())
                .setDeaths(figures.get(Figure.DEATHS))
                .setMissing(figures.get(Figure.MISSING))
                .setAffected(figures.get(Figure.AFFECTED))
                .setEvacuated(figures.get(Figure.EVACUATED))
                .setCollapsedRooms(figures.get(Figure.COLLAPSED_ROOMS))
                .setDamagedRooms(figures.get(Figure.DAMAGED_ROOMS))
                .setReportedDivisionCode(report.divisionCode())
                .setReportedDivisionName(report.divisionName())
                .setOccurredAt(
                        report.occurredAt() == null ? null : report.occurredAt().before(arrival));
    }
}
