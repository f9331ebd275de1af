package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Decision.Because;
import io.fengsui.alerting.lifecycle.Decision.Noted;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.alerting.lifecycle.Revisions.Author;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules, and the view over all alerts, do to an alert. */
final class RuleChanges {
    /** States of an event, by which a rescue centre, the police, the ambulances or a grid worker say that somebody is there. */
    private static final Set<String> ON_THE_SPOT = Set.of("ARRIVED", "ON_SITE");

    private RuleChanges() {}

    static Decision apply(@Nullable Alert current, AlertSignal signal, DutyPlan plan, Instant now) {
        return switch (signal.getAction()) {
            case UNKNOWN -> new Refused(Refusal.UNKNOWN_ACTION);
            case RAISE -> current == null ? firstRaise(signal, now) : raise(current, signal, plan, now);
            case CLEAR -> current == null ? new Unchanged(Because.NOT_OPEN) : clear(current, signal, now);
        };
    }

    static Decision apply(@Nullable Alert current, AlertContext context, Instant now) {
        if (current == null) {
            return new Unchanged(Because.NOT_OPEN);
        }
        boolean related = !Objects.equals(current.getIncidentId(), context.getIncidentId());
        if (!related && Objects.equals(current.getSilentDevices(), context.getSilentDevices())) {
            return new Unchanged(Because.REPEATED);
        }
        Alert.Builder next = Alert.newBuilder(current)
                .setIncidentId(context.getIncidentId())
                .setSilentDevices(context.getSilentDevices())
                .setReceivedAt(null);
        Transition transition = related ? Transition.RELATED : Transition.COUNTED;
        return transition.follows(current.getState())
                ? Revisions.changed(current, next, transition, Author.rule("incident", context.getIncidentId()), now)
                : new Unchanged(Because.NOT_OPEN);
    }

    private static Decision firstRaise(AlertSignal signal, Instant now) {
        Alert.Builder first = Alert.newBuilder().setAlertId(signal.getAlertId()).setOccurrences(1);
        begin(first, signal, now);
        return Revisions.changed(null, arrived(filled(first, signal), signal), Transition.RAISED, author(signal), now);
    }

    /** What a new occurrence does not have from the one before. */
    private static void begin(Alert.Builder alert, AlertSignal signal, Instant now) {
        Instant at = earlier(signal.getSignalledAt(), now);
        alert.setStartedAt(at)
                .setEventTime(signal.getEventTime())
                .setGradedAt(at)
                .setEndedAt(null)
                .setAcknowledgedBy(null)
                .setAcknowledgedAt(null)
                .setIncidentId(null)
                .setSilentDevices(null)
                .setLevel(Escalation.first(signal.getSubject()))
                .setEscalatedTo(List.of())
                .setAssignee(null)
                .setAssignedAt(null)
                .setReports(List.of())
                .setRevised(Map.of())
                .setGradedByHand(null)
                .setFlaps(0)
                .setQuietSince(null)
                .setArrivedAt(null);
    }

    /** Takes note of the first arrival that an occurrence is told of. */
    private static Alert.Builder arrived(Alert.Builder next, AlertSignal signal) {
        boolean there = ON_THE_SPOT.contains(signal.getValues().getOrDefault("state", ""));
        return there && next.getArrivedAt() == null ? next.setArrivedAt(signal.getEventTime()) : next;
    }

    private static Decision raise(Alert current, AlertSignal signal, DutyPlan plan, Instant now) {
        if (isRepeated(current, signal)) {
            return new Unchanged(Because.REPEATED);
        }
        Alert.Builder next = filled(Alert.newBuilder(current), signal);
        if (!Transition.isOpen(current.getState())) {
            next.setOccurrences(current.getOccurrences() + 1);
            begin(next, signal, now);
            arrived(next, signal);
            int flaps = Flapping.begunBy(current, signal, plan, now);
            Transition transition = flaps > 0 ? Transition.FLAPPED : Transition.RAISED_AGAIN;
            return Revisions.changed(current, next.setFlaps(flaps), transition, author(signal), now);
        }
        arrived(next.setSubject(widened(current, signal)), signal);
        boolean worse = AlertLifecycle.rank(signal.getSeverity()) > AlertLifecycle.rank(current.getSeverity());
        next.setSeverity(severityAfter(current, signal));
        boolean comesBack = current.getQuietSince() != null;
        if (comesBack) {
            next.setFlaps(current.getFlaps() + 1).setQuietSince(null);
            if (!worse && hearAlready(current, next.getSubject())) {
                return new Noted(next.build());
            }
        }
        if (!worse && (comesBack || !isNews(signal))) {
            return Revisions.changed(current, next, Transition.UPDATED, author(signal), now);
        }
        next.setAcknowledgedBy(null).setAcknowledgedAt(null);
        if (worse) {
            next.setGradedAt(now.truncatedTo(ChronoUnit.MILLIS));
        }
        Transition transition = isNews(signal) && !comesBack ? Transition.JOINED : Transition.WORSENED;
        return Revisions.changed(current, next, transition, author(signal), now);
    }

