package io.fengsui.ingest;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of the producers. */
final class ProducerSettings {
    /** Room for the largest packet as a dead letter, with what stands around it. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

    /** Room for some 300 records: what comes while a request is on its way goes with the next. */
    private static final int BATCH_BYTES = 64 * 1024;

    private ProducerSettings() {}

    /**
     * A dead Kafka is to be noticed in seconds, and then reading stops; the defaults of Kafka would take two minutes. What
     * the promises rest on cannot be overridden.
     *
     * @param kafka settings of every Kafka client
     * @param own of the producers alone
     */
    static Map<String, Object> of(Map<String, Object> kafka, Map<String, Object> own) {
        Map<String, Object> producer = new HashMap<>(kafka);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_500);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer.putAll(own);
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        // With more, a record behind one that Kafka refused may be on its way and be written, and then come before it.
        producer.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return Map.copyOf(producer);
    }
}
