package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

    @Test
    void shouldHaveDefaults() {
        IngestConfig config = IngestConfig.of(Settings.empty());

        assertThat(config.bridgeId()).isEqualTo("fengsui-bridge");
        assertThat(config.mqtt().uri()).isEqualTo("tcp://127.0.0.1:1883");
        assertThat(config.mqtt().tls()).isEmpty();
        assertThat(config.mqtt().keepAlive()).hasSeconds(10);
        assertThat(config.mqtt().sessionExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(config.mqtt().receiveMaximum()).isEqualTo(1_000);
        assertThat(config.mqtt().maximumPacketBytes()).isEqualTo(1024 * 1024);
        assertThat(config.mqtt().flushDelay()).isEqualTo(Duration.ofNanos(500_000));
        assertThat(config.kafka()).containsOnly(Map.entry("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(config.producer())
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000)
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        assertThat(config.pulseInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.slots().all()).extracting(Slot::name).containsExactly("life-safety", "telemetry");
        assertThat(config.group())
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000)
                .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500)
                .doesNotContainKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    }

    @Test
    void shouldRefuseASlotOfNoFeedAndAHeartbeatThatIsTooSlow() {
        assertThatThrownBy(() -> IngestConfig.of(Settings.empty().with("ingest.slots", "dust")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("ingest.slots: 'dust' is wrong");
        assertThatThrownBy(() -> IngestConfig.of(Settings.empty().with("ingest.group.heartbeat.interval.ms", "2001")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("a third of ingest.group.session.timeout.ms at most");
    }

    @Test
    void shouldMapEveryKey() {
        IngestConfig config = IngestConfig.of(Settings.empty()
                .with(Map.ofEntries(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("ingest.bridge.id", "b"),
                        Map.entry("ingest.slots", "dust-sensor,video-status@west"),
                        Map.entry("ingest.group.instance.id", "one"),
                        Map.entry("ingest.group.session.timeout.ms", "9000"),
                        Map.entry("ingest.group.heartbeat.interval.ms", "2000"),
                        Map.entry("ingest.mqtt.uri", "ssl://broker:8883"),
                        Map.entry("ingest.mqtt.ssl.endpoint.identification.algorithm", ""),
                        Map.entry("ingest.mqtt.username", "u"),
                        Map.entry("ingest.mqtt.password", "p"),
                        Map.entry("ingest.mqtt.keep.alive.ms", "7000"),
                        Map.entry("ingest.mqtt.session.expiry.ms", "60000"),
                        Map.entry("ingest.mqtt.receive.maximum", "7"),
                        Map.entry("ingest.mqtt.maximum.packet.bytes", "200000"),
                        Map.entry("ingest.mqtt.connect.timeout.ms", "1001"),
                        Map.entry("ingest.mqtt.reconnect.backoff.ms", "11"),
                        Map.entry("ingest.mqtt.reconnect.backoff.max.ms", "101"),
                        Map.entry("ingest.mqtt.flush.delay.us", "1"),
                        Map.entry("ingest.stall.timeout.ms", "1002"),
                        Map.entry("ingest.drain.timeout.ms", "1003"),
                        Map.entry("ingest.kafka.probe.timeout.ms", "104"),
                        Map.entry("ingest.pulse.interval.ms", "105"),
                        Map.entry("ingest.rejection.interval.ms", "106"),
                        Map.entry("ingest.partial.timeout.ms", "108"),
                        Map.entry("ingest.start.timeout.ms", "1007"),
                        Map.entry("ingest.kafka.security.protocol", "SSL"),
                        Map.entry("schema.registry.ssl.truststore.location", "/t"),
                        Map.entry("ingest.kafka.producer.linger.ms", "5"),
                        Map.entry("ingest.kafka.producer.acks", "1"),
                        Map.entry("ingest.kafka.producer.max.in.flight.requests.per.connection", "5"))));

        assertThat(config.bridgeId()).isEqualTo("b");
        assertThat(config.slots().all())
                .extracting(Slot::clientId)
                .containsExactly("b-life-safety", "b-telemetry", "b-dust-sensor", "b-video-status@west");
        assertThat(config.group())
                .containsEntry(ConsumerConfig.GROUP_ID_CONFIG, "b")
                .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "one")
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 9_000)
                .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000)
                .containsEntry("security.protocol", "SSL");
        assertThat(config.lease()).hasMillis(7_000);
        assertThat(config.mqtt().uri()).isEqualTo("ssl://broker:8883");
        assertThat(config.mqtt().tls())
                .hasValueSatisfying(tls -> assertThat(tls.identification()).isEmpty());
        assertThat(config.mqtt().user()).hasValueSatisfying(user -> {
            assertThat(user.name()).isEqualTo("u");
            assertThat(user.password()).isEqualTo("p");
            assertThat(user.toString()).doesNotContain("p");
        });
        assertThat(config.mqtt().keepAlive()).hasMillis(7_000);
        assertThat(config.mqtt().sessionExpiry()).hasMillis(60_000);
        assertThat(config.mqtt().receiveMaximum()).isEqualTo(7);
        assertThat(config.mqtt().maximumPacketBytes()).isEqualTo(200_000);
        assertThat(config.mqtt().connectTimeout()).hasMillis(1_001);
        assertThat(config.mqtt().backoffFirst()).hasMillis(11);
        assertThat(config.mqtt().backoffLimit()).hasMillis(101);
        assertThat(config.mqtt().flushDelay()).hasNanos(1_000);
        assertThat(config.mqtt().stallTimeout()).hasMillis(1_002);
        assertThat(config.mqtt().drainTimeout()).hasMillis(1_003);
        assertThat(config.probeTimeout()).hasMillis(104);
        assertThat(config.pulseInterval()).hasMillis(105);
        assertThat(config.rejectionInterval()).hasMillis(106);
        assertThat(config.partialTimeout()).hasMillis(108);
        assertThat(config.partialTimeout()).isEqualTo(Duration.ofMillis(108));
        assertThat(config.startTimeout()).hasMillis(1_007);
        assertThat(config.kafka())
                .containsOnly(Map.entry("bootstrap.servers", "kafka:9093"), Map.entry("security.protocol", "SSL"));
        assertThat(config.registry()).containsEntry("schema.registry.ssl.truststore.location", "/t");
        assertThat(config.producer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "5")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    }

    @Test
    void shouldCompareTheBrokersCertificateWithItsNameUnlessToldOtherwise() {
        IngestConfig config = IngestConfig.of(Settings.empty().with("ingest.mqtt.uri", "ssl://broker:8883"));

        assertThat(config.mqtt().tls())
                .hasValueSatisfying(tls -> assertThat(tls.identification()).isEqualTo("https"));
    }

    @Test
    void shouldNameWhatIsWrongWithTheKeysOfTls() {
        Settings tls = Settings.empty().with("ingest.mqtt.uri", "ssl://broker:8883");
        tls.with("ingest.mqtt.ssl.truststore.location", "/no/such/file.p12");
        assertThatThrownBy(() -> IngestConfig.of(tls))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("ingest.mqtt.ssl.*")
                .hasMessageContaining("/no/such/file.p12");

        assertThatThrownBy(() -> IngestConfig.of(Settings.empty().with("ingest.mqtt.ssl.trustore.location", "x")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("ssl.trustore.location");
    }

    @Test
    void shouldNameEveryWrongSetting() {
        Settings settings = Settings.empty()
                .with("ingest.mqtt.uri", "127.0.0.1:1883")
                .with("ingest.mqtt.receive.maximum", "0")
                .with("ingest.bridge.id", "a b")
                .with("ingest.mqtt.user", "x");

        assertThatThrownBy(() -> IngestConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("tcp://host:port or ssl://host:port")
                .hasMessageContaining("ingest.mqtt.receive.maximum")
                .hasMessageContaining("of letters, digits")
                .hasMessageContaining("ingest.mqtt.user: no such setting");
    }
}
