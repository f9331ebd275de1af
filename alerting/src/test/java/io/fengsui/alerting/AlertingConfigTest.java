package io.fengsui.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertingConfigTest {

    @Test
    void shouldHaveDefaults() {
        AlertingConfig config = AlertingConfig.of(Settings.empty());

        assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(config.routingApplicationId()).isEqualTo("fengsui-streams");
        assertThat(config.streams())
                .isEqualTo(new AlertingConfig.Streams(
                        "fengsui-alerting",
                        Path.of("data/alerting"),
                        Optional.empty(),
                        1,
                        0,
                        Duration.ofMillis(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
        assertThat(config.http()).isEqualTo(new AlertingConfig.Http("127.0.0.1", 8080, Optional.empty()));
        assertThat(config.alertmanager())
                .isEqualTo(new AlertingConfig.Alertmanager(
                        List.of(), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(5)));
    }

    @Test
    void shouldMapEveryKey() {
        Map<String, String> values = new TreeMap<>(Map.ofEntries(
                Map.entry("bootstrap.servers", "a:1,b:2"),
                Map.entry("schema.registry.url", "http://r:1"),
                Map.entry("basic.auth.credentials.source", "USER_INFO"),
                Map.entry("basic.auth.user.info", "u:p"),
                Map.entry("alerting.application.id", "app"),
                Map.entry("alerting.state.dir", "/s"),
                Map.entry("alerting.group.instance.id", "one"),
                Map.entry("alerting.threads", "2"),
                Map.entry("alerting.standby.replicas", "1"),
                Map.entry("alerting.commit.interval.ms", "60"),
                Map.entry("alerting.session.timeout.ms", "7000"),
                Map.entry("alerting.transaction.timeout.ms", "8000"),
                Map.entry("alerting.start.timeout.ms", "9000"),
                Map.entry("alerting.streams.application.id", "routing"),
                Map.entry("alerting.http.host", "0.0.0.0"),
                Map.entry("alerting.http.port", "0"),
                Map.entry("alerting.public.url", "https://duty.example.cn/fengsui/"),
                Map.entry("alerting.alertmanager.urls", "http://am-1:9093/,http://am-2:9093/x"),
                Map.entry("alerting.alertmanager.resend.ms", "2000"),
                Map.entry("alerting.alertmanager.resolved.resend.ms", "3000")));
        values.put("alerting.alertmanager.timeout.ms", "400");
        assertThat(values.keySet())
                .isEqualTo(new TreeMap<>(AlertingConfig.definition().configKeys()).keySet());
        values.put("alerting.kafka.security.protocol", "SSL");

        AlertingConfig config = AlertingConfig.of(Settings.empty().with(values));

        assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SSL"));
        assertThat(config.registry()).containsEntry("basic.auth.user.info", "u:p");
        assertThat(config.routingApplicationId()).isEqualTo("routing");
        assertThat(config.streams())
                .isEqualTo(new AlertingConfig.Streams(
                        "app",
                        Path.of("/s"),
                        Optional.of("one"),
                        2,
                        1,
                        Duration.ofMillis(60),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9)));
        assertThat(config.http())
                .isEqualTo(new AlertingConfig.Http(
                        "0.0.0.0", 0, Optional.of(URI.create("https://duty.example.cn/fengsui"))));
        assertThat(config.alertmanager())
                .isEqualTo(new AlertingConfig.Alertmanager(
                        List.of(URI.create("http://am-1:9093"), URI.create("http://am-2:9093/x")),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(400)));
    }

    @ParameterizedTest
    @CsvSource({
        "alerting.http.port, 70000, [0",
        "alerting.alertmanager.urls, am:9093, http://host:port",
        "alerting.public.url, duty, http://host:port",
        "bootstrap.servers, localhost, host:port",
        "alerting.thread, 2, did you mean alerting.threads?"
    })
    void shouldNameKeyAndExpectationWhenAValueIsWrong(String key, String value, String expected) {
        Settings settings = Settings.empty().with(key, value);

        assertThatThrownBy(() -> AlertingConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(expected);
    }

    @Test
    void shouldPassTheTlsOfTheRegistryThrough() {
        AlertingConfig config =
                AlertingConfig.of(Settings.empty().with("schema.registry.ssl.truststore.location", "/t"));

        assertThat(config.registry()).containsEntry("schema.registry.ssl.truststore.location", "/t");
    }

    @Test
    void shouldKeepTheGuaranteeWhateverIsPassedThrough() {
        Map<String, Object> settings = StreamsSettings.of(AlertingConfig.of(Settings.empty()
                .with("alerting.kafka.processing.guarantee", "at_least_once")
                .with("alerting.kafka.main.consumer.session.timeout.ms", "20000")
                .with("alerting.group.instance.id", "one")));

        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry("main.consumer.session.timeout.ms", "20000")
                .containsEntry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "one");
    }
}
