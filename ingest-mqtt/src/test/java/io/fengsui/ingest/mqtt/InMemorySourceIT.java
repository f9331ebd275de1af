package io.fengsui.ingest.mqtt;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The fake keeps the contract too, so that tests may rely on it. */
class InMemorySourceIT extends MqttSourceContract {

    @Override
    BrokerUnderTest startBroker() {
        InMemoryBroker broker = new InMemoryBroker(Clock.systemUTC());
        return new BrokerUnderTest() {
            private final List<InMemoryBroker.Source> sources = new ArrayList<>();

            @Override
            public MqttSource source(Slot slot, int receiveMaximum, MqttSource.Gate gate) {
                InMemoryBroker.Source source = broker.source(slot, receiveMaximum, gate);
                sources.add(source);
                return source;
            }

            @Override
            public void publish(String topic, byte[] payload, String contentType, String messageId) {
                broker.publish(topic, payload, contentType, messageId);
                broker.settle();
            }

            @Override
            public List<String> rejections() {
                return broker.published().stream()
                        .map(InMemoryBroker.Published::topic)
                        .toList();
            }

            @Override
            public void cut() {
                sources.forEach(InMemoryBroker.Source::disconnect);
            }

            @Override
            public void settle() {
                broker.settle();
            }

            @Override
            public void stop() {}
        };
    }
}
