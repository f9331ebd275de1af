package io.fengsui.streams.sink;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Clients of Kafka Streams whose producer knows all sink topics from the start: else the first record of each topic waits for
 * its metadata inside the stream thread, and a hundred of them make the first seconds slow.
 */
public final class WarmClients implements KafkaClientSupplier {
    private static final int CONCURRENT = 16;

    private final Supplier<? extends Collection<String>> topics;

    public WarmClients(Supplier<? extends Collection<String>> topics) {
        this.topics = topics;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        // Topics asked for at the same time share a request.
        ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT, task -> {
            Thread thread = new Thread(task, "streams-warm-up");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture.allOf(topics.get().stream()
                            .map(topic -> CompletableFuture.runAsync(() -> producer.partitionsFor(topic), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
