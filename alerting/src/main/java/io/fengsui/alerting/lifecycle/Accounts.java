package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.alert.ReportMade;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.duty.DutyPlan.Report;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an occurrence counts in the monthly figures. */
public final class Accounts {

    private Accounts() {}

    /** Of the occurrence that an alert is in, or was in last. */
    public static AlertAccount of(Alert alert, DutyPlan plan) {
        List<AlertChange> history = occurrence(alert);
        return AlertAccount.newBuilder()
                .setAlertId(alert.getAlertId())
                .setStartedAt(alert.getStartedAt())
                .setRevision(alert.getRevision())
                .setEventTime(alert.getEventTime())
                .setState(alert.getState())
                .setSeverity(gravest(alert, history))
                .setLifeSafety(alert.getLifeSafety())
                .setRuleId(alert.getRuleId())
                .setFeed(alert.getFeed())
                .setUnitIds(alert.getSubject().getUnitIds())
                .setDepartmentIds(List.copyOf(Escalation.departmentsOf(alert)))
                .setAcknowledgedAt(acknowledgedAt(alert, history).orElse(null))
                .setArrivedAt(alert.getArrivedAt())
                .setEndedAt(alert.getEndedAt())
                .setEscalations((int) of(history, ChangeAction.ESCALATED).count())
                .setFlapped(alert.getFlaps() > 0
                        || of(history, ChangeAction.FLAPPING).findAny().isPresent())
                .setDeadlines(deadlines(alert, plan))
                .build();
    }

    /** The changes of this occurrence; of a long one, those that are kept. */
    private static List<AlertChange> occurrence(Alert alert) {
        List<AlertChange> history = alert.getHistory();
        int from = 0;
        for (int i = 0; i < history.size(); i++) {
            boolean begins = i > 0 && !Transition.isOpen(history.get(i - 1).getState());
            if (begins && Transition.isOpen(history.get(i).getState())) {
                from = i;
            }
        }
        return history.subList(from, history.size()).stream()
                .filter(change -> !change.getAt().isBefore(alert.getStartedAt()))
                .toList();
    }

    private static Severity gravest(Alert alert, List<AlertChange> history) {
        return Stream.concat(Stream.of(alert.getSeverity()), history.stream().map(AlertChange::getSeverity))
                .max((a, b) -> Integer.compare(AlertLifecycle.rank(a), AlertLifecycle.rank(b)))
                .orElse(alert.getSeverity());
    }

    /** The first time: who was asked anew when it got worse had answered before. */
    private static Optional<Instant> acknowledgedAt(Alert alert, List<AlertChange> history) {
        return of(history, ChangeAction.ACKNOWLEDGED)
                .map(AlertChange::getAt)
                .findFirst()
                .or(() -> Optional.ofNullable(alert.getAcknowledgedAt()));
    }

    private static Stream<AlertChange> of(List<AlertChange> history, ChangeAction action) {
        return history.stream().filter(change -> change.getAction() == action);
    }

    private static List<ReportDeadline> deadlines(Alert alert, DutyPlan plan) {
        List<ReportDeadline> all = new ArrayList<>();
        for (ReportMade made : alert.getReports()) {
            all.add(new ReportDeadline(made.getReportId(), made.getDueAt(), made.getAt()));
        }
        for (Report report : plan.reports()) {
            boolean takes = report.which()
                    .takes(alert.getSeverity(), alert.getRuleId(), alert.getFeed(), alert.getLifeSafety());
            if (takes && alert.getState() != AlertState.CANCELLED && Reporting.mayBeMade(alert, report)) {
                owed(alert, report).ifPresent(due -> all.add(new ReportDeadline(report.id(), due, null)));
            }
        }
        return all;
    }

    /** One that repeats is owed while the alert is open; what was overdue when it ended stays missed. */
    private static Optional<Instant> owed(Alert alert, Report report) {
        Instant ended = alert.getEndedAt();
        return Reporting.due(alert, report).filter(due -> !report.repeats() || ended == null || due.isBefore(ended));
    }
}
