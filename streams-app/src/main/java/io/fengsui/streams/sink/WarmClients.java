package io.fengsui.streams.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients of Kafka Streams whose producer knows all sink topics from the start: else the first record of each topic waits for
 * its metadata inside the stream thread, and a hundred of them make the first seconds slow. It is a help and no condition: a
 * producer is also made while Kafka does not answer, for the thread that replaces one which died of that.
 */
public final class WarmClients implements KafkaClientSupplier {
    private static final Logger logger = LoggerFactory.getLogger(WarmClients.class);
    private static final int CONCURRENT = 16;

    /** For all topics of a producer together. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<? extends Collection<String>> topics;
    private final Duration patience;

    public WarmClients(Supplier<? extends Collection<String>> topics) {
        this(topics, PATIENCE);
    }

    WarmClients(Supplier<? extends Collection<String>> topics, Duration patience) {
        this.topics = topics;
        this.patience = patience;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        warmUp(producer);
        return producer;
    }

    /** Topics asked for at the same time share a request. */
    private void warmUp(Producer<?, ?> producer) {
        ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT, task -> {
            Thread thread = new Thread(task, "streams-warm-up");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture.allOf(topics.get().stream()
                            .map(topic -> CompletableFuture.runAsync(() -> producer.partitionsFor(topic), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            logger.warn("A producer does not know all its topics yet, the first records may be slow: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
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
