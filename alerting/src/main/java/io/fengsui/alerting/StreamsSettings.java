package io.fengsui.alerting;

import io.fengsui.alerting.topology.FailureHandler;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of the Kafka Streams client, with the reason where a default is not kept. */
final class StreamsSettings {

    private StreamsSettings() {}

    /** What stands under {@code alerting.kafka.} wins, but over the guarantee and the handlers. */
    static Map<String, Object> of(AlertingConfig config) {
        AlertingConfig.Streams streams = config.streams();
        Map<String, Object> settings = new HashMap<>();
        int session = (int) streams.sessionTimeout().toMillis();
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 3);
        // With it a rebalance waits no longer for a thread that hangs than for one that is dead.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), 60_000);
        // A task works off what it has at hand before it asks for more, and what is fetched of one partition
        // waits behind what was of others: with little at hand, what is urgent waits for little of a flood.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 50);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 16 * 1024);
        // Of a broker one fetch is under way at a time: one that waits for partitions without news holds up those that
        // have some.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 20);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 50);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                streams.transactionTimeout().toMillis());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        // Histories are the same words again and again. A transaction writes small batches to many partitions;
        // for each of them lz4 takes 128 KiB anew, and snappy uses its memory again.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "snappy");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 * 1024 * 1024);
        // What is not committed when the last record is done waits for the end of a poll.
        settings.put(
                StreamsConfig.POLL_MS_CONFIG,
                Math.max(1, streams.commitInterval().toMillis() / 3));
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, streams.applicationId());
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, streams.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, streams.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbyReplicas());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                streams.commitInterval().toMillis());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        streams.groupInstanceId()
                .ifPresent(id ->
                        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        return Map.copyOf(settings);
    }
}
