package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.ReportMade;
import io.fengsui.alert.RevisedFigure;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.duty.DutyPlan.Report;
import io.fengsui.alerting.lifecycle.Decision.Because;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.alerting.lifecycle.Revisions.Author;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people do to an alert. */
final class PersonChanges {
    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_NAME = 50;
    private static final int MOST_FIGURES = 20;
    /** A decimal number of 0 or more, as people write it. */
    private static final String NUMBER = "\\d{1,12}(\\.\\d{1,4})?";

    private PersonChanges() {}

    static Decision apply(@Nullable Alert current, AlertCommand command, DutyPlan plan, Instant now) {
        if (current == null) {
            return new Refused(Refusal.NO_SUCH_ALERT);
        }
        if (current.getHistory().stream()
                .anyMatch(change -> command.getCommandId().equals(change.getCommandId()))) {
            return new Unchanged(Because.REPEATED);
        }
        Transition transition = transitionOf(command);
        if (transition == null) {
            return new Refused(Refusal.UNKNOWN_ACTION);
        }
        Refusal refusal = refusalOf(current, command, transition, plan, now);
        return refusal == null ? carriedOut(current, command, transition, plan, now) : new Refused(refusal);
    }

    private static @Nullable Transition transitionOf(AlertCommand command) {
        return switch (command.getAction()) {
            case ACKNOWLEDGE -> Transition.ACKNOWLEDGED;
            case RESOLVE -> Transition.RESOLVED;
            case CANCEL -> Transition.CANCELLED;
            case COMMENT -> Transition.COMMENTED;
            case ASSIGN -> Transition.ASSIGNED;
            case RETURN -> Transition.RETURNED;
            case ESCALATE -> Transition.ESCALATED;
            case REPORT -> Transition.REPORTED;
            case REVISE -> Transition.REVISED;
            case UNKNOWN -> null;
        };
    }

    private static @Nullable Refusal refusalOf(
            Alert current, AlertCommand command, Transition transition, DutyPlan plan, Instant now) {
        String note = words(command.getNote());
        if (command.getActor().isBlank()) {
            return Refusal.NO_ACTOR;
        }
        if (transition == Transition.COMMENTED && note.isBlank()) {
            return Refusal.EMPTY_COMMENT;
        }
        if (length(note) > LONGEST_NOTE) {
            return Refusal.NOTE_TOO_LONG;
        }
        if (!transition.follows(current.getState())) {
            return Transition.isOpen(current.getState()) ? Refusal.ALREADY_ACKNOWLEDGED : Refusal.ENDED;
        }
        Refusal own =
                switch (transition) {
                    case ASSIGNED -> assignment(current, words(command.getAssignee()));
                    case RETURNED -> current.getAssignee() == null ? Refusal.NOT_ASSIGNED : null;
                    case ESCALATED -> Escalation.byHand(current, plan).isEmpty() ? Refusal.NOBODY_ABOVE : null;
                    case REPORTED -> report(current, command, plan);
                    case REVISED -> revision(current, command, plan, now);
                    default -> null;
                };
        Integer seen = command.getRevision();
        boolean overtaken = seen != null && !History.onlyFiguresChangedSince(current, seen);
        return own == null && overtaken ? Refusal.CHANGED_SINCE : own;
    }

    private static @Nullable Refusal assignment(Alert current, String assignee) {
        if (assignee.isBlank()) {
            return Refusal.NO_ASSIGNEE;
        }
        if (length(assignee) > LONGEST_NAME) {
            return Refusal.ASSIGNEE_TOO_LONG;
        }
        return assignee.equals(current.getAssignee()) ? Refusal.ALREADY_ASSIGNED : null;
    }

    private static @Nullable Refusal report(Alert current, AlertCommand command, DutyPlan plan) {
        Optional<Report> report = plan.report(words(command.getReportId()));
        if (report.isEmpty()) {
            return Refusal.NO_SUCH_REPORT;
        }
        return Reporting.mayBeMade(current, report.get()) ? null : Refusal.ALREADY_REPORTED;
    }

