package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ReportMade;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.duty.DutyPlan.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which reports upwards an occurrence is owed, and by when. */
public final class Reporting {
    static final int MOST_KEPT = 50;

    private Reporting() {}

    /** How a report stands. */
    public enum Standing {
        /** Not made, and there is time. */
        OPEN,
        /** Not made, and the deadline has passed. */
        MISSED,
        /** Made in time. */
        MET,
        /** Made after the deadline. */
        LATE,
        /** Counts from another report that has not been made. */
        WAITING
    }

    /**
     * One that is owed or was made.
     *
     * @param due of the last one if it was made, else of the next; empty: it counts from a report that was not made
     * @param made the last one
     */
    public record Owed(Report report, Standing standing, Optional<Instant> due, Optional<ReportMade> made) {}

    /** Reports of this occurrence in the order of the plan. What was withdrawn owes none any more, and shows what was made. */
    public static List<Owed> of(Alert alert, DutyPlan plan, Instant now) {
        List<Owed> all = new ArrayList<>();
        for (Report report : plan.reports()) {
            Optional<ReportMade> made = lastMade(alert, report.id());
            made.ifPresent(last -> all.add(made(report, last)));
            boolean takes = report.which()
                    .takes(alert.getSeverity(), alert.getRuleId(), alert.getFeed(), alert.getLifeSafety());
            if (takes && isOwed(alert, report, made.isPresent())) {
                all.add(next(alert, report, now));
            }
        }
        return all;
    }

    /** The first deadline that has not been met; missed ones come first. */
    public static Optional<Owed> nearest(Alert alert, DutyPlan plan, Instant now) {
        return of(alert, plan, now).stream()
                .filter(owed -> owed.standing() == Standing.OPEN || owed.standing() == Standing.MISSED)
                .min((a, b) -> a.due().orElse(Instant.MAX).compareTo(b.due().orElse(Instant.MAX)));
    }

    /** Whether the report may be entered now: once, and as often as it is owed if it repeats. */
    static boolean mayBeMade(Alert alert, Report report) {
        return report.repeats() || lastMade(alert, report.id()).isEmpty();
    }

    /** By when the next of these reports must be made; empty if that counts from one that was not made. */
    static Optional<Instant> due(Alert alert, Report report) {
        Optional<Instant> again =
                report.repeats() ? lastMade(alert, report.id()).map(ReportMade::getAt) : Optional.empty();
        return again.or(() -> start(alert, report)).map(since -> since.plus(report.within()));
    }

    private static Optional<Instant> start(Alert alert, Report report) {
        return switch (report.from()) {
            case OCCURRENCE -> Optional.of(alert.getEventTime());
            case RECEIPT -> Optional.of(Objects.requireNonNullElse(alert.getGradedAt(), alert.getStartedAt()));
            case REPORT -> report.after().flatMap(id -> lastMade(alert, id)).map(ReportMade::getAt);
        };
    }

    private static boolean isOwed(Alert alert, Report report, boolean made) {
        if (alert.getState() == AlertState.CANCELLED) {
            return false;
        }
        return report.repeats() ? Transition.isOpen(alert.getState()) : !made;
    }

    private static Owed made(Report report, ReportMade last) {
        Instant due = last.getDueAt();
        boolean late = due != null && last.getAt().isAfter(due);
        return new Owed(report, late ? Standing.LATE : Standing.MET, Optional.ofNullable(due), Optional.of(last));
    }

    private static Owed next(Alert alert, Report report, Instant now) {
        Optional<Instant> due = due(alert, report);
        Standing standing =
                due.map(at -> now.isAfter(at) ? Standing.MISSED : Standing.OPEN).orElse(Standing.WAITING);
        return new Owed(report, standing, due, Optional.empty());
    }

    private static Optional<ReportMade> lastMade(Alert alert, String reportId) {
        return alert.getReports().stream()
                .filter(made -> made.getReportId().equals(reportId))
                .reduce((former, later) -> later);
    }
}
