package io.fengsui.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes wrong between a source and a real broker. */
abstract class RealBrokerContract extends MqttSourceContract {

    @Override
    abstract RealBroker startBroker() throws Exception;

    private RealBroker real() {
        return (RealBroker) broker;
    }

    private MqttSource with(SettingsForTest settings) {
        return real().source(slot, settings, gate);
    }

    @Test
    void shouldSubscribeAgainWhenTheBrokerLostTheSession() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);
        holdBack(source);
        real().loseSession(slot.clientId());
        publish(1, 1);
        gate.open();
        until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
        publish(2, 2);

        until(() -> !received.isEmpty());
        assertThat(texts()).containsExactly("2");
        assertThat(gate.told()).endsWith("lost", "new session", "subscribed");
    }

    @Test
    void shouldSubscribeANewSessionWhoseConnackWasLost() throws Exception {
        MqttSource source = subscribe(with(real().settings().connectTimeout(Duration.ofSeconds(1))), this::acknowledge);
        holdBack(source);
        real().loseSession(slot.clientId());
        real().swallow(true);
        gate.open();
        until(() -> real().hasSwallowed());
        await().until(() -> source.state().detail().startsWith("cannot connect"));
        real().swallow(false);
        until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
        publish(1, 1);

        until(() -> !received.isEmpty());
        assertThat(texts()).containsExactly("1");
        assertThat(source.state().detail()).isEqualTo("session resumed");
        assertThat(gate.told()).endsWith("lost", "session present", "subscribed");
    }

    @Test
    void shouldTellOfALostConnectionAndItsResumedSession() {
        MqttSource source = subscribe(1_000, this::acknowledge);

        broker.cut();
        until(() -> source.connectionsLost() == 1 && source.state().phase() == MqttSource.Phase.SUBSCRIBED);

        assertThat(source.state().detail()).isEqualTo("session resumed");
        assertThat(gate.told()).containsExactly("new session", "subscribed", "lost", "session present", "subscribed");
    }

    @Test
    void shouldStayConnectedWhenNothingIsSaidButPings() throws Exception {
        MqttSource source = subscribe(with(real().settings().keepAlive(Duration.ofSeconds(2))), this::acknowledge);

        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(10)).until(source::isFlowing);

        assertThat(source.connectionsLost()).isZero();
    }

    @Test
    void shouldNoticeABrokerThatHangs() throws Exception {
        MqttSource source = subscribe(with(real().settings().keepAlive(Duration.ofSeconds(4))), this::acknowledge);
        assertThat(source.isFlowing()).isTrue();
        Instant before = Instant.now();
        real().freeze(true);

        await().atMost(Duration.ofSeconds(10)).until(() -> !source.isFlowing());
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(7_500));
        await().atMost(Duration.ofSeconds(5)).until(() -> source.state().phase() != MqttSource.Phase.SUBSCRIBED);
        publish(1, 1);
        real().freeze(false);
        until(() -> received.size() == 1);
        until(source::isFlowing);
    }

    @Test
    void shouldGetAMessageAgainThatIsInFlightForTooLong() throws Exception {
        MqttSource source = subscribe(with(real().settings().stallTimeout(Duration.ofSeconds(1))), message -> {
            received.add(message);
            if (message.redelivered()) {
                message.ack();
            }
        });
        publish(1, 1);

        until(() -> received.size() == 2 && source.inFlight() == 0);
        assertThat(received.get(1).redelivered()).isTrue();
        assertThat(source.alive()).isTrue();
    }

    @Test
    void shouldCallItselfDeadWhenAMessageIsStuckInItsHandling() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        MqttSource source = subscribe(with(real().settings().stallTimeout(Duration.ofSeconds(1))), message -> {
            received.add(message);
            await().atMost(Duration.ofMinutes(1)).until(() -> stuck.getCount() == 0);
        });
        try {
            publish(1, 1);

            until(() -> !source.alive());
            until(() -> source.state().phase() == MqttSource.Phase.STOPPED);
            assertThat(source.state().detail()).contains("stuck");
            assertThat(received).hasSize(1);
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void shouldTellWhetherAnybodyHeardWhatItPublishes() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);

        assertThat(source.publish("fengsui/v1/acme/rejected/d-1", "{}".getBytes(UTF_8), "application/json")
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(source.publish("nobody/hears/this", "{}".getBytes(UTF_8), "application/json")
                        .get(10, TimeUnit.SECONDS))
                .isFalse();
        assertThat(source.publish("no/wildcards/#", "{}".getBytes(UTF_8), "application/json")
                        .get(10, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void shouldGiveUpWhatItPublishedWhenTheConnectionEnds() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);
        real().freeze(true);
        var outcome = source.publish("fengsui/v1/acme/rejected/d-1", "{}".getBytes(UTF_8), "application/json");
        assertThat(outcome).isNotDone();
        source.close();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isFalse();
    }

    /** Both lanes' sources see what the other publishes, and that it is a bridge's. */
    @Test
    void shouldKnowWhatABridgePublished() throws Exception {
        subscribe(1_000, this::acknowledge);
        Slot other = new Slot("other", slot.clientId() + "-other", slot.lane(), slot.filters());
        MqttSource second = real().source(other, 10, () -> MqttSource.Gate.OPEN);
        sources.add(second);
        second.start(InboundMessage::ack);
        until(() -> second.state().phase() == MqttSource.Phase.SUBSCRIBED);
        second.publish("fengsui/v1/acme/rejected/d-1", "{}".getBytes(UTF_8), "application/json")
                .get(10, TimeUnit.SECONDS);
        publish(1, 1);

        until(() -> received.size() == 2);
        assertThat(received).extracting(InboundMessage::ofBridge).containsExactly(true, false);
    }
}
