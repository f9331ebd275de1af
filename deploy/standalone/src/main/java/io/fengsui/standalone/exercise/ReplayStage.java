package io.fengsui.standalone.exercise;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The events of a past incident, disguised, written where the bridge writes exercises: they were decoded when they came, and no
 * vendor's password is needed to play them again. The topic is the drill's by name here, whatever an event says of itself.
 */
public final class ReplayStage implements Stage {
    private final List<Original<?>> originals;
    private final Disguise disguise;
    private final SchemaRegistryClient registry;
    private final InstantSource clock;
    private final KafkaProducer<String, byte[]> producer;

    public ReplayStage(
            List<Original<?>> originals,
            Disguise disguise,
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            InstantSource clock) {
        this.originals = originals;
        this.disguise = disguise;
        this.registry = registry;
        this.clock = clock;
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.putAll(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "fengsui-exercise-replay");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void open() {
        // the producer connects when it sends
    }

    @Override
    public void play(int cue) throws InterruptedException {
        send(originals.get(cue), cue + 1);
    }

    private <T extends SpecificRecord> void send(Original<T> original, int number) throws InterruptedException {
        Feed<T> feed = original.feed();
        Topic<T> topic = Topics.feed(Realm.DRILL, feed);
        T event = original.disguised(disguise, number, clock.instant());
        byte[] bytes = new AvroWriter<T>(registry, topic.schema()).write(topic.name(), event);
        try {
            producer.send(new ProducerRecord<>(topic.name(), original.deviceId(), bytes))
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException(topic.name() + " does not take the event: " + e, e);
        }
    }

    /** What ended the incident was played, too. */
    @Override
    public void rest() {
        // nothing to add
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
