package io.fengsui.standalone.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Writes events into the topics of feeds as the bridge does, without transactions: offsets there count records. One thread.
 */
final class EventSender implements AutoCloseable {
    /** Of a call that blocks, and of a record once it was handed over. */
    static final Duration DELIVERY = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final Consumer<?, ?> offsets;
    private final SchemaRegistryClient registry;
    private final InstantSource clock;
    private final Map<String, AvroWriter<SpecificRecord>> writers = new HashMap<>();

    /** @param offsets tells where partitions end */
    EventSender(
            Producer<String, byte[]> producer,
            Consumer<?, ?> offsets,
            SchemaRegistryClient registry,
            InstantSource clock) {
        this.producer = producer;
        this.offsets = offsets;
        this.registry = registry;
        this.clock = clock;
    }

    /** @param kafka settings of Kafka's clients; how long a record may take is ours: the search for it counts on that */
    static EventSender open(
            Map<String, Object> kafka, SchemaRegistryClient registry, String client, InstantSource clock) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) DELIVERY.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis() / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        Map<String, Object> reading = new HashMap<>(kafka);
        reading.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
        reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Consumer<byte[], byte[]> offsets =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new EventSender(
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()),
                offsets,
                registry,
                clock);
    }

    /**
     * Events as records of their topics and partitions, in their order.
     *
     * @throws KafkaException if Kafka does not tell the partitions
     */
    <T extends SpecificRecord> List<ProducerRecord<String, byte[]>> records(Accepted<T> accepted) {
        Feed<T> feed = accepted.feed();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (T event : accepted.events()) {
            EventHeader header = feed.header(event);
            String topic = Topics.feed(Realm.of(header.getStatus()), feed).name();
            String key = header.getDeviceId();
            int partitions = producer.partitionsFor(topic).size();
            records.add(new ProducerRecord<>(
                    topic,
                    Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions,
                    key,
                    writers.computeIfAbsent(topic, name -> new AvroWriter<>(registry, event.getSchema()))
                            .write(topic, event)));
        }
        return records;
    }

    /**
     * Where the partitions of these records end now.
     *
     * @throws KafkaException if Kafka does not tell
     */
    Map<TopicPartition, Long> ends(Collection<ProducerRecord<String, byte[]>> records) {
        return Map.copyOf(
                offsets.endOffsets(records.stream().map(EventSender::partition).collect(Collectors.toSet()), DELIVERY));
    }

    static TopicPartition partition(ProducerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /**
     * Sends records and waits until all are there.
     *
     * @param until none is handed over after that
     * @throws KafkaException if one may not be there
     */
    void send(List<ProducerRecord<String, byte[]>> records, Instant until) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : records) {
            if (clock.instant().isAfter(until)) {
                throw new TimeoutException("sending the events took too long");
            }
            sent.add(producer.send(record));
        }
        producer.flush();
        sent.forEach(EventSender::requireWritten);
    }

    private static void requireWritten(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        offsets.close();
    }
}
