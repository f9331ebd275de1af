package io.fengsui.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MqttSource} must do, whatever the broker. */
abstract class MqttSourceContract {
    private static final String TOPIC = "fengsui/v1/acme/dust-sensor/d-1";

    /** Each test has a session of its own, so that a broker may serve many tests. */
    private static final AtomicInteger SESSIONS = new AtomicInteger();

    final Slot slot =
            new Slot("telemetry", "bridge-" + SESSIONS.incrementAndGet(), Lane.TELEMETRY, List.of("fengsui/#"));

    final List<InboundMessage> received = new CopyOnWriteArrayList<>();
    final List<MqttSource> sources = new ArrayList<>();
    final RecordedGate gate = new RecordedGate();
    BrokerUnderTest broker;

    abstract BrokerUnderTest startBroker() throws Exception;

    @BeforeEach
    void start() throws Exception {
        broker = startBroker();
    }

    /** With nothing in flight, so that no source waits for it. */
    @AfterEach
    void stop() throws Exception {
        received.forEach(InboundMessage::ack);
        sources.forEach(MqttSource::close);
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void shouldDeliverInOrderWithItsProperties() throws Exception {
        subscribe(1_000, this::acknowledge);
        broker.publish(TOPIC, "{}".getBytes(UTF_8), "application/json", "m-1");
        publish(2, 100);

        until(() -> received.size() == 100);
        InboundMessage first = received.get(0);
        assertThat(first.topic()).isEqualTo(TOPIC);
        assertThat(first.contentType()).isEqualTo("application/json");
        assertThat(first.messageId()).isEqualTo("m-1");
        assertThat(first.redelivered()).isFalse();
        assertThat(received.get(1).contentType()).isNull();
        assertThat(texts().subList(1, 100)).isEqualTo(texts(2, 100));
    }

    @Test
    void shouldGetUnacknowledgedMessagesAgainInOrderWhenTheLineIsCut() throws Exception {
        MqttSource source = subscribe(1_000, m -> {
            received.add(m);
            if (text(m).equals("1") || text(m).equals("3")) {
                m.ack();
            }
        });
        publishAtOnce(source, 1, 5);
        until(() -> received.size() == 5);
        settleAcks(source);

        broker.cut();

        until(() -> received.size() == 9);
        assertThat(texts().subList(5, 9)).containsExactly("2", "3", "4", "5");
        assertThat(received.subList(5, 9)).allMatch(InboundMessage::redelivered);
    }

    @Test
    void shouldNotAcknowledgeAgainstTheOrder() throws Exception {
        MqttSource source = subscribe(1_000, received::add);
        publishAtOnce(source, 1, 3);
        until(() -> received.size() == 3);
        received.get(2).ack();
        received.get(1).ack();
        settleAcks(source);

        broker.cut();

        until(() -> received.size() == 6);
        assertThat(texts().subList(3, 6)).containsExactly("1", "2", "3");
    }

    @Test
    void shouldIgnoreAcknowledgementsOfAnEarlierConnection() throws Exception {
        MqttSource source = subscribe(1_000, received::add);
        publishAtOnce(source, 1, 2);
        until(() -> received.size() == 2);
        broker.cut();
        // Messages of a resumed session come before the broker has answered the subscription.
        until(() -> received.size() == 4 && source.state().phase() == MqttSource.Phase.SUBSCRIBED);

        received.get(0).ack();
        received.get(1).ack();
        received.get(1).fail("too late to matter");

        assertThat(source.inFlight()).isEqualTo(2);
        assertThat(source.state().phase()).isEqualTo(MqttSource.Phase.SUBSCRIBED);
        received.get(2).ack();
        received.get(3).ack();
        until(() -> source.inFlight() == 0);
        settleAcks(source);
        broker.cut();
        publish(3, 3);
        until(() -> received.size() == 5);
        assertThat(text(received.get(4))).isEqualTo("3");
    }

    @Test
    void shouldGetTheMessageAgainWhenItFailed() throws Exception {
        MqttSource source = subscribe(1_000, m -> {
            received.add(m);
            if (received.size() == 2) {
                m.fail("Kafka is down");
            } else {
                m.ack();
            }
        });
        publish(1, 3);

        until(() -> texts().lastIndexOf("3") > 2 && source.inFlight() == 0);
        assertThat(texts()).startsWith("1", "2").endsWith("2", "3");
        assertThat(source.connectionsLost()).isEqualTo(1);
    }

    @Test
    void shouldGetTheMessageAgainWhenTheReceiverThrows() throws Exception {
        subscribe(1_000, m -> {
            received.add(m);
            if (received.size() == 1) {
                throw new IllegalStateException("a bug");
            }
            m.ack();
        });
        publish(1, 1);

        until(() -> received.size() == 2);
        assertThat(texts()).containsExactly("1", "1");
    }

    @Test
    void shouldNotExceedTheReceiveMaximum() throws Exception {
        MqttSource source = subscribe(10, received::add);
        publishAtOnce(source, 1, 30);
        until(() -> received.size() >= 10);
        settleAcks(source);

        assertThat(received).hasSize(10);
        assertThat(source.inFlight()).isEqualTo(10);
        for (int i = 0; i < 30; i++) {
            int next = i;
            until(() -> received.size() > next);
            received.get(i).ack();
            broker.settle();
        }
        assertThat(texts()).isEqualTo(texts(1, 30));
    }

    @Test
    void shouldResumeTheSessionWithWhatCameMeanwhile() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);
        source.close();
        publish(1, 3);

