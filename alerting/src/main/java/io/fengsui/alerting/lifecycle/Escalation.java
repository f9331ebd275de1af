package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.duty.DutyPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who must act on an alert, and who is next. Each level has a time of its own, which begins when it is asked; so a step that
 * comes late, after downtime of ours, takes nothing from the level above.
 */
public final class Escalation {

    private Escalation() {}

    /**
     * The next level up.
     *
     * @param departments whom it goes to
     */
    record Step(CommandLevel to, List<String> departments) {}

    /** A step that the clock takes if nobody acknowledges before. */
    public record Due(CommandLevel to, List<String> departments, Instant at) {
        Step step() {
            return new Step(to, departments);
        }
    }

    /** Where an occurrence begins: with its unit, or where there is none with its department. */
    public static CommandLevel first(AlertSubject subject) {
        return subject.getUnitIds().isEmpty() ? CommandLevel.DEPARTMENT : CommandLevel.UNIT;
    }

    /** Whether an occurrence has left the level it began with. */
    public static boolean hasRisen(Alert alert) {
        return alert.getLevel() == CommandLevel.CITY
                || (alert.getLevel() == CommandLevel.DEPARTMENT && first(alert.getSubject()) == CommandLevel.UNIT);
    }

    /** Departments that hear of an alert: its own, then those that it was escalated to. */
    public static Set<String> departmentsOf(Alert alert) {
        Set<String> all = new LinkedHashSet<>(alert.getSubject().getDepartmentIds());
        all.addAll(alert.getEscalatedTo());
        return all;
    }

    /** The step that a person may take now; empty if nobody is above. */
    static Optional<Step> byHand(Alert alert, DutyPlan plan) {
        List<String> departments = departments(alert, entry(alert, plan));
        if (alert.getLevel() == CommandLevel.UNIT && !departments.isEmpty()) {
            return Optional.of(new Step(CommandLevel.DEPARTMENT, departments));
        }
        return alert.getLevel() == CommandLevel.CITY
                ? Optional.empty()
                : plan.cityCommand().map(city -> new Step(CommandLevel.CITY, List.of(city)));
    }

    /**
     * The step that the clock takes next, and when. Empty while nobody is waited for, if the plan has no deadline, at the top, and
     * for silence that an outage may explain: one alert about the outage is escalated, and not each of its devices.
     */
    public static Optional<Due> byClock(Alert alert, DutyPlan plan) {
        Optional<DutyPlan.Escalation> entry = entry(alert, plan);
        if (entry.isEmpty()
                || !Transition.isWaiting(alert.getState())
                || alert.getLevel() == CommandLevel.CITY
                || Silence.isInhibitable(alert)) {
            return Optional.empty();
        }
        Instant since = Objects.requireNonNullElse(alert.getWaitingSince(), alert.getStartedAt());
        Optional<Duration> toDepartment = entry.get().toDepartment();
        Optional<Duration> toCity = entry.get().toCity();
        List<String> departments = departments(alert, entry);
        if (alert.getLevel() == CommandLevel.UNIT && toDepartment.isPresent() && !departments.isEmpty()) {
            return Optional.of(new Due(CommandLevel.DEPARTMENT, departments, since.plus(toDepartment.get())));
        }
        if (toCity.isEmpty() || plan.cityCommand().isEmpty()) {
            return Optional.empty();
        }
        Duration before = alert.getLevel() == CommandLevel.UNIT ? Duration.ZERO : toDepartment.orElse(Duration.ZERO);
        Instant at = since.plus(toCity.get().minus(before));
        return Optional.of(new Due(CommandLevel.CITY, List.of(plan.cityCommand().get()), at));
    }

    private static Optional<DutyPlan.Escalation> entry(Alert alert, DutyPlan plan) {
        return plan.escalations().stream()
                .filter(escalation -> escalation
                        .which()
                        .takes(alert.getSeverity(), alert.getRuleId(), alert.getFeed(), alert.getLifeSafety()))
                .findFirst();
    }

    private static List<String> departments(Alert alert, Optional<DutyPlan.Escalation> entry) {
        List<String> own = alert.getSubject().getDepartmentIds();
        return own.isEmpty() ? entry.map(DutyPlan.Escalation::departments).orElse(List.of()) : own;
    }

    /** Those that get it by this step and did not before. */
    static List<String> escalatedTo(Alert alert, Step step) {
        return Stream.concat(alert.getEscalatedTo().stream(), step.departments().stream())
                .filter(department -> !alert.getSubject().getDepartmentIds().contains(department))
                .distinct()
                .toList();
    }
}
