package io.fengsui.schema.report;

import io.fengsui.event.DisasterKind;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a compact text tells.
 *
 * @param severity UNKNOWN if not told
 * @param figures those that were told
 * @param divisionCode statistical code of 6, 9 or 12 digits
 * @param divisionName name of the division or place
 * @param occurredAt when it happened
 * @param words free text
 */
public record CompactReport(
        ReportPhase phase,
        DisasterKind disaster,
        Severity severity,
        Map<Figure, Integer> figures,
        @Nullable String divisionCode,
        @Nullable String divisionName,
        @Nullable ReportTime occurredAt,
        @Nullable String words) {

    public CompactReport {
        figures = Map.copyOf(figures);
    }
}
