package io.fengsui.alerting.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alerting.readings.Readings.Found;
import io.fengsui.alerting.readings.Readings.Query;
import io.fengsui.alerting.readings.Readings.Reading;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings looked up in a real broker. */
class KafkaReadingsIT {
    private static final Topic<DustSensor> TOPIC = Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR);
    private static final Topic<DustSensor> CITY = Topics.city(Realm.LIVE, "work-safety", Feeds.DUST_SENSOR);

    @TempDir
    static Path directory;

    private static TestKafka kafka;
    private static Instant raised;

    /** Ten devices, one report a minute for two hours: 1,200 records. */
    @BeforeAll
    static void start() throws Exception {
        raised = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(3_600);
        kafka = new TestKafka(directory);
        kafka.create(List.of(TOPIC, CITY));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            Serializer<DustSensor> serializer =
                    AvroSerde.of(kafka.registry, TOPIC).serializer();
            for (int minute = -60; minute < 60; minute++) {
                Instant at = raised.plus(Duration.ofMinutes(minute));
                for (int device = 0; device < 10; device++) {
                    Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                            TOPIC.name(),
                            0,
                            at.toEpochMilli() + 200,
                            "dust-" + device,
                            serializer.serialize(TOPIC.name(), event("dust-" + device, at, minute))));
                }
            }
            producer.send(new ProducerRecord<>(TOPIC.name(), 0, raised.toEpochMilli(), "dust-3", new byte[] {9, 9}))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldReadTheDevicesOwnReportsOfTheTimeAskedFor() {
        Found found = readings(KafkaReadings.MOST_RECORDS).find(query("dust-3", List.of(CITY, TOPIC), 30, 10));

        assertThat(found.topic()).as("the first topic that has any").isEqualTo(TOPIC.name());
        assertThat(found.readings()).hasSize(41);
        assertThat(found.readings().get(0))
                .isEqualTo(new Reading(raised.minusSeconds(1_800), List.of(-30.0, Double.NaN)));
        assertThat(found.readings().get(40).at()).isEqualTo(raised.plusSeconds(600));
        assertThat(found.from()).isEqualTo(raised.minusSeconds(1_800));
    }

    @Test
    void shouldCutTheTimeAroundTheAlertWhereAUnitHasTooMuch() {
        Found found = readings(150).find(query("dust-3", List.of(TOPIC), 32, 32));

        assertThat(found.from()).isAfter(raised.minusSeconds(1_800)).isBefore(raised);
        assertThat(found.to()).isBefore(raised.plusSeconds(1_800)).isAfter(raised);
        assertThat(found.readings()).isNotEmpty().hasSizeLessThan(16).allSatisfy(reading -> assertThat(reading.at())
                .isBetween(found.from(), found.to()));
    }

    @Test
    void shouldFindNothingOfAnUnknownDeviceOrInATopicThatIsNotThere() {
        Topic<DustSensor> missing = Topics.township(Realm.LIVE, "no-such-unit", Feeds.DUST_SENSOR);

        assertThat(readings(1_000_000)
                        .find(query("nobody", List.of(TOPIC), 30, 30))
                        .readings())
                .isEmpty();
        assertThat(readings(1_000_000)
                        .find(query("dust-3", List.of(missing), 30, 30))
                        .readings())
                .isEmpty();
        assertThat(readings(1_000_000)
                        .find(query("dust-3", List.of(missing, TOPIC), 30, 30))
                        .readings())
                .isNotEmpty();
    }

    @Test
    void shouldSayThatKafkaIsAwayInsteadOfWaitingForIt() throws Exception {
        KafkaReadings away = new KafkaReadings(
                Map.of("bootstrap.servers", "127.0.0.1:" + TestKafka.freePort()),
                kafka.registry,
                "test",
                InstantSource.system());
        long start = System.nanoTime();
        assertThatThrownBy(() -> away.find(query("dust-3", List.of(TOPIC), 30, 30)))
                .isInstanceOf(ReadingsUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }

    private static KafkaReadings readings(int most) {
        return new KafkaReadings(
                Map.of("bootstrap.servers", kafka.bootstrapServers),
                kafka.registry,
                "test",
                InstantSource.system(),
                most);
    }

    private static Query query(String device, List<Topic<?>> topics, int before, int after) {
        return new Query(
                Feeds.DUST_SENSOR,
                topics,
                device,
                List.of("hopperTemperatureCelsius", "waterLevelMetres"),
                raised,
                raised.minus(Duration.ofMinutes(before)),
                raised.plus(Duration.ofMinutes(after)));
    }

    private static DustSensor event(String device, Instant at, double celsius) {
        return DustSensor.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("v/" + device + "/" + at.toEpochMilli())
                        .setVendor("v")
                        .setDeviceId(device)
                        .setEventTime(at)
                        .setReceivedAt(at.plusMillis(100))
                        .setLate(false)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/v/dust-sensor/" + device)
                                .setFormat("json")
                                .setBridge("test")
                                .build())
                        .build())
                .setCollector(CollectorKind.DRY)
                .setHopperTemperatureCelsius(celsius)
                .build();
    }
}
