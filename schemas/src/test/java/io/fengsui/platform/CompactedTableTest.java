package io.fengsui.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.reference.Unit;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactedTableTest {

    @Test
    void shouldNameKafkasAddressWhenKafkaIsNotThere() {
        try (CompactedTable<Unit> table = new CompactedTable<>(
                Topics.REF_UNIT,
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                new MockSchemaRegistryClient(),
                "test",
                (id, unit) -> {})) {
            table.start();

            assertThatThrownBy(() -> table.awaitLoaded(Duration.ofMillis(200)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(Topics.REF_UNIT.name())
                    .hasMessageContaining("127.0.0.1:1");
        }
    }
}
