package io.fengsui.alerting.readers;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertSignal;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals in {@code alert.signal}, keyed by alert id. */
public final class KafkaSignalLog implements SignalLog {
    private static final Logger logger = LoggerFactory.getLogger(KafkaSignalLog.class);
    private static final Topic<AlertSignal> TOPIC = Topics.alertSignal(Realm.LIVE);

    private final KafkaProducer<String, AlertSignal> producer;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for the client name
     */
    public KafkaSignalLog(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, owner + "-signal");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(
                config, new StringSerializer(), AvroSerde.of(registry, TOPIC).serializer());
    }

    @Override
    public void append(AlertSignal signal) {
        try {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(TOPIC.name(), signal.getAlertId(), signal), (metadata, failure) -> {
                        if (failure != null) {
                            notStored(signal, failure);
                        }
                    });
        } catch (KafkaException e) {
            notStored(signal, e);
        }
    }

    private static void notStored(AlertSignal signal, Exception failure) {
        logger.warn(
                "{} of {} is not stored, and is said again: {}",
                signal.getAction(),
                signal.getAlertId(),
                failure.toString());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
