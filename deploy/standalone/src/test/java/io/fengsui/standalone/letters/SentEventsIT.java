package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.ARRIVED;
import static io.fengsui.standalone.letters.SampleLetters.dust;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.letters.EventSearch.Finding;
import io.fengsui.standalone.testkit.SharedStandalone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a topic of its own, so that its records can be deleted. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class SentEventsIT {
    private static final TopicPartition PARTITION = new TopicPartition("sent-events-it", 0);

    private final Standalone standalone;
    private final SchemaRegistryClient registry;

    SentEventsIT(Standalone standalone) {
        this.standalone = standalone;
        this.registry = SchemaRegistry.connect(standalone.clients());
    }

    @Test
    void shouldFindWhatWasSentAndSayWhenItCanNoLongerBeSeen() throws Exception {
        try (Admin admin = Admin.create(standalone.clients())) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
            write("before", ARRIVED);
            write("first", ARRIVED.plusSeconds(1));
            write("second", ARRIVED.plus(ReplayWriter.QUIET_AFTER).minusSeconds(1));
            write("later", ARRIVED.plus(ReplayWriter.QUIET_AFTER));

            assertThat(look("before", 1)).isEqualTo(Finding.ABSENT);
            assertThat(look("first", 1)).isEqualTo(Finding.WRITTEN);
            assertThat(look("second", 1)).isEqualTo(Finding.WRITTEN);
            assertThat(look("later", 1)).isEqualTo(Finding.ABSENT);

            deleteBefore(admin, 2);
            assertThat(look("first", 1)).isEqualTo(Finding.DELETED);
            assertThat(look("second", 1)).isEqualTo(Finding.WRITTEN);
            assertThat(look("first", 2)).isEqualTo(Finding.ABSENT);

            deleteBefore(admin, 4);
            assertThat(look("second", 2)).isEqualTo(Finding.DELETED);
            assertThat(look("second", 4)).as("nothing behind it was deleted").isEqualTo(Finding.ABSENT);
            assertThat(look("second", 5)).as("another topic of the name").isEqualTo(Finding.DELETED);
            admin.deleteTopics(List.of(PARTITION.topic())).all().get();
        }
    }

    private Finding look(String message, long from) {
        String id = "acme/d-1/" + message;
        DeadLetterReplay sending = DeadLetterReplay.newBuilder(
                        SampleLetters.replayed(dust(2, message), ReplayOutcome.SENDING, id))
                .setFeed("dust-sensor")
                .setEventsFrom(List.of(PARTITION.topic() + "/0/" + from))
                .build();
        try (SentEvents search = new SentEvents(standalone.clients(), registry)) {
            return search.look(id, sending);
        }
    }

    private static void deleteBefore(Admin admin, long offset) throws Exception {
        admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    private void write(String message, Instant at) throws Exception {
        DustSensor event = DustSensor.newBuilder()
                .setCollector(CollectorKind.DRY)
                .setHeader(EventHeader.newBuilder()
                        .setEventId("acme/d-1/" + message)
                        .setVendor("acme")
                        .setDeviceId("d-1")
                        .setEventTime(at)
                        .setReceivedAt(at)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("t")
                                .setFormat("json")
                                .setBridge("b")
                                .build())
                        .build())
                .build();
        byte[] bytes = new AvroWriter<DustSensor>(registry, DustSensor.getClassSchema())
                .write(Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR).name(), event);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), 0, at.toEpochMilli(), "d-1", bytes))
                    .get();
        }
    }
}
