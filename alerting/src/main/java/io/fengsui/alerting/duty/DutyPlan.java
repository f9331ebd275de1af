package io.fengsui.alerting.duty;

import io.fengsui.alert.AlertText;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By when somebody must have acted, and what counts as one alert. Data: {@link DutyFile} reads it from {@code duty.yaml}.
 *
 * @param version first 12 hex digits of the file's SHA-256
 * @param cityCommand id of the department that is the city's command
 * @param escalations in the order of the file: the first that takes an alert counts
 * @param flappings likewise
 * @param reports in the order of the file: each that takes an alert is owed
 */
public record DutyPlan(
        String version,
        Optional<String> cityCommand,
        List<Escalation> escalations,
        List<Flapping> flappings,
        List<Report> reports,
        Revisions revisions) {

    /** What holds while no file is there: nothing is escalated by itself, nothing flaps, nothing is owed. */
    public static final DutyPlan NONE = new DutyPlan(
            "built-in",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            new Revisions(Duration.ofDays(30), List.of()));

    /** Alerts of these severities and of these rules or feeds; an empty set takes any. */
    public record Which(Set<Severity> severities, Set<String> rules, Set<String> feeds, boolean lifeSafetyOnly) {
        public boolean takes(Severity severity, String rule, String feed, boolean lifeSafety) {
            return (severities.isEmpty() || severities.contains(severity))
                    && ((rules.isEmpty() && feeds.isEmpty()) || rules.contains(rule) || feeds.contains(feed))
                    && (lifeSafety || !lifeSafetyOnly);
        }
    }

    /**
     * How long an alert may stay without an acknowledgement, from when it was raised.
     *
     * @param toDepartment then the departments must act; empty: they are passed over
     * @param toCity then the city's command must act; longer than {@code toDepartment}; empty: never by itself
     * @param departments whom it goes to where the alert itself has no department
     */
    public record Escalation(
            Which which, Optional<Duration> toDepartment, Optional<Duration> toCity, List<String> departments) {}

    /**
     * When an alert that comes and goes is one.
     *
     * @param times raised so often, ended by its rule each time but the last …
     * @param within … in this time
     * @param quiet and is over when its rule has had nothing to say for this long
     */
    public record Flapping(Which which, int times, Duration within, Duration quiet) {}

    /** How a report is made. */
    public enum Way {
        TELEPHONE,
        WRITTEN
    }

    /** Which report of an event it is: 初报, 续报, 核报. */
    public enum Stage {
        FIRST,
        FOLLOW_UP,
        VERIFIED
    }

    /** What a deadline counts from. */
    public enum Start {
        /** The device's or caller's clock. */
        OCCURRENCE,
        /** When we knew, and when it last got graver: a deadline of a graver level cannot have passed before that. */
        RECEIPT,
        /** When another report was made. */
        REPORT
    }

    /**
     * A report upwards that is owed.
     *
     * @param to who gets it, in words
     * @param after the report it counts from if {@code from} is REPORT
     * @param repeats whether it is owed again this long after each, while the alert is open
     * @param source who orders it: document and clause
     */
    public record Report(
            String id,
            AlertText title,
            Way by,
            Stage stage,
            AlertText to,
            Which which,
            Start from,
            Optional<String> after,
            Duration within,
            boolean repeats,
            String source) {}

    /**
     * How figures are corrected.
     *
     * @param within for this long after the alert was raised
     * @param figures those that any alert may have; besides, those of its own values
     */
    public record Revisions(Duration within, List<FigureName> figures) {}

    public record FigureName(String id, AlertText name) {}

    public Optional<Report> report(String id) {
        return reports.stream().filter(report -> report.id().equals(id)).findFirst();
    }
}
