package io.fengsui.streams.task;

import io.fengsui.alert.AlertFigure;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Occurrence;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.rule.Sighting;
import io.fengsui.streams.rule.Verdict;
import io.fengsui.streams.rule.Words;
import java.time.Instant;
import java.util.List;

/** Turns what a rule says into the signal that the alerting app reads. */
final class Signals {
    AlertSignal ofEvent(Verdict verdict, Feed<?> feed, EventHeader header, Routing routing, Instant now) {
        return signal(verdict, feed, header.getDeviceId(), routing, now)
                .setEventId(header.getEventId())
                .setReceivedAt(header.getReceivedAt())
                .setStatus(header.getStatus())
                .setExercise(header.getExercise())
                .build();
    }

    /**
     * Of a deadline that passed.
     *
     * @param exercise that the device spoke in last, empty if none
     */
    AlertSignal ofDeadline(
            Verdict verdict, Feed<?> feed, DeviceKey key, String exercise, Routing routing, Instant now) {
        return signal(verdict, feed, key.deviceId(), routing, now)
                .setStatus(key.realm() == Realm.LIVE ? EventStatus.ACTUAL : EventStatus.EXERCISE)
                .setExercise(exercise.isEmpty() ? null : exercise)
                .build();
    }

    /** Of something counted across devices; the place is that of the last. */
    AlertSignal ofGroup(Verdict verdict, Occurrence occurrence, String name, Instant now) {
        AlertSubject subject = new AlertSubject(
                verdict.subject(),
                occurrence.getGroup(),
                name,
                occurrence.getPlace(),
                verdict.subject() == SubjectKind.UNIT ? List.of(occurrence.getGroup()) : occurrence.getUnitIds(),
                occurrence.getDepartmentIds(),
                null,
                null);
        return common(verdict, subject, now)
                .setFeed(occurrence.getFeed())
                .setLifeSafety(Feeds.byId(occurrence.getFeed())
                        .filter(feed -> feed.lane() == Lane.LIFE_SAFETY)
                        .isPresent())
                .setEventId(occurrence.getEventId())
                .setReceivedAt(occurrence.getReceivedAt())
                .setStatus(occurrence.getStatus())
                .setExercise(occurrence.getExercise())
                .build();
    }

    Occurrence occurrence(Sighting sighting, Feed<?> feed, EventHeader header, Routing routing) {
        return Occurrence.newBuilder()
                .setRuleId(sighting.rule().id())
                .setFeed(feed.id())
                .setGroupKind(sighting.across().kind())
                .setGroup(sighting.group())
                .setWhat(sighting.what())
                .setDeviceId(header.getDeviceId())
                .setEventId(header.getEventId())
                .setSeverity(sighting.severity())
                .setEventTime(header.getEventTime())
                .setReceivedAt(header.getReceivedAt())
                .setStatus(header.getStatus())
                .setExercise(header.getExercise())
                .setUnitIds(routing.unitIds())
                .setDepartmentIds(routing.departmentIds())
                .setPlace(routing.place())
                .build();
    }

    AlertSignal ofLane(Verdict verdict, Lane lane, Instant now) {
        AlertSubject subject = new AlertSubject(
                SubjectKind.INGEST, lane.id(), "采集通道 " + lane.id(), null, List.of(), List.of(), null, null);
        return common(verdict, subject, now)
                .setFeed("")
                .setLifeSafety(lane == Lane.LIFE_SAFETY)
                .setStatus(EventStatus.ACTUAL)
                .build();
    }

    private AlertSignal.Builder signal(Verdict verdict, Feed<?> feed, String deviceId, Routing routing, Instant now) {
        String gatewayId = routing.device() == null ? null : routing.device().getGatewayId();
        String incident = verdict.incident();
        String deviceName =
                routing.device() == null ? deviceId : routing.device().getName();
        AlertSubject subject = new AlertSubject(
                verdict.subject(),
                incident.isEmpty() ? deviceId : incident,
                incident.isEmpty() ? deviceName : incident,
                routing.place(),
                routing.unitIds(),
                routing.departmentIds(),
                verdict.subject() == SubjectKind.GATEWAY ? null : gatewayId,
                routing.device() == null ? null : routing.device().getVendor());
        return common(verdict, subject, now).setFeed(feed.id()).setLifeSafety(feed.lane() == Lane.LIFE_SAFETY);
    }

    private static AlertSignal.Builder common(Verdict verdict, AlertSubject subject, Instant now) {
        return AlertSignal.newBuilder()
                .setAlertId(verdict.ruleId() + "@" + subject.getId())
                .setAction(verdict.action())
                .setRuleId(verdict.ruleId())
                .setRuleVersion(verdict.source().version())
                .setFigures(figures(verdict))
                .setSuppressions(verdict.source().suppressions())
                .setSubject(subject)
                .setSeverity(verdict.severity())
                .setTitle(text(verdict.title()))
                .setExplanation(text(verdict.explanation()))
                .setRunbook(text(verdict.runbook()))
                .setValues(verdict.values())
                .setEventTime(verdict.at())
                .setOccasion(verdict.occasion())
                .setOutOfOrder(verdict.outOfOrder())
                .setSignalledAt(now);
    }

    private static List<AlertFigure> figures(Verdict verdict) {
        return verdict.source().figures().entrySet().stream()
                .map(figure -> new AlertFigure(figure.getKey(), text(figure.getValue())))
                .toList();
    }

    private static AlertText text(Words words) {
        return new AlertText(words.zh(), words.en());
    }
}
