package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.CommandLevel;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Flapping;
import io.fengsui.alerting.lifecycle.Reporting;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import io.fengsui.alerting.lifecycle.Reporting.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row says in a word about who must act and by when.
 *
 * @param style CSS class: "late" for a deadline that has passed
 */
public record DutyTag(String text, String style) {

    /** Of an alert that has ended only what is still to be reported. */
    static List<DutyTag> of(Alert alert, DutyPlan plan, Times times) {
        Words words = times.words();
        List<DutyTag> tags = new ArrayList<>();
        if (Stage.of(alert.getState()).open()) {
            if (Escalation.hasRisen(alert)) {
                boolean city = alert.getLevel() == CommandLevel.CITY;
                tags.add(new DutyTag(words.of(city ? DutyWord.RISEN_CITY : DutyWord.RISEN_DEPARTMENT), "risen"));
            }
            Escalation.byClock(alert, plan).ifPresent(due -> tags.add(new DutyTag(risesIn(due.at(), times), "clock")));
            if (Flapping.isFlapping(alert)) {
                DutyWord flapping = alert.getQuietSince() == null ? DutyWord.FLAPPING : DutyWord.FLAPPING_QUIET;
                tags.add(new DutyTag(words.of(flapping, alert.getFlaps()), "flapping"));
            }
            if (alert.getAssignee() != null) {
                tags.add(new DutyTag(words.of(DutyWord.ASSIGNED_TO, alert.getAssignee()), "assignee"));
            }
        }
        Reporting.nearest(alert, plan, times.now()).ifPresent(owed -> tags.add(report(owed, times)));
        return List.copyOf(tags);
    }

    static String risesIn(Instant at, Times times) {
        Duration left = Duration.between(times.now(), at);
        return left.isNegative() || left.isZero()
                ? times.words().of(DutyWord.RISES_NOW)
                : times.words().of(DutyWord.RISES_IN, times.span(left));
    }

    private static DutyTag report(Owed owed, Times times) {
        boolean missed = owed.standing() == Standing.MISSED;
        Duration left = Duration.between(times.now(), owed.due().orElseThrow()).abs();
        return new DutyTag(
                times.words()
                        .of(
                                missed ? DutyWord.REPORT_OVERDUE : DutyWord.REPORT_LEFT,
                                times.words().of(owed.report().title()),
                                times.span(left)),
                missed ? "late" : "clock");
    }
}
