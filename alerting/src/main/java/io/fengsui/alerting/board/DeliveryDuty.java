package io.fengsui.alerting.board;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several instances tells receivers that must hear of each change once: the one to which Kafka's group coordinator
 * assigns the only partition of {@code alert.delivery}. Nothing is read from it here. For a few seconds after an instance
 * hung, two may think that they are; receivers take what comes twice as one. For any thread.
 */
public final class DeliveryDuty implements BooleanSupplier, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(DeliveryDuty.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean held;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param application id of the process, the same for all instances
     * @param sessionTimeout after which the duty of a dead instance passes to another
     */
    public DeliveryDuty(Map<String, ?> kafka, String application, Duration sessionTimeout) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, application + "-delivery");
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, application + "-delivery-duty");
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(sessionTimeout.toMillis()));
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(sessionTimeout.toMillis() / 4));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, "alerting-delivery-duty");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether this instance is on duty. */
    @Override
    public boolean getAsBoolean() {
        return held;
    }

    private void run() {
        consumer.subscribe(List.of(Topics.alertDelivery(Realm.LIVE).name()), new Handover());
        try {
            while (closing.getCount() > 0) {
                follow();
            }
        } catch (WakeupException | InterruptedException e) {
            logger.debug("The duty of delivery is given up");
        } finally {
            held = false;
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    private void follow() throws InterruptedException {
        try {
            consumer.poll(POLL);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            held = false;
            logger.warn("Who delivers cannot be agreed on, trying again: {}", e.toString());
            boolean unused = closing.await(1, TimeUnit.SECONDS);
        }
    }

    private final class Handover implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            if (!partitions.isEmpty()) {
                held = true;
                logger.info("This instance delivers to CAP readers and webhooks");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                held = false;
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            if (thread.getState() == Thread.State.NEW) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            } else {
                thread.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
