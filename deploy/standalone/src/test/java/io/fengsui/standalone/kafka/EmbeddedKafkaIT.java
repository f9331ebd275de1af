package io.fengsui.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.standalone.process.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final int DEAD_LETTER_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepRecordsOverARestartAndHoldADeadLetterOfOneMebibyte() throws Exception {
        Ports ports = Ports.free();
        try (EmbeddedKafka kafka = kafka(ports)) {
            kafka.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            try (KafkaProducer<byte[], byte[]> producer = producer(ports)) {
                producer.send(new ProducerRecord<>("kept", new byte[DEAD_LETTER_BYTES]))
                        .get();
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("not-there", new byte[1]))
                                .get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(TimeoutException.class);
            }
        }

        try (EmbeddedKafka kafka = kafka(ports)) {
            kafka.start();
            assertThat(endOffset(ports)).isEqualTo(1);
        }
    }

    private EmbeddedKafka kafka(Ports ports) {
        return new EmbeddedKafka(directory, ports.kafka(), ports.controller());
    }

    private static KafkaProducer<byte[], byte[]> producer(Ports ports) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        ports.bootstrapServers(),
                        "max.request.size",
                        2 << 20,
                        "max.block.ms",
                        2_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static long endOffset(Ports ports) {
        TopicPartition partition = new TopicPartition("kept", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", ports.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
