package io.fengsui.alerting.notify;

import io.fengsui.alert.AlertDelivery;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps outcomes in memory, and all that was ever written. */
public final class MemoryDeliveryLog implements DeliveryLog {
    public final List<AlertDelivery> written = new CopyOnWriteArrayList<>();
    private final Map<String, AlertDelivery> last = new ConcurrentHashMap<>();

    @Override
    public Optional<AlertDelivery> get(Realm realm, String receiver, String alertId) {
        return Optional.ofNullable(last.get(realm + "|" + receiver + "|" + alertId));
    }

    @Override
    public void put(Realm realm, AlertDelivery delivery) {
        written.add(delivery);
        last.put(realm + "|" + delivery.getReceiver() + "|" + delivery.getAlertId(), delivery);
    }
}
