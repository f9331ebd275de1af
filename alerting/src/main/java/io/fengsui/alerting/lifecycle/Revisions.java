package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one place that makes a new revision of an alert. */
final class Revisions {

    private Revisions() {}

    /** Who changes it, and with which words. */
    record Author(
            String actor, @Nullable String note, @Nullable String commandId) {
        static Author rule(String id, @Nullable String note) {
            return new Author("rule:" + id, note, null);
        }
    }

    static Changed changed(
            @Nullable Alert current, Alert.Builder next, Transition transition, Author author, Instant now) {
        return changed(current, next, transition, author, now, change -> {});
    }

    /** @param details what the entry in the history says besides */
    static Changed changed(
            @Nullable Alert current,
            Alert.Builder next,
            Transition transition,
            Author author,
            Instant now,
            Consumer<AlertChange.Builder> details) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        AlertState former = current == null ? null : current.getState();
        AlertState state = transition.after(former);
        int revision = revisionAfter(current);
        AlertChange.Builder change = AlertChange.newBuilder()
                .setRevision(revision)
                .setAt(at)
                .setAction(transition.action())
                .setState(state)
                .setSeverity(next.getSeverity())
                .setActor(author.actor())
                .setNote(author.note())
                .setReferences(current == null ? null : current.getRevision())
                .setCommandId(author.commandId());
        details.accept(change);
        next.setRevision(revision).setState(state).setChangedAt(at).setHistory(History.with(current, change.build()));
        boolean waitsAnew = former == null || !Transition.isWaiting(former) || transition == Transition.ESCALATED;
        if (!Transition.isWaiting(state)) {
            next.setWaitingSince(null);
        } else if (waitsAnew) {
            next.setWaitingSince(at);
        }
        if (!Transition.isOpen(state) && next.getEndedAt() == null) {
            next.setEndedAt(at.isBefore(next.getStartedAt()) ? next.getStartedAt() : at)
                    .setFlaps(0)
                    .setQuietSince(null);
        }
        return new Changed(next.build(), transition);
    }

    static int revisionAfter(@Nullable Alert current) {
        return current == null ? 1 : current.getRevision() + 1;
    }
}
