package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.event.Place;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One alert or incident in a list.
 *
 * @param dom id of the row in the page
 * @param where units that hear of it, in words
 * @param site site, and of an incident the device that tells of it; empty if there is none
 * @param age how long ago it started
 * @param by who acknowledged it, empty if nobody did
 * @param inhibited whether a gateway's or vendor's alert inhibits it although it stands alone
 * @param duty who must act and by when, in a word
 * @param tag number of an incident, or how many devices of a gateway or vendor are silent; empty if there is none
 * @param fold how many stand under it, in words
 * @param folded alerts that this one inhibits, or of this incident: the first of them
 * @param foldedCount how many these are, listed or not
 */
public record AlertRow(
        String dom,
        String url,
        Level level,
        Stage stage,
        String title,
        String subject,
        String explanation,
        String where,
        String departments,
        String site,
        String feed,
        boolean lifeSafety,
        int occurrences,
        String age,
        String started,
        String ended,
        String by,
        boolean inhibited,
        List<DutyTag> duty,
        String tag,
        Word fold,
        List<AlertRow> folded,
        int foldedCount) {

    /** A row without any under it. */
    static AlertRow of(Alert alert, Realm realm, ReferenceNames names, DutyPlan plan, Times times, boolean inhibited) {
        return of(alert, realm, names, plan, times, inhibited, List.of(), 0);
    }

    static AlertRow of(
            Alert alert,
            Realm realm,
            ReferenceNames names,
            DutyPlan plan,
            Times times,
            boolean inhibited,
            List<AlertRow> folded,
            int foldedCount) {
        Words words = times.words();
        AlertSubject subject = alert.getSubject();
        Place place = subject.getPlace();
        String site = place == null ? "" : site(subject, place);
        return new AlertRow(
                "a" + Integer.toHexString(alert.getAlertId().hashCode()),
                Paths.alert(realm, alert.getAlertId()),
                Level.of(alert.getSeverity()),
                Stage.of(alert.getState()),
                words.of(alert.getTitle()),
                subject.getName(),
                words.of(alert.getExplanation()),
                names(subject.getUnitIds(), names, words),
                names(List.copyOf(Escalation.departmentsOf(alert)), names, words),
                site.equals(subject.getName()) ? "" : site,
                words.feed(alert.getFeed()),
                alert.getLifeSafety(),
                alert.getOccurrences(),
                times.age(alert.getStartedAt()),
                times.full(alert.getStartedAt()),
                AlertRow.ended(alert, times),
                Objects.requireNonNullElse(alert.getAcknowledgedBy(), ""),
                inhibited,
                DutyTag.of(alert, plan, times),
                alert.getSilentDevices() == null ? "" : words.of(Word.SILENT_DEVICES, alert.getSilentDevices()),
                Word.INHIBITED_FOLD,
                folded,
                foldedCount);
    }

    /** How many are not listed under it. */
    public int foldedMore() {
        return foldedCount - folded.size();
    }

    private static String site(AlertSubject subject, Place place) {
        String device = subject.getKind() == SubjectKind.INCIDENT ? place.getDeviceName() : null;
        return Stream.of(place.getSiteName(), device).filter(Objects::nonNull).collect(Collectors.joining(" · "));
    }

    private static String ended(Alert alert, Times times) {
        return Stage.of(alert.getState()).open() ? "" : times.full(Situation.endOf(alert));
    }

    static String names(List<String> unitIds, ReferenceNames names, Words words) {
        return words.join(unitIds.stream().map(id -> words.of(names.name(id))).toList());
    }
}
