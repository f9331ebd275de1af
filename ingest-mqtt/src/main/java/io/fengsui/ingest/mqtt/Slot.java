package io.fengsui.ingest.mqtt;

import io.fengsui.schema.feed.Lane;
import java.util.List;

/**
 * A share of the incoming messages with an MQTT session of its own. Kafka's group coordinator says which bridge serves it.
 *
 * @param name in settings, metrics, pulses and the topic of the slots; that of a lane's first slot is the lane's id
 * @param clientId MQTT client id; whoever connects with it takes the session over
 * @param lane lane it serves
 * @param filters topic filters, subscribed at QoS 1
 */
public record Slot(String name, String clientId, Lane lane, List<String> filters) {

    public Slot {
        filters = List.copyOf(filters);
    }
}
