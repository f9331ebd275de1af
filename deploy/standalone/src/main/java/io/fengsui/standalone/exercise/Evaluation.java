package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.ReportMade;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Reporting;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import io.fengsui.alerting.lifecycle.Reporting.Standing;
import io.fengsui.seeds.scenario.ExerciseScript.Reaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What became of an exercise: of each alert what people made of it, whether they did what was expected, and the sums by unit. Pure.
 *
 * @param begun our clock
 * @param ended when the play was over; what the end itself brought to rest is not counted
 * @param broken who or what ended it before its time; empty: nobody
 */
public record Evaluation(
        ExercisePlan plan,
        String leader,
        Instant begun,
        Instant ended,
        Optional<String> broken,
        List<Line> lines,
        List<Judged> judged,
        List<UnitSum> units) {

    /**
     * An alert.
     *
     * @param acknowledged the first time; a later case or escalation asks anew
     * @param escalations when, and to which level
     * @param over when it ended, and by whom; empty: it was open to the end
     * @param reports owed of it, as they stood at the end
     */
    public record Line(
            AlertAccount account,
            Optional<Step> acknowledged,
            List<Step> escalations,
            Optional<Step> over,
            List<Owed> reports) {

        public Alert alert() {
            return account.alert();
        }

        /** The first reader that could read it. */
        public Optional<Instant> reachedAt() {
            return account.reachedAt().values().stream().min(Comparator.naturalOrder());
        }

        /** From raising to the first acknowledgement. */
        public Optional<Duration> toAcknowledge() {
            return acknowledged.map(step -> Duration.between(alert().getStartedAt(), step.at()));
        }

        public long met() {
            return count(Standing.MET);
        }

        public long missed() {
            return count(Standing.MISSED) + count(Standing.LATE);
        }

        private long count(Standing standing) {
            return reports.stream().filter(owed -> owed.standing() == standing).count();
        }
    }

    /** @param what action, or the level of an escalation */
    public record Step(Instant at, String actor, String what) {}

    /** How an expected reaction came out. */
    public enum Verdict {
        MET,
        LATE,
        MISSED,
        /** The exercise ended before its time was over. */
        OPEN,
        /** The alert that it is about never was: a fault of the exercise. */
        NO_ALERT
    }

    /** @param step what was done; empty: nothing */
    public record Judged(Reaction reaction, Verdict verdict, Optional<Line> line, Optional<Step> step) {}

    /**
     * The sum of a unit; an alert of two units counts for both.
     *
     * @param slowest time to an acknowledgement; empty: none was acknowledged
     */
    public record UnitSum(
            String unitId,
            int alerts,
            int acknowledged,
            Optional<Duration> mean,
            Optional<Duration> slowest,
            int escalated,
            int ended,
            long met,
            long missed) {}

    public static Evaluation of(
            ExercisePlan plan,
            String leader,
            Instant begun,
            Instant ended,
            Optional<String> broken,
            List<AlertAccount> accounts,
            DutyPlan duty) {
        List<Line> lines =
                accounts.stream().map(account -> line(account, duty, ended)).toList();
        List<Judged> judged = plan.reactions().stream()
                .map(reaction -> judge(reaction, lines, ended))
                .toList();
        return new Evaluation(plan, leader, begun, ended, broken, lines, judged, sums(lines));
    }

    /** How many came out so. */
    public long count(Verdict verdict) {
        return judged.stream().filter(one -> one.verdict() == verdict).count();
    }

    private static Line line(AlertAccount account, DutyPlan duty, Instant ended) {
        Alert alert = account.alert();
        List<Step> escalations = steps(alert, change -> change.getAction() == ChangeAction.ESCALATED);
        Set<ChangeAction> ends = Set.of(ChangeAction.CLEARED, ChangeAction.RESOLVED, ChangeAction.CANCELLED);
        boolean over = alert.getState() == AlertState.RESOLVED || alert.getState() == AlertState.CANCELLED;
        List<Step> endings = steps(alert, change -> ends.contains(change.getAction()));
        return new Line(
                account,
                steps(alert, change -> change.getAction() == ChangeAction.ACKNOWLEDGED).stream()
                        .findFirst(),
                escalations,
                over && !endings.isEmpty() ? Optional.of(endings.get(endings.size() - 1)) : Optional.empty(),
                Reporting.of(alert, duty, ended));
    }

    private static List<Step> steps(Alert alert, Predicate<AlertChange> wanted) {
        return alert.getHistory().stream()
                .filter(change -> !change.getAt().isBefore(alert.getStartedAt()))
                .filter(wanted)
                .map(change -> new Step(
                        change.getAt(),
                        change.getActor(),
                        change.getLevel() == null
                                ? change.getAction().name()
                                : change.getLevel().name()))
                .toList();
    }

    private static Judged judge(Reaction reaction, List<Line> lines, Instant ended) {
        Optional<Line> line = lines.stream()
                .filter(one -> one.alert().getRuleId().equals(reaction.rule()))
                .filter(one -> reaction.subject()
                        .map(one.alert().getSubject().getId()::equals)
                        .orElse(true))
                .findFirst();
        if (line.isEmpty()) {
            return new Judged(reaction, Verdict.NO_ALERT, line, Optional.empty());
        }
        Alert alert = line.get().alert();
        Instant due = alert.getStartedAt().plus(reaction.within());
        Optional<Step> done = deed(alert, reaction);
        Verdict verdict = done.map(step -> step.at().isAfter(due) ? Verdict.LATE : Verdict.MET)
                .orElse(ended.isAfter(due) ? Verdict.MISSED : Verdict.OPEN);
        return new Judged(reaction, verdict, line, done);
    }

    private static Optional<Step> deed(Alert alert, Reaction reaction) {
        Optional<Step> done =
                switch (reaction.deed()) {
                    case ACKNOWLEDGE -> byPerson(alert, Set.of(ChangeAction.ACKNOWLEDGED));
                    case ASSIGN -> byPerson(alert, Set.of(ChangeAction.ASSIGNED));
                    case COMMENT -> byPerson(alert, Set.of(ChangeAction.COMMENTED));
                    case ESCALATE -> byPerson(alert, Set.of(ChangeAction.ESCALATED));
                    case RESOLVE -> byPerson(alert, Set.of(ChangeAction.RESOLVED, ChangeAction.CANCELLED));
                    case REPORT ->
                        alert.getReports().stream()
                                .filter(made -> reaction.report()
                                        .map(made.getReportId()::equals)
                                        .orElse(false))
                                .min(Comparator.comparing(ReportMade::getAt))
                                .map(made -> new Step(made.getAt(), made.getBy(), made.getReportId()));
                };
        return done;
    }

    /** A clock's escalation has no command behind it. */
    private static Optional<Step> byPerson(Alert alert, Set<ChangeAction> actions) {
        return steps(alert, change -> actions.contains(change.getAction()) && change.getCommandId() != null).stream()
                .findFirst();
    }

    private static List<UnitSum> sums(List<Line> lines) {
        Map<String, List<Line>> byUnit = new TreeMap<>();
        for (Line line : lines) {
            line.alert().getSubject().getUnitIds().forEach(unit -> byUnit.computeIfAbsent(
                            unit, key -> new ArrayList<>())
                    .add(line));
            if (line.alert().getSubject().getUnitIds().isEmpty()) {
                line.alert().getSubject().getDepartmentIds().forEach(unit -> byUnit.computeIfAbsent(
                                unit, key -> new ArrayList<>())
                        .add(line));
            }
        }
        return byUnit.entrySet().stream()
                .map(unit -> sum(unit.getKey(), unit.getValue()))
                .toList();
    }

    private static UnitSum sum(String unit, List<Line> lines) {
        List<Duration> times = lines.stream()
                .flatMap(line -> line.toAcknowledge().stream())
                .sorted()
                .toList();
        Optional<Duration> mean = times.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        times.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(times.size()));
        return new UnitSum(
                unit,
                lines.size(),
                times.size(),
                mean,
                times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() - 1)),
                (int) lines.stream()
                        .filter(line -> !line.escalations().isEmpty())
                        .count(),
                (int) lines.stream().filter(line -> line.over().isPresent()).count(),
                lines.stream().mapToLong(Line::met).sum(),
                lines.stream().mapToLong(Line::missed).sum());
    }
}
