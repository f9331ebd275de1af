package io.fengsui.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
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

    /** With so many the broker is busy for a while when they lose their leaders. */
    private static final int MANY_PARTITIONS = 300;

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

    /** What is on disk while a process runs is what a kill -9 leaves. */
    @Test
    void shouldGiveUpTheTransactionOfAKilledProcess(@TempDir Path killed) throws Exception {
        Ports ports = Ports.free();
        try (EmbeddedKafka kafka = kafka(ports)) {
            kafka.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(
                                new NewTopic("kept", 1, (short) 1), new NewTopic("many", MANY_PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            try (KafkaProducer<byte[], byte[]> unfinished = transactional(ports)) {
                unfinished.initTransactions();
                unfinished.beginTransaction();
                unfinished
                        .send(new ProducerRecord<>("kept", "pending".getBytes(StandardCharsets.UTF_8)))
                        .get();
                copy(directory, killed);
            }
        }

        Ports others = Ports.free();
        try (EmbeddedKafka kafka = new EmbeddedKafka(killed, others.kafka(), others.controller())) {
            kafka.start();
            try (KafkaProducer<byte[], byte[]> producer = producer(others)) {
                producer.send(new ProducerRecord<>("kept", new byte[1])).get();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> readable(others) > 1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.endsWith(".lock")).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(Ports ports) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        ports.bootstrapServers(),
                        "transactional.id",
                        "killed",
                        "transaction.timeout.ms",
                        1_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
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
        return endOffset(ports, "read_uncommitted");
    }

    /** Where a reader of committed records stands still. */
    private static long readable(Ports ports) {
        return endOffset(ports, "read_committed");
    }

    private static long endOffset(Ports ports, String isolation) {
        TopicPartition partition = new TopicPartition("kept", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", ports.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
