package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alerting.append.Appender;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Commands in {@code alert.command}, keyed by alert id. Gives up within 8 seconds, so that a person is not left waiting. */
public final class KafkaCommandLog implements CommandLog {
    private final Appender<AlertCommand> appender;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaCommandLog(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.appender = new Appender<>(Topics.alertCommand(Realm.LIVE), kafka, registry, owner + "-command");
    }

    @Override
    public CompletableFuture<Void> append(Realm realm, AlertCommand command) {
        return appender.append(Topics.alertCommand(realm), command.getAlertId(), command)
                .thenApply(stored -> null);
    }

    @Override
    public void close() {
        appender.close();
    }
}