    private static @Nullable Refusal revision(Alert current, AlertCommand command, DutyPlan plan, Instant now) {
        Map<String, String> figures = command.getFigures();
        if (words(command.getNote()).isBlank()) {
            return Refusal.NO_REASON;
        }
        if (now.isAfter(current.getStartedAt().plus(plan.revisions().within()))) {
            return Refusal.TOO_LATE_TO_REVISE;
        }
        if (figures.size() > MOST_FIGURES || !figures.values().stream().allMatch(value -> value.matches(NUMBER))) {
            return Refusal.BAD_FIGURE;
        }
        if (!figures.keySet().stream().allMatch(name -> Figures.mayBeRevised(current, plan, name))) {
            return Refusal.UNKNOWN_FIGURE;
        }
        Severity severity = command.getSeverity();
        if (severity == Severity.UNKNOWN) {
            return Refusal.BAD_FIGURE;
        }
        boolean differs = (severity != null && severity != current.getSeverity())
                || figures.entrySet().stream()
                        .anyMatch(figure -> !figure.getValue().equals(Figures.value(current, figure.getKey())));
        return differs ? null : Refusal.NO_FIGURES;
    }

    private static Decision carriedOut(
            Alert current, AlertCommand command, Transition transition, DutyPlan plan, Instant now) {
        Author author = new Author(command.getActor(), command.getNote(), command.getCommandId());
        Alert.Builder next = Alert.newBuilder(current).setReceivedAt(null);
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        switch (transition) {
            case ACKNOWLEDGED -> {
                next.setAcknowledgedBy(command.getActor()).setAcknowledgedAt(at);
                if (current.getAssignee() == null) {
                    next.setAssignee(command.getActor()).setAssignedAt(at);
                }
            }
            case ASSIGNED -> {
                String assignee = words(command.getAssignee());
                next.setAssignee(assignee).setAssignedAt(at);
                return Revisions.changed(
                        current, next, transition, author, now, change -> change.setAssignee(assignee));
            }
            case RETURNED -> {
                next.setAssignee(null).setAssignedAt(null);
                return Revisions.changed(
                        current, next, transition, author, now, change -> change.setAssignee(current.getAssignee()));
            }
            case ESCALATED -> {
                return ClockChanges.escalated(
                        current, Escalation.byHand(current, plan).orElseThrow(), author, now);
            }
            case REPORTED -> {
                Report report = plan.report(words(command.getReportId())).orElseThrow();
                next.setReports(reports(current, report, command, at));
                return Revisions.changed(
                        current, next, transition, author, now, change -> change.setReportId(report.id()));
            }
            case REVISED -> {
                return revised(current, next, command, author, now);
            }
            default -> {
                // the state alone
            }
        }
        return Revisions.changed(current, next, transition, author, now);
    }

    private static List<ReportMade> reports(Alert current, Report report, AlertCommand command, Instant at) {
        List<ReportMade> reports = new ArrayList<>(current.getReports());
        reports.add(ReportMade.newBuilder()
                .setReportId(report.id())
                .setAt(at)
                .setBy(command.getActor())
                .setDueAt(Reporting.due(current, report).orElse(null))
                .setRevision(Revisions.revisionAfter(current))
                .build());
        return reports.size() > Reporting.MOST_KEPT ? reports.subList(1, reports.size()) : reports;
    }

    private static Decision revised(
            Alert current, Alert.Builder next, AlertCommand command, Author author, Instant now) {
        Map<String, RevisedFigure> revised = new HashMap<>(current.getRevised());
        Map<String, String> told = new TreeMap<>();
        TreeSet<Integer> corrects = new TreeSet<>();
        boolean graver = grade(current, next, command.getSeverity(), now);
        command.getFigures().forEach((name, value) -> {
            if (!value.equals(Figures.value(current, name))) {
                told.put(name, value);
                corrects.addAll(History.stating(current, name));
                revised.put(
                        name,
                        RevisedFigure.newBuilder()
                                .setValue(value)
                                .setRevision(Revisions.revisionAfter(current))
                                .setBy(command.getActor())
                                .setAt(now.truncatedTo(ChronoUnit.MILLIS))
                                .build());
            }
        });
        Transition transition = Transition.REVISED;
        if (graver && Transition.isOpen(current.getState())) {
            next.setAcknowledgedBy(null).setAcknowledgedAt(null);
            transition = Transition.REGRADED;
        }
        return Revisions.changed(
                current, next.setRevised(revised), transition, author, now, change -> change.setFigures(told)
                        .setCorrects(List.copyOf(corrects)));
    }

    /** Whether it is graver by this. What owes its time to the gravest severity then counts from now. */
    private static boolean grade(Alert current, Alert.Builder next, @Nullable Severity severity, Instant now) {
        if (severity == null) {
            return false;
        }
        next.setSeverity(severity).setGradedByHand(severity);
        boolean graver = AlertLifecycle.rank(severity) > AlertLifecycle.rank(current.getSeverity());
        if (graver) {
            next.setGradedAt(now.truncatedTo(ChronoUnit.MILLIS));
        }
        return graver;
    }

    private static String words(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
