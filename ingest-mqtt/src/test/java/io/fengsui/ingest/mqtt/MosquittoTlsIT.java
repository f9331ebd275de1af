package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.ingest.IngestConfig;
import io.fengsui.platform.Settings;
import io.fengsui.schema.feed.Lane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS with both sides' certificates a source is what it is without. */
class MosquittoTlsIT {
    private static final Slot SLOT = new Slot("telemetry", "bridge-tls", Lane.TELEMETRY, List.of("fengsui/#"));
    private static final String TOPIC = "fengsui/v1/acme/dust-sensor/d-1";

    @TempDir
    private Path directory;

    private final List<InboundMessage> received = new CopyOnWriteArrayList<>();
    private Certificates ours;
    private Certificates theirs;
    private Mosquitto broker;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws Exception {
        ours = new Certificates(directory, "ours");
        theirs = new Certificates(directory, "theirs");
        int port = RealBroker.freePort();
        broker = Mosquitto.start(
                directory,
                port,
                "certfile " + theirs.certificate(),
                "keyfile " + theirs.key(),
                "cafile " + ours.certificate(),
                "require_certificate true");
        proxy = new TcpProxy(port);
    }

    @AfterEach
    void stop() throws Exception {
        if (proxy != null) {
            proxy.close();
            broker.stop();
        }
    }

    @Test
    void shouldDeliverAcknowledgeAndRedeliver() throws Exception {
        try (MqttSource source = source(theirs, SettingsForTest.of(proxy.port()).keepAlive(Duration.ofSeconds(2)));
                MqttSource vendor = vendor()) {
            source.start(message -> {
                received.add(message);
                if (!text(message).equals("2") || message.redelivered()) {
                    message.ack();
                }
            });
            await().until(() -> source.state().phase() == MqttSource.Phase.SUBSCRIBED);
            vendor.start(InboundMessage::ack);
            await().until(() -> vendor.state().phase() == MqttSource.Phase.SUBSCRIBED);
            for (String text : List.of("1", "2", "3")) {
                assertThat(vendor.publish(TOPIC, text.getBytes(StandardCharsets.UTF_8), "text/plain")
                                .get(10, TimeUnit.SECONDS))
                        .isTrue();
            }
            await().until(() -> received.size() == 3);
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(10)).until(source::isFlowing);

            proxy.cut();

            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 5 && source.inFlight() == 0);
            assertThat(received).extracting(MosquittoTlsIT::text).containsExactly("1", "2", "3", "2", "3");
            assertThat(received)
                    .extracting(InboundMessage::redelivered)
                    .containsExactly(false, false, false, true, true);
        }
    }

    @Test
    void shouldNoticeABrokerThatHangs() throws Exception {
        try (MqttSource source = source(theirs, SettingsForTest.of(proxy.port()).keepAlive(Duration.ofSeconds(2)))) {
            source.start(InboundMessage::ack);
            await().until(source::isFlowing);
            proxy.freeze(true);

            await().atMost(Duration.ofSeconds(10)).until(() -> source.state().phase() == MqttSource.Phase.CONNECTING);
            proxy.freeze(false);
            await().atMost(Duration.ofSeconds(20)).until(source::isFlowing);
        }
    }

    @Test
    void shouldNotTalkToABrokerThatItDoesNotTrust() throws Exception {
        try (MqttSource source = source(ours, SettingsForTest.of(proxy.port()))) {
            source.start(received::add);

            await().until(() -> source.state().detail().contains("PKIX path"));
        }
    }

    private MqttSource source(Certificates trusted, SettingsForTest settings) {
        return source(SLOT, trusted, settings);
    }

    private MqttSource vendor() {
        Slot slot = new Slot("life-safety", "vendor", Lane.LIFE_SAFETY, List.of("fengsui/v1/acme/rejected/+"));
        return source(slot, theirs, SettingsForTest.of(proxy.port()));
    }

    private MqttSource source(Slot slot, Certificates trusted, SettingsForTest settings) {
        Optional<Tls> tls = IngestConfig.of(Settings.empty()
                        .with("ingest.mqtt.uri", "ssl://127.0.0.1:" + proxy.port())
                        .with("ingest.mqtt.ssl.truststore.type", "PEM")
                        .with(
                                "ingest.mqtt.ssl.truststore.location",
                                trusted.certificate().toString())
                        .with("ingest.mqtt.ssl.keystore.type", "PKCS12")
                        .with("ingest.mqtt.ssl.keystore.location", ours.store().toString())
                        .with("ingest.mqtt.ssl.keystore.password", Certificates.PASSWORD)
                        .with("ingest.mqtt.ssl.key.password", Certificates.PASSWORD))
                .mqtt()
                .tls();
        return new PahoMqttSource(
                slot,
                settings.secured(tls).settings(),
                () -> MqttSource.Gate.OPEN,
                Clock.systemUTC(),
                RandomGenerator.getDefault());
    }

    private static String text(InboundMessage message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }
}
