package io.fengsui.alerting.board;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Passes a person's command on and waits until the board shows what became of it. Safe for use by many threads. */
public final class AlertCommands implements AutoCloseable {

    /** What became of a command within the time one waits for it. */
    public enum Outcome {
        /** The board shows it. */
        DONE,
        /** Stored, but others changed the alert first, so that it was not carried out. */
        OVERTAKEN,
        /** Stored, and not yet decided on; it will be. */
        PENDING
    }

    private final CommandLog log;
    private final AlertBoard board;
    private final Duration patience;

    /** @param patience how long to wait for the effect after the command is stored */
    public AlertCommands(CommandLog log, AlertBoard board, Duration patience) {
        this.log = log;
        this.board = board;
        this.patience = patience;
    }

    /**
     * Writes a command and follows the board. The future ends exceptionally if the command could not be stored for
     * certain; repeating it with the same command id is safe.
     */
    public CompletableFuture<Outcome> request(Realm realm, AlertCommand command) {
        CompletableFuture<Outcome> effect = new CompletableFuture<>();
        Subscription subscription = board.listen((where, alert) -> {
            if (where == realm && shows(alert, command)) {
                effect.complete(Outcome.DONE);
            }
        });
        return log.append(realm, command)
                .thenCompose(stored -> awaited(realm, command, effect))
                .whenComplete((outcome, failure) -> subscription.close());
    }

    private CompletableFuture<Outcome> awaited(Realm realm, AlertCommand command, CompletableFuture<Outcome> effect) {
        if (board.get(realm, command.getAlertId())
                .filter(alert -> shows(alert, command))
                .isPresent()) {
            effect.complete(Outcome.DONE);
        }
        return effect.completeOnTimeout(Outcome.PENDING, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(outcome -> outcome == Outcome.PENDING ? withoutEffect(realm, command) : outcome);
    }

    private Outcome withoutEffect(Realm realm, AlertCommand command) {
        Integer seen = command.getRevision();
        Optional<Alert> now = board.get(realm, command.getAlertId());
        boolean changed = seen != null && now.isPresent() && now.get().getRevision() != seen;
        return changed ? Outcome.OVERTAKEN : Outcome.PENDING;
    }

    private static boolean shows(Alert alert, AlertCommand command) {
        return alert.getAlertId().equals(command.getAlertId())
                && alert.getHistory().stream()
                        .anyMatch(change -> command.getCommandId().equals(change.getCommandId()));
    }

    @Override
    public void close() {
        log.close();
    }
}
