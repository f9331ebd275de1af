package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alert.ReportMade;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.AlertPage.Typed;
import io.fengsui.alerting.console.page.BoardPage.Choice;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Figures;
import io.fengsui.alerting.lifecycle.Flapping;
import io.fengsui.alerting.lifecycle.Reporting;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who must act on an alert and by when, and what its form offers for that.
 *
 * @param next when it rises by itself, in words; empty: never
 * @param assignee who has it, in words; empty: nobody
 * @param escalatedTo departments that get it by escalation, in words
 * @param flapping what flapping means, in words; empty: it does not
 * @param reportChoices reports that may be entered
 * @param figureChoices figures that may be corrected
 * @param severityChoices how grave it may be by them
 * @param steps how its rule grades, in words; empty if it has one severity
 */
public record DutyPart(
        Phrase level,
        Optional<String> next,
        String assignee,
        String escalatedTo,
        Optional<String> flapping,
        List<Line> reports,
        List<Line> revised,
        boolean mayRise,
        boolean mayReturn,
        List<Choice> reportChoices,
        List<Choice> figureChoices,
        List<Choice> severityChoices,
        List<String> steps) {

    /**
     * One report or figure.
     *
     * @param style CSS class of how it stands
     * @param more what a person may want to know besides
     */
    public record Line(String name, String value, String style, String more) {}

    static DutyPart of(Alert alert, DutyPlan plan, ReferenceNames names, List<String> steps, Times times, Typed typed) {
        Words words = times.words();
        boolean open = Stage.of(alert.getState()).open();
        List<Owed> owed = Reporting.of(alert, plan, times.now());
        return new DutyPart(
                DutyWord.of(alert.getLevel()),
                Escalation.byClock(alert, plan).map(due -> next(due, names, times)),
                alert.getAssignee() == null
                        ? ""
                        : words.of(DutyWord.ASSIGNED_SINCE, alert.getAssignee(), times.full(alert.getAssignedAt())),
                AlertRow.names(alert.getEscalatedTo(), names, words),
                Flapping.isFlapping(alert)
                        ? Optional.of(words.of(DutyWord.FLAPPING_TEXT, alert.getFlaps()))
                        : Optional.empty(),
                owed.stream().map(report -> line(report, times)).toList(),
                revised(alert, plan, times),
                open
                        && alert.getLevel() != CommandLevel.CITY
                        && plan.cityCommand().isPresent(),
                open && alert.getAssignee() != null,
                plan.reports().stream()
                        .filter(report -> owed.stream()
                                .anyMatch(o -> o.report().id().equals(report.id())
                                        && o.made().isEmpty()))
                        .map(report -> new Choice(
                                report.id(),
                                words.of(report.title()),
                                report.id().equals(typed.reportId())))
                        .toList(),
                Figures.revisable(alert, plan).stream()
                        .map(figure ->
                                new Choice(figure, name(alert, plan, figure, words), figure.equals(typed.figure())))
                        .toList(),
                severities(alert, typed, words),
                steps);
    }

    /** As it is, then all others. */
    private static List<Choice> severities(Alert alert, Typed typed, Words words) {
        Level now = Level.of(alert.getSeverity());
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", words.of(DutyWord.SAME_SEVERITY, words.of(now.word())), false));
        for (Level level : Level.values()) {
            if (level != now && level != Level.UNKNOWN) {
                choices.add(new Choice(
                        level.name(), words.of(level.word()), level.name().equals(typed.severity())));
            }
        }
        return choices;
    }

    private static String next(Escalation.Due due, ReferenceNames names, Times times) {
        return times.words()
                .of(
                        DutyWord.TO_LEVEL,
                        AlertRow.names(due.departments(), names, times.words()),
                        DutyTag.risesIn(due.at(), times));
    }

    private static Line line(Owed owed, Times times) {
        Words words = times.words();
        Optional<Duration> left =
                owed.due().map(at -> Duration.between(times.now(), at).abs());
        Optional<ReportMade> made = owed.made();
        Object[] values = made.isPresent()
                ? new Object[] {times.full(made.get().getAt()), made.get().getBy()}
                : new Object[] {left.map(times::span).orElse("")};
        String due = owed.due()
                .map(at -> words.of(DutyWord.DUE_AT, times.full(at)) + " · ")
                .orElse("");
        return new Line(
                words.of(
                        DutyWord.REPORT_TO,
                        words.of(owed.report().title()),
                        words.of(owed.report().to())),
                words.of(DutyWord.of(owed.standing()), values),
                owed.standing().name().toLowerCase(Locale.ROOT),
                due + words.of(DutyWord.REPORT_SOURCE, owed.report().source()));
    }

    private static List<Line> revised(Alert alert, DutyPlan plan, Times times) {
        return new TreeMap<>(alert.getRevised())
                .entrySet().stream()
                        .map(figure -> new Line(
                                name(alert, plan, figure.getKey(), times.words()),
                                figure.getValue().getValue(),
                                "",
                                times.words()
                                        .of(
                                                DutyWord.REVISED_BY,
                                                times.full(figure.getValue().getAt()),
                                                figure.getValue().getBy(),
                                                figure.getValue().getRevision())))
                        .toList();
    }

    /** As the plan calls a figure, else as its feed does. */
    static String name(Alert alert, DutyPlan plan, String figure, Words words) {
        return plan.revisions().figures().stream()
                .filter(known -> known.id().equals(figure))
                .map(known -> words.of(known.name()))
                .findFirst()
                .orElseGet(
                        () -> Quantity.of(alert.getFeed(), figure, "0", words).name());
    }
}
