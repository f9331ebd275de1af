package io.fengsui.standalone.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.standalone.Standalone;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Publishes as a vendor does: over MQTT, at QoS 1. */
public final class VendorMessages {
    private final Standalone standalone;

    public VendorMessages(Standalone standalone) {
        this.standalone = standalone;
    }

    /** Returns when the broker has it. */
    public void publish(String vendor, String feed, String deviceId, String payload) throws MqttException {
        MqttClient client = new MqttClient(standalone.ports().mqttUri(), vendor + "-test", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(vendor);
        options.setPassword(standalone.users().password(vendor).orElseThrow().getBytes(UTF_8));
        client.connect(options);
        client.publish(String.join("/", "fengsui", "v1", vendor, feed, deviceId), payload.getBytes(UTF_8), 1, false);
        client.disconnect();
        client.close();
    }
}