        subscribe(1_000, this::acknowledge);

        until(() -> received.size() == 3);
        assertThat(texts()).isEqualTo(texts(1, 3));
        assertThat(gate.told()).containsExactly("new session", "subscribed", "session present", "subscribed");
    }

    @Test
    void shouldAcknowledgeWhatIsInFlightWhenClosed() throws Exception {
        MqttSource source = subscribe(1_000, received::add);
        publishAtOnce(source, 1, 3);
        until(() -> received.size() == 3);
        AtomicBoolean acknowledged = new AtomicBoolean();
        Thread kafka = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            acknowledged.set(true);
            received.forEach(InboundMessage::ack);
        });
        kafka.start();

        source.close();
        assertThat(acknowledged).as("close has waited").isTrue();
        kafka.join();
        received.clear();
        subscribe(1_000, this::acknowledge);
        publish(4, 4);

        until(() -> !received.isEmpty());
        assertThat(texts()).containsExactly("4");
        assertThat(source.state().phase()).isEqualTo(MqttSource.Phase.STOPPED);
    }

    @Test
    void shouldReadNothingWhileTheGateIsClosed() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);
        gate.close("Kafka is down");
        broker.cut();
        until(() -> source.state().phase() == MqttSource.Phase.HELD_BACK);
        publish(1, 3);
        int asked = gate.asked();
        until(() -> gate.asked() >= asked + 2);

        assertThat(source.state().detail()).isEqualTo("Kafka is down");
        assertThat(received).isEmpty();
        gate.open();

        until(() -> received.size() == 3);
        assertThat(texts()).isEqualTo(texts(1, 3));
    }

    @Test
    void shouldSeeTopicsOfAnyShape() throws Exception {
        List<String> topics = List.of(
                "fengsui",
                "fengsui/",
                "fengsui/v1/acme",
                "fengsui/v1//elevator-119/e-1",
                "fengsui/v1/acme/no-feed/d-1/more",
                "fengsui/v1/acme/粉尘/d 1");
        subscribe(1_000, this::acknowledge);
        for (String topic : topics) {
            broker.publish(topic, new byte[0], null, null);
        }

        until(() -> received.size() == topics.size());
        assertThat(received).extracting(InboundMessage::topic).isEqualTo(topics);
    }

    @Test
    void shouldPublishToVendorsAndNotToItself() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);

        assertThat(source.publish("fengsui/v1/acme/rejected/d-1", "{}".getBytes(UTF_8), "application/json")
                        .get(10, TimeUnit.SECONDS))
                .isTrue();

        until(() -> broker.rejections().contains("fengsui/v1/acme/rejected/d-1"));
        publish(1, 1);
        until(() -> !received.isEmpty());
        assertThat(texts()).containsExactly("1");
        source.close();
        assertThat(source.publish("fengsui/v1/acme/rejected/d-1", new byte[0], "application/json")
                        .get(10, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void shouldPublishMoreAtOnceThanTheBrokerTakes() throws Exception {
        MqttSource source = subscribe(1_000, this::acknowledge);
        List<CompletableFuture<Boolean>> outcomes = IntStream.range(0, 200)
                .mapToObj(n -> source.publish("fengsui/v1/acme/rejected/d-" + n, new byte[0], "text/plain"))
                .toList();

        for (CompletableFuture<Boolean> outcome : outcomes) {
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isTrue();
        }
        until(() -> Set.copyOf(broker.rejections()).size() == 200);
    }

    void acknowledge(InboundMessage message) {
        received.add(message);
        message.ack();
    }

    MqttSource subscribe(int receiveMaximum, Consumer<InboundMessage> receiver) {
        return subscribe(broker.source(slot, receiveMaximum, gate), receiver);
    }

    MqttSource subscribe(MqttSource source, Consumer<InboundMessage> receiver) {
        sources.add(source);
        source.start(receiver);
        until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
        return source;
    }

    void publish(int from, int to) throws Exception {
        for (String text : texts(from, to)) {
            broker.publish(TOPIC, text.getBytes(UTF_8), null, null);
        }
    }

    /**
     * Publishes while the source is away, so that the broker then sends all at once: HiveMQ CE sends new messages only when
     * none of those it sent before is unacknowledged.
     */
    private void publishAtOnce(MqttSource source, int from, int to) throws Exception {
        holdBack(source);
        publish(from, to);
        gate.open();
    }

    /** Cuts the line and closes the gate. */
    void holdBack(MqttSource source) {
        gate.close("wait");
        broker.cut();
        until(() -> source.state().phase() == MqttSource.Phase.HELD_BACK);
    }

    /** Waits until the broker has the acknowledgements: it answers what is sent behind them. */
    private static void settleAcks(MqttSource source) throws Exception {
        assertThat(source.publish("fengsui/v1/acme/rejected/settle", new byte[0], "text/plain")
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    broker.settle();
                    return condition.call();
                });
    }

    List<String> texts() {
        return received.stream().map(MqttSourceContract::text).toList();
    }

    private static List<String> texts(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private static String text(InboundMessage message) {
        return new String(message.payload(), UTF_8);
    }
}
