package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alerting.lifecycle.Decision.Because;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole life of an alert: what a rule or a person says, applied to the alert as it stands. {@link Transition} draws it.
 *
 * <ul>
 *   <li>An alert has one identity for ever. A raise after its end is a new occurrence of the same alert: the revision goes
 *       on, the acknowledgement is gone.
 *   <li>A signal that says nothing new changes nothing. Signals count in the order of arrival, which within a partition is the
 *       order in which the rules spoke.
 *   <li>A higher severity takes an acknowledged alert back to FIRING: it was acknowledged for less. A lower one does not.
 *   <li>So does a new occasion, another case or report of an alert that is open: whoever acknowledged did not know of it.
 *   <li>What an older event of the device tells can make an open alert graver, never milder.
 *   <li>Who heard of an occurrence hears of all its changes, also if the device has moved to another township since.
 *   <li>A command names the revision its author saw, and is refused if the alert has changed since in more than its
 *       figures. It acts once, however often it comes.
 * </ul>
 *
 * Pure functions, for any thread. The console may ask them beforehand whether a command would be refused; what the topology
 * decides is what counts.
 */
public final class AlertLifecycle {

    private static final int LONGEST_NOTE = 1_000;

    private AlertLifecycle() {}

    /**
     * Applies what a rule says.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertSignal signal, Instant now) {
        return switch (signal.getAction()) {
            case UNKNOWN -> new Refused(Refusal.UNKNOWN_ACTION);
            case RAISE -> current == null ? firstRaise(signal, now) : raise(current, signal, now);
            case CLEAR -> current == null ? new Unchanged(Because.NOT_OPEN) : clear(current, signal, now);
        };
    }

    /**
     * Applies what a person asks.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertCommand command, Instant now) {
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
        Refusal refusal = refusalOf(current, command, transition);
        if (refusal != null) {
            return new Refused(refusal);
        }
        Alert.Builder next = Alert.newBuilder(current).setReceivedAt(null);
        if (transition == Transition.ACKNOWLEDGED) {
            next.setAcknowledgedBy(command.getActor()).setAcknowledgedAt(now.truncatedTo(ChronoUnit.MILLIS));
        }
        return changed(current, next, transition, Author.of(command), now);
    }

    /**
     * Applies what the view over all alerts says. An acknowledgement stays, for nothing about the alert itself has changed.
     *
     * @param current the alert as it stands; null if it was never raised
     * @param now our clock
     */
    public static Decision apply(@Nullable Alert current, AlertContext context, Instant now) {
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
                ? changed(current, next, transition, Author.of(context), now)
                : new Unchanged(Because.NOT_OPEN);
    }

    private static Decision firstRaise(AlertSignal signal, Instant now) {
        Alert.Builder first = Alert.newBuilder()
                .setAlertId(signal.getAlertId())
                .setOccurrences(1)
                .setStartedAt(earlier(signal.getSignalledAt(), now))
                .setEventTime(signal.getEventTime());
        return changed(null, filled(first, signal), Transition.RAISED, Author.of(signal), now);
    }

    private static Decision raise(Alert current, AlertSignal signal, Instant now) {
        if (isRepeated(current, signal)) {
            return new Unchanged(Because.REPEATED);
        }
        Alert.Builder next = filled(Alert.newBuilder(current), signal);
        if (!Transition.isOpen(current.getState())) {
            next.setOccurrences(current.getOccurrences() + 1)
                    .setStartedAt(earlier(signal.getSignalledAt(), now))
                    .setEventTime(signal.getEventTime())
                    .setEndedAt(null)
                    .setAcknowledgedBy(null)
                    .setAcknowledgedAt(null)
                    .setIncidentId(null)
                    .setSilentDevices(null);
            return changed(current, next, Transition.RAISED_AGAIN, Author.of(signal), now);
        }
        next.setSubject(widened(current, signal));
        boolean worse = rank(signal.getSeverity()) > rank(current.getSeverity());
        if (signal.getOutOfOrder() && !worse) {
            next.setSeverity(current.getSeverity());
        }
        if (!isNews(signal) && !worse) {
            return changed(current, next, Transition.UPDATED, Author.of(signal), now);
        }
        next.setAcknowledgedBy(null).setAcknowledgedAt(null);
        Transition transition = isNews(signal) ? Transition.JOINED : Transition.WORSENED;
        return changed(current, next, transition, Author.of(signal), now);
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
        return changed(current, next, Transition.CLEARED, Author.of(signal), now);
    }