    private static Decision clear(Alert current, AlertSignal signal, Instant now) {
        if (!Transition.isOpen(current.getState())) {
            return new Unchanged(Because.NOT_OPEN);
        }
        Alert.Builder next = Alert.newBuilder(current)
                .setValues(signal.getValues())
                .setFigures(signal.getFigures())
                .setLastEventId(signal.getEventId())
                .setSignalledAt(signal.getSignalledAt())
                .setReceivedAt(signal.getReceivedAt());
        if (Flapping.isFlapping(current)) {
            return current.getQuietSince() == null
                    ? new Noted(next.setQuietSince(now.truncatedTo(ChronoUnit.MILLIS))
                            .build())
                    : new Unchanged(Because.REPEATED);
        }
        return Revisions.changed(current, next, Transition.CLEARED, author(signal), now);
    }

    private static Alert.Builder filled(Alert.Builder alert, AlertSignal signal) {
        return alert.setSeverity(signal.getSeverity())
                .setLifeSafety(signal.getLifeSafety())
                .setRuleId(signal.getRuleId())
                .setRuleVersion(signal.getRuleVersion())
                .setFeed(signal.getFeed())
                .setSubject(signal.getSubject())
                .setTitle(signal.getTitle())
                .setExplanation(signal.getExplanation())
                .setRunbook(signal.getRunbook())
                .setValues(signal.getValues())
                .setFigures(signal.getFigures())
                .setSuppressions(signal.getSuppressions())
                .setStatus(signal.getStatus())
                .setExercise(signal.getExercise())
                .setLastEventId(signal.getEventId())
                .setSignalledAt(signal.getSignalledAt())
                .setReceivedAt(signal.getReceivedAt());
    }

    /** Whether it tells of another case or report, and not only how a known one goes on. */
    private static boolean isNews(AlertSignal signal) {
        return !signal.getOccasion().isEmpty();
    }

    /** The same signal again; while the alert is open and it is no news, also one that a reader could not tell from it. */
    private static boolean isRepeated(Alert current, AlertSignal signal) {
        if (current.getQuietSince() != null) {
            return false;
        }
        boolean said = signal.getSignalledAt().equals(current.getSignalledAt())
                && Objects.equals(signal.getEventId(), current.getLastEventId());
        if (!Transition.isOpen(current.getState())) {
            return said && History.lastSaidByRuleIsRaise(current);
        }
        // The same word again, after a person has graded the alert otherwise, is no new word.
        boolean severityStays =
                (said && current.getGradedByHand() != null) || severityAfter(current, signal) == current.getSeverity();
        return (said || !isNews(signal)) && severityStays && looksTheSame(current, signal);
    }

    /** What is told late makes nothing milder, nor does one of the times that a flapping alert is raised, or any after a person has graded it. */
    private static Severity severityAfter(Alert current, AlertSignal signal) {
        boolean milder = AlertLifecycle.rank(signal.getSeverity()) < AlertLifecycle.rank(current.getSeverity());
        boolean stays = signal.getOutOfOrder() || Flapping.isFlapping(current);
        Severity said = milder && stays ? current.getSeverity() : signal.getSeverity();
        Severity byHand = current.getGradedByHand();
        return byHand != null && AlertLifecycle.rank(byHand) > AlertLifecycle.rank(said) ? byHand : said;
    }

    private static boolean hearAlready(Alert current, AlertSubject subject) {
        return current.getSubject().getUnitIds().containsAll(subject.getUnitIds())
                && current.getSubject().getDepartmentIds().containsAll(subject.getDepartmentIds());
    }

    private static boolean looksTheSame(Alert current, AlertSignal signal) {
        return signal.getValues().equals(current.getValues())
                && signal.getExplanation().equals(current.getExplanation())
                && signal.getTitle().equals(current.getTitle())
                && signal.getRunbook().equals(current.getRunbook())
                && widened(current, signal).equals(current.getSubject());
    }

    /** What the signal is about, heard by all who heard of this occurrence: they must learn its end too. */
    private static AlertSubject widened(Alert current, AlertSignal signal) {
        AlertSubject former = current.getSubject();
        AlertSubject subject = signal.getSubject();
        return AlertSubject.newBuilder(subject)
                .setUnitIds(union(former.getUnitIds(), subject.getUnitIds()))
                .setDepartmentIds(union(former.getDepartmentIds(), subject.getDepartmentIds()))
                .build();
    }

    private static List<String> union(List<String> former, List<String> more) {
        Set<String> all = new LinkedHashSet<>(former);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Clocks of two machines differ; an alert does not start after it was first seen. */
    private static Instant earlier(Instant a, Instant b) {
        return (a.isBefore(b) ? a : b).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Author author(AlertSignal signal) {
        String explanation = Stream.of(
                        signal.getExplanation().getZh(), signal.getExplanation().getEn())
                .filter(words -> !words.isBlank())
                .distinct()
                .collect(Collectors.joining("\n"));
        return Author.rule(signal.getRuleId(), explanation.isEmpty() ? null : explanation);
    }
}
