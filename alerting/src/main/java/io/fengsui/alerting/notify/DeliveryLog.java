package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.schema.topic.Realm;
import java.util.Optional;

/** Where it is kept what became of alerts at their receivers; outlives the process. For any thread. */
public interface DeliveryLog {

    /** The last that is known of an alert at a receiver. */
    Optional<AlertDelivery> get(Realm realm, String receiver, String alertId);

    /** Keeps it, without waiting: what cannot be stored is logged, and told again after a restart. */
    void put(Realm realm, AlertDelivery delivery);

    default Optional<AlertDelivery> get(String receiver, Alert alert) {
        return get(Realm.of(alert.getStatus()), receiver, alert.getAlertId());
    }
}
