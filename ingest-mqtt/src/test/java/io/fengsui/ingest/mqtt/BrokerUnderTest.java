package io.fengsui.ingest.mqtt;

import java.util.List;

/** A broker for the contract test. */
interface BrokerUnderTest {
    MqttSource source(Slot slot, int receiveMaximum, MqttSource.Gate gate);

    /** Publishes at QoS 1 and waits until the broker has it. */
    void publish(String topic, byte[] payload, String contentType, String messageId) throws Exception;

    /** Topics of what sources published and a vendor sees. */
    List<String> rejections();

    /** Cuts every connection of sources at once; sessions are kept. */
    void cut();

    /** Lets a broker that does nothing by itself go on. */
    default void settle() {}

    void stop() throws Exception;
}
