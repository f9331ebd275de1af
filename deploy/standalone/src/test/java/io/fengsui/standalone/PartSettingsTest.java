package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartSettingsTest {

    @Test
    void shouldAcceptTheSettingsOfEachAppAndOfItsClients() {
        PartSettings.check(Map.of(
                "ingest.mqtt.keep.alive.ms", "7000",
                "ingest.kafka.producer.linger.ms", "5",
                "streams.threads", "2",
                "alerting.http.host", "0.0.0.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "streams.thread, 2, did you mean streams.threads?",
        "stream.threads, 2, did you mean streams.threads?",
        "threads, 2, docs/configuration.md",
        "bootstrap.servers, k:9092, no app has such a setting",
        "streams.threads, many, many",
        "alerting.http.port, 70000, 70000"
    })
    void shouldNameWhatNoAppHasAndWhatIsWrong(String key, String value, String told) {
        assertThatThrownBy(() -> PartSettings.check(Map.of(key, value)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(told);
    }
}
