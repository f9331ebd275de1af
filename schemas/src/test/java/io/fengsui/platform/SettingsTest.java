package io.fengsui.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final String PREFIX = "ingest.kafka.";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("ingest.kafka.probe.timeout.ms", Type.LONG, 1L, Importance.LOW, "")
            .define("ingest.bridge-id", Type.STRING, "", Importance.LOW, "");

    @Test
    void shouldTakeKeysAndPrefixesFromTheEnvironmentAndNothingElse() {
        Settings settings = Settings.empty()
                .withEnvironment(
                        Map.of(
                                "INGEST_KAFKA_PROBE_TIMEOUT_MS", "5",
                                "INGEST_BRIDGE_ID", "b",
                                "INGEST_KAFKA_SECURITY_PROTOCOL", "SSL",
                                "ingest_kafka_acks", "not in capitals",
                                "INGEST_OTHER", "x",
                                "PATH", "/bin"),
                        DEFINITION,
                        List.of(PREFIX));

        assertThat(settings.values())
                .containsOnly(
                        Map.entry("ingest.kafka.probe.timeout.ms", "5"),
                        Map.entry("ingest.bridge-id", "b"),
                        Map.entry("ingest.kafka.security.protocol", "SSL"));
        assertThat(settings.parse(DEFINITION, PREFIX).originalsWithPrefix(PREFIX))
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldNameTheVariableWhenItsValueIsWrong() {
        Settings settings = Settings.empty()
                .withEnvironment(Map.of("INGEST_KAFKA_PROBE_TIMEOUT_MS", "soon"), DEFINITION, List.of());

        assertThatThrownBy(() -> settings.parse(DEFINITION))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("environment variable INGEST_KAFKA_PROBE_TIMEOUT_MS")
                .hasMessageContaining("soon");
    }
}
