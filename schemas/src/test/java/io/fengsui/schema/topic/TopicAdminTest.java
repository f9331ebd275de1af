package io.fengsui.schema.topic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.platform.StartException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TopicAdminTest {

    @Test
    void shouldSayThatItWasKafkaWhenKafkaIsNotThere() {
        try (Admin nowhere = Admin.create(
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 300, "request.timeout.ms", 200))) {
            TopicAdmin topics = new TopicAdmin(nowhere, new MockSchemaRegistryClient(), 3, (short) 1);

            assertThatThrownBy(() -> topics.apply(Topics.fixed(), false))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Kafka failed while listing topics");
        }
    }
}
