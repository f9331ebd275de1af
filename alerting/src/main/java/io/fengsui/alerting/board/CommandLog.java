package io.fengsui.alerting.board;

import io.fengsui.alert.AlertCommand;
import io.fengsui.schema.topic.Realm;
import java.util.concurrent.CompletableFuture;

/** Where commands are written for the lifecycle to decide on. */
public interface CommandLog extends AutoCloseable {

    /**
     * Writes a command. The future ends when it is stored for good, or exceptionally when that is not certain: the same
     * command, by its id, may then be written again and acts once.
     */
    CompletableFuture<Void> append(Realm realm, AlertCommand command);

    @Override
    void close();
}
