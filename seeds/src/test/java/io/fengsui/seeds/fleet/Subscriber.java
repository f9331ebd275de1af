package io.fengsui.seeds.fleet;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Keeps every message below fengsui/v1, in the order of arrival. */
final class Subscriber implements MqttCallback, AutoCloseable {

    record Message(String topic, String messageId, String text) {
        String eventId() {
            String[] levels = topic.split("/");
            return levels[2] + "/" + levels[4] + "/" + messageId;
        }
    }

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    Subscriber(URI broker) throws MqttException {
        client = new MqttAsyncClient(broker.toString(), "subscriber", new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setTopicAliasMaximum(0);
        client.connect(options).waitForCompletion();
        client.subscribe(new MqttSubscription("fengsui/v1/#", 1)).waitForCompletion();
    }

    List<Message> messages() {
        return messages;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        String id = message.getProperties().getUserProperties().stream()
                .filter(property -> property.getKey().equals("message-id"))
                .map(property -> property.getValue())
                .findFirst()
                .orElse("none");
        messages.add(new Message(topic, id, new String(message.getPayload(), StandardCharsets.UTF_8)));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(500, 500, true);
        client.close(true);
    }
}
