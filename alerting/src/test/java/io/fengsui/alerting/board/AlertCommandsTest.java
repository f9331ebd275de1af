package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.board.AlertCommands.Outcome;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlertCommandsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Alert ALERT = AlertBoardTest.device("a", "g-1");

    private final AlertBoard board = AlertBoard.standing();

    AlertCommandsTest() {
        board.accept(Realm.LIVE, "a", ALERT);
    }

    @Test
    void shouldWaitForTheEffect() throws Exception {
        CompletableFuture<Outcome> outcome =
                commands(stored(), Duration.ofSeconds(30)).request(Realm.LIVE, command());
        board.accept(Realm.DRILL, "a", changedBy("c-1"));
        board.accept(Realm.LIVE, "a", changedBy("c-2"));
        assertThat(outcome).isNotDone();

        board.accept(Realm.LIVE, "a", changedBy("c-1"));
        assertThat(outcome.get(1, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    }

    @Test
    void shouldSeeAnEffectThatWasFasterThanTheAcknowledgement() throws Exception {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        CompletableFuture<Outcome> outcome =
                commands(stored, Duration.ofSeconds(30)).request(Realm.LIVE, command());
        board.accept(Realm.LIVE, "a", changedBy("c-1"));
        stored.complete(null);

        assertThat(outcome.get(1, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    }

    @Test
    void shouldSayPendingWhenNothingHappensInTime() throws Exception {
        assertThat(commands(stored(), Duration.ofMillis(20))
                        .request(Realm.LIVE, command())
                        .get(5, TimeUnit.SECONDS))
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    void shouldSayOvertakenWhenOthersChangedTheAlert() throws Exception {
        CompletableFuture<Outcome> outcome =
                commands(stored(), Duration.ofMillis(200)).request(Realm.LIVE, command());
        board.accept(Realm.LIVE, "a", changedBy("c-2"));

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(Outcome.OVERTAKEN);
    }

    @Test
    void shouldFailWhenTheCommandIsNotStored() {
        CompletableFuture<Void> failed = CompletableFuture.failedFuture(new IllegalStateException("no Kafka"));

        assertThat(commands(failed, Duration.ofSeconds(1)).request(Realm.LIVE, command()))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withMessageContaining("no Kafka");
    }

    private AlertCommands commands(CompletableFuture<Void> stored, Duration patience) {
        CommandLog log = new CommandLog() {
            @Override
            public CompletableFuture<Void> append(Realm realm, AlertCommand command) {
                return stored;
            }

            @Override
            public void close() {}
        };
        return new AlertCommands(log, board, patience);
    }

    private static CompletableFuture<Void> stored() {
        return CompletableFuture.completedFuture(null);
    }

    private static AlertCommand command() {
        return AlertCommand.newBuilder()
                .setAlertId("a")
                .setCommandId("c-1")
                .setAction(CommandAction.ACKNOWLEDGE)
                .setActor("officer")
                .setRevision(1)
                .setRequestedAt(NOW)
                .build();
    }

    private static Alert changedBy(String commandId) {
        AlertChange change = AlertChange.newBuilder()
                .setRevision(2)
                .setAt(NOW)
                .setAction(ChangeAction.ACKNOWLEDGED)
                .setState(AlertState.ACKNOWLEDGED)
                .setSeverity(Severity.III)
                .setActor("officer")
                .setReferences(1)
                .setCommandId(commandId)
                .build();
        return Alert.newBuilder(ALERT)
                .setRevision(2)
                .setHistory(List.of(change))
                .build();
    }
}
