package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsAppConfigTest {

    @Test
    void shouldHaveDefaultsForAllButTheStateDirectory() {
        StreamsAppConfig config = StreamsAppConfig.of(Settings.empty().with(StreamsAppConfig.STATE_DIR, "/var/lib/x"));

        assertThat(config.applicationId()).isEqualTo("fengsui-streams");
        assertThat(config.timing().commit()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.timing().session()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.timing().transaction()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.deviceStore()).isEqualTo(StreamsAppConfig.DeviceStore.ROCKSDB);
        assertThat(config.groupInstanceId()).isEmpty();
        assertThatThrownBy(() -> StreamsAppConfig.of(Settings.empty()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("streams.state.dir: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "consumer.isolation.level",
                "producer.acks",
                "main.consumer.auto.offset.reset"
            })
    void shouldRefuseWhatWouldSwitchExactlyOnceOff(String key) {
        Settings settings =
                Settings.empty().with(StreamsAppConfig.STATE_DIR, "/s").with("streams.kafka." + key, "whatever");

        assertThatThrownBy(() -> StreamsAppConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("streams.kafka." + key);
    }

    @Test
    void shouldMapEveryKey() {
        StreamsAppConfig config = StreamsAppConfig.of(Settings.empty()
                .with("bootstrap.servers", "k:1")
                .with("streams.application.id", "other")
                .with("streams.state.dir", "/s")
                .with("streams.device.store", "memory")
                .with("streams.threads", "2")
                .with("streams.standby.replicas", "1")
                .with("streams.commit.interval.ms", "30")
                .with("streams.session.timeout.ms", "7000")
                .with("streams.transaction.timeout.ms", "5000")
                .with("streams.group.instance.id", "one")
                .with("streams.blind.after.ms", "20000")
                .with("streams.timers.per.tick", "9")
                .with("streams.start.timeout.ms", "30000")
                .with("streams.kafka.producer.batch.size", "1")
                .with("schema.registry.ssl.truststore.location", "/t"));

        assertThat(config.bootstrapServers()).isEqualTo("k:1");
        assertThat(config.deviceStore()).isEqualTo(StreamsAppConfig.DeviceStore.MEMORY);
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.standbyReplicas()).isEqualTo(1);
        assertThat(config.timing())
                .isEqualTo(new StreamsAppConfig.Timing(
                        Duration.ofMillis(30), Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(30)));
        assertThat(config.groupInstanceId()).contains("one");
        assertThat(config.limits().blindAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.limits().timersPerTick()).isEqualTo(9);
        assertThat(config.applicationId()).isEqualTo("other");
        assertThat(config.kafka()).containsEntry("producer.batch.size", "1");
        assertThat(config.registry()).containsEntry("schema.registry.ssl.truststore.location", "/t");
    }

    @Test
    void shouldNameAMistypedKeyOfTheRegistry() {
        Settings settings = Settings.empty().with("streams.state.dir", "/s").with("schema.registry.urls", "http://r:1");

        assertThatThrownBy(() -> StreamsAppConfig.of(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("did you mean schema.registry.url?");
    }
}
