package io.fengsui.ingest.mqtt;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Paho's callback without the events that nobody here waits for. */
abstract class QuietCallback implements MqttCallback {

    /** Never called: Paho sees no PUBLISH ({@link FrameInputStream}). */
    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    /** Told by {@link #disconnected} too. */
    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    /** Nothing may be done here: subscribing on this thread can deadlock. */
    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
