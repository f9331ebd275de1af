package io.fengsui.standalone.bench.alerts;

import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When Alertmanager had accepted which alert, as the app writes it down when the reply has come. */
final class DeliveryWatch implements AutoCloseable {
    private static final Duration LOADED = Duration.ofSeconds(30);

    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final CompactedTable<AlertDelivery> table;

    DeliveryWatch(AlertsStage stage) {
        this.table = CompactedTable.telling(
                Topics.alertDelivery(Realm.LIVE), stage.clients(), stage.registry(), "bench", this::take);
    }

    void start() throws InterruptedException {
        table.start();
        table.awaitLoaded(LOADED);
    }

    private void take(String key, @Nullable AlertDelivery delivery) {
        if (delivery != null
                && delivery.getReceiver().startsWith("alertmanager")
                && delivery.getOutcome() == DeliveryOutcome.DELIVERED) {
            String alert = delivery.getAlertId();
            accepted.putIfAbsent(
                    alert.substring(alert.indexOf('@') + 1), delivery.getAt().toEpochMilli());
        }
    }

    /** Epoch milliseconds. */
    OptionalLong acceptedAt(String deviceId) {
        Long at = accepted.get(deviceId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    @Override
    public void close() {
        table.close();
    }
}
