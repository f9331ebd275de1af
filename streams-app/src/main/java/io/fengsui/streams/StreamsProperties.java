package io.fengsui.streams;

import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.failure.FailOnProcessing;
import io.fengsui.streams.failure.FailOnWriting;
import io.fengsui.streams.failure.SetAside;
import io.fengsui.streams.meter.StreamsMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;

/** The configuration of Kafka Streams: every default that does not suit, with the reason. */
public final class StreamsProperties {

    /** A topic that was quiet for five minutes would else be forgotten, and its next record wait for metadata again. */
    private static final long METADATA_KEPT_MILLIS = Duration.ofDays(1).toMillis();

    /**
     * For so long the first record of a topic waits for its metadata. With the default of a minute a thread died of a Kafka that
     * was away for longer, and its successor was given no task for minutes.
     */
    private static final long METADATA_AWAITED_MILLIS = Duration.ofMinutes(10).toMillis();

    /** The largest record that the topics take, and some more, so that the topic decides. */
    private static final int LARGEST_RECORD_BYTES = 3 * 1024 * 1024;

    private static final long LONGEST_POLL_MILLIS = 10;

    /** A rebalance then waits no longer for a thread that hangs than for one that is dead; Kafka Streams has five minutes. */
    private static final int LONGEST_SILENCE_OF_A_THREAD_MILLIS = 60_000;

    private StreamsProperties() {}

    /** For plain clients of this app. */
    static Map<String, Object> client(StreamsAppConfig config) {
        Map<String, Object> client = new HashMap<>(config.kafka());
        client.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return client;
    }

    /** For the streams of a lane. */
    public static Properties of(StreamsAppConfig config, Lane lane, StreamsMetrics metrics, SetAside setAside) {
        Duration commit = config.commit(lane);
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.group(config.applicationId()));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        // The tasks ask for commits before.
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.longestCommit(lane).toMillis());
        // A thread looks whether it must commit after each poll; 100 ms, the default, would be in the latency.
        properties.put(StreamsConfig.POLL_MS_CONFIG, Math.min(LONGEST_POLL_MILLIS, commit.toMillis()));
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        handlers(properties, metrics, setAside);
        consumer(properties, config);
        producer(properties, config, commit);
        properties.putAll(config.kafka());
        return properties;
    }

    private static void handlers(Properties properties, StreamsMetrics metrics, SetAside setAside) {
        // Keys and values are read as bytes and text, which never fails; decoding is ours.
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailOnProcessing.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailOnWriting.class);
        properties.put(FailOnWriting.METRICS, metrics);
        properties.put(FailOnProcessing.SET_ASIDE, setAside);
    }

    private static void consumer(Properties properties, StreamsAppConfig config) {
        long session = config.timing().session().toMillis();
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) session);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int) (session / 4));
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                LONGEST_SILENCE_OF_A_THREAD_MILLIS);
        // A new record is fetched at once, and a broker that hangs is noticed.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        config.groupInstanceId()
                .ifPresent(id ->
                        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    }

    private static void producer(Properties properties, StreamsAppConfig config, Duration commit) {
        long transaction = config.timing().transaction().toMillis();
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int) transaction);
        // The commit sends everything at once; sent piecemeal, each piece is a request for a few records over many
        // topics.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), Math.toIntExact(2 * commit.toMillis()));
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                Long.toString(METADATA_KEPT_MILLIS));
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG),
                Long.toString(METADATA_AWAITED_MILLIS));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD_BYTES);
        // A batch holds a record or two of a reader topic: nothing to compress, and 128 KiB of buffers for each batch.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
    }
}
