package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ingest.Readmission;
import io.fengsui.platform.StartException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Replays on a real Kafka that leave there what one leaves that is killed. */
public final class BrokenReplay {
    private final Map<String, Object> kafka;
    private final SchemaRegistryClient registry;

    public BrokenReplay(Map<String, Object> kafka, SchemaRegistryClient registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /**
     * Ends when it has told what it is about to write.
     *
     * @throws StartException always, as people are told of it
     */
    public void beforeTheEvents(Readmission readmission, List<Address> letters, InstantSource clock) {
        run(readmission, letters, clock, new Events() {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<String, byte[]> event, Callback callback) {
                throw new TimeoutException("broken off");
            }
        });
    }

    /**
     * Ends when its events are there: another one begins.
     *
     * @throws StartException always, as people are told of it
     */
    public void behindTheEvents(Readmission readmission, List<Address> letters, InstantSource clock) {
        run(readmission, letters, clock, new Events() {
            @Override
            public void flush() {
                super.flush();
                ReplayWriter.transactions(kafka, registry).close();
            }
        });
    }

    private void run(Readmission readmission, List<Address> letters, InstantSource clock, Events events) {
        Map<String, Object> reading = new HashMap<>(kafka);
        EventSender sender = new EventSender(
                events,
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                registry,
                clock);
        try (LetterScan scan = new LetterScan(kafka, registry, read -> {});
                SentEvents search = new SentEvents(kafka, registry);
                ReplayWriter writer = new ReplayWriter(ReplayWriter.transactions(kafka, registry), sender, clock)) {
            writer.write(
                    new ReplayPlan(readmission, scan.history(), search, false)
                            .of(letters.stream().map(scan::at).toList()),
                    "li",
                    null,
                    done -> {});
        }
    }

    private class Events extends KafkaProducer<String, byte[]> {
        Events() {
            super(kafka, new StringSerializer(), new ByteArraySerializer());
        }
    }
}
