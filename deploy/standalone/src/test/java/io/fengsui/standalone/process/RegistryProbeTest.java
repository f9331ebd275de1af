package io.fengsui.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.platform.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProbeTest {
    private static final Instant T0 = Instant.parse("2026-11-23T00:00:00Z");

    private Instant now = T0;
    private final Registry registry = new Registry();
    private final RegistryProbe probe = new RegistryProbe(registry, () -> now);

    @Test
    void shouldTakeOneMissedAnswerForNothingAndTwoForAnOutage() {
        registry.failure = new ConnectException("refused");
        now = T0.plusSeconds(10);
        probe.ask();
        assertThat(probe.answers()).isTrue();

        now = T0.plusSeconds(30);
        probe.ask();
        assertThat(probe.answers()).isFalse();

        registry.failure = null;
        probe.ask();
        assertThat(probe.answers()).isTrue();
    }

    @Test
    void shouldTakeARefusalForAnAnswerAndAFaultForNone() {
        now = T0.plusSeconds(60);
        registry.refusal = new RestClientException("forbidden", 403, 40301);
        probe.ask();
        assertThat(probe.answers()).isTrue();

        now = T0.plusSeconds(120);
        registry.refusal = new RestClientException("no database", 500, 50001);
        probe.ask();
        assertThat(probe.answers()).isFalse();
    }

    @Test
    void shouldShowTheProcessAsMeters(@TempDir Path directory) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ProcessMeters.bind(meters, () -> Health.notReady(Map.of()), probe, directory.resolve("not/made/yet"));

        assertThat(meters.get("fengsui.process.ready").gauge().value()).isZero();
        assertThat(meters.get("fengsui.process.registry.answers").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("fengsui.process.disk.free").gauge().value())
                .isPositive()
                .isLessThanOrEqualTo(
                        meters.get("fengsui.process.disk.size").gauge().value());
    }

    private static final class Registry extends MockSchemaRegistryClient {
        private @Nullable IOException failure;
        private @Nullable RestClientException refusal;

        @Override
        public String getCompatibility(@Nullable String subject) throws IOException, RestClientException {
            if (failure != null) {
                throw failure;
            }
            if (refusal != null) {
                throw refusal;
            }
            return "FULL_TRANSITIVE";
        }
    }
}