    /** The one place that makes a new revision. */
    private static Changed changed(
            @Nullable Alert current, Alert.Builder next, Transition transition, Author author, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        AlertState state = transition.after(current == null ? null : current.getState());
        int revision = current == null ? 1 : current.getRevision() + 1;
        AlertChange change = AlertChange.newBuilder()
                .setRevision(revision)
                .setAt(at)
                .setAction(transition.action())
                .setState(state)
                .setSeverity(next.getSeverity())
                .setActor(author.actor())
                .setNote(author.note())
                .setReferences(current == null ? null : current.getRevision())
                .setCommandId(author.commandId())
                .build();
        next.setRevision(revision).setState(state).setChangedAt(at).setHistory(History.with(current, change));
        if (!Transition.isOpen(state) && next.getEndedAt() == null) {
            next.setEndedAt(at.isBefore(next.getStartedAt()) ? next.getStartedAt() : at);
        }
        return new Changed(next.build(), transition);
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
        boolean saidThen = signal.getSignalledAt().equals(current.getSignalledAt());
        if (!Transition.isOpen(current.getState())) {
            return saidThen && History.lastSaidByRuleIsRaise(current);
        }
        boolean said = saidThen && Objects.equals(signal.getEventId(), current.getLastEventId());
        return (said || !isNews(signal)) && looksTheSame(current, signal);
    }

    private static boolean looksTheSame(Alert current, AlertSignal signal) {
        return signal.getSeverity() == current.getSeverity()
                && signal.getValues().equals(current.getValues())
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

    private static @Nullable Transition transitionOf(AlertCommand command) {
        return switch (command.getAction()) {
            case ACKNOWLEDGE -> Transition.ACKNOWLEDGED;
            case RESOLVE -> Transition.RESOLVED;
            case CANCEL -> Transition.CANCELLED;
            case COMMENT -> Transition.COMMENTED;
            case UNKNOWN -> null;
        };
    }

    private static @Nullable Refusal refusalOf(Alert current, AlertCommand command, Transition transition) {
        String note = command.getNote() == null ? "" : command.getNote();
        if (command.getActor().isBlank()) {
            return Refusal.NO_ACTOR;
        }
        if (transition == Transition.COMMENTED && note.isBlank()) {
            return Refusal.EMPTY_COMMENT;
        }
        if (note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            return Refusal.NOTE_TOO_LONG;
        }
        if (!transition.follows(current.getState())) {
            return Transition.isOpen(current.getState()) ? Refusal.ALREADY_ACKNOWLEDGED : Refusal.ENDED;
        }
        Integer seen = command.getRevision();
        return seen != null && !History.onlyFiguresChangedSince(current, seen) ? Refusal.CHANGED_SINCE : null;
    }

    /** By name: the order of an enum's symbols is no order of severity. */
    public static int rank(Severity severity) {
        return switch (severity) {
            case I -> 4;
            case II -> 3;
            case III -> 2;
            case IV -> 1;
            case UNKNOWN -> 0;
        };
    }

    /** Clocks of two machines differ; an alert does not start after it was first seen. */
    private static Instant earlier(Instant a, Instant b) {
        return (a.isBefore(b) ? a : b).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Who changes it, and with which words. */
    private record Author(
            String actor, @Nullable String note, @Nullable String commandId) {
        static Author of(AlertSignal signal) {
            String explanation = Stream.of(
                            signal.getExplanation().getZh(),
                            signal.getExplanation().getEn())
                    .filter(words -> !words.isBlank())
                    .distinct()
                    .collect(Collectors.joining("\n"));
            return new Author("rule:" + signal.getRuleId(), explanation.isEmpty() ? null : explanation, null);
        }

        static Author of(AlertContext context) {
            return new Author("rule:incident", context.getIncidentId(), null);
        }

        static Author of(AlertCommand command) {
            return new Author(command.getActor(), command.getNote(), command.getCommandId());
        }
    }
}
