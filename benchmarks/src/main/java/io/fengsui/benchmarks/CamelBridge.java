package io.fengsui.benchmarks;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * Copies MQTT messages to a Kafka topic with Apache Camel. Arguments: MQTT URI, client id, topic filter, Kafka's brokers,
 * Kafka topic, and whether each message waits until Kafka has it.
 */
final class CamelBridge {
    private CamelBridge() {}

    public static void main(String[] arguments) throws Exception {
        String from = "paho-mqtt5:" + arguments[2] + "?brokerUrl=" + arguments[0] + "&clientId=" + arguments[1]
                + "&cleanStart=false&sessionExpiryInterval=86400&qos=1&receiveMaximum=1000&manualAcksEnabled=true";
        String to = "kafka:" + arguments[4] + "?brokers=" + arguments[3] + "&requestRequiredAcks=all&synchronous="
                + arguments[5];
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        });
        main.run();
    }
}
