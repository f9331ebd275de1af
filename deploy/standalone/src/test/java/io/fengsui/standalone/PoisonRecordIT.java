package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody writes into a feed topic what does not belong there: it is kept with its reason and stops nothing. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class PoisonRecordIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Standalone standalone;

    PoisonRecordIT(Standalone standalone) {
        this.standalone = standalone;
    }

    @Test
    void shouldKeepPoisonWithItsReasonAndGoOn() throws Exception {
        Topic<VideoStatus> feed = Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS);
        String camera = camera();
        byte[] good = new AvroWriter<VideoStatus>(SchemaRegistry.connect(standalone.clients()), feed.schema())
                .write(feed.name(), event(camera));
        Map<Rejection, byte[]> poison = new LinkedHashMap<>();
        poison.put(Rejection.NULL_VALUE, null);
        poison.put(Rejection.NOT_AVRO, "{\"state\":\"ON\"}".getBytes(StandardCharsets.UTF_8));
        poison.put(
                Rejection.UNKNOWN_SCHEMA_ID,
                ByteBuffer.allocate(9)
                        .put((byte) 0)
                        .putInt(987_654_321)
                        .putInt(1)
                        .array());
        poison.put(Rejection.KEY_MISMATCH, good);

        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            for (Map.Entry<Rejection, byte[]> record : poison.entrySet()) {
                String key = "poison-" + record.getKey();
                producer.send(new ProducerRecord<>(feed.name(), 0, key, record.getValue()))
                        .get();
            }
            producer.send(new ProducerRecord<>(feed.name(), camera, good)).get();
        }

        try (TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.DEAD_LETTER)) {
            for (Map.Entry<Rejection, byte[]> record : poison.entrySet()) {
                DeadLetter letter = letters.await(
                                SOON,
                                l -> feed.name().equals(l.getKafkaTopic())
                                        && l.getReason().equals(record.getKey().name()))
                        .orElseThrow(() -> new AssertionError("no dead letter of reason " + record.getKey()));
                assertThat(
                                letter.getPayload() == null
                                        ? null
                                        : letter.getPayload().array())
                        .isEqualTo(record.getValue());
            }
        }
        try (TopicReader<VideoStatus> reader =
                new TopicReader<>(standalone, Topics.township(Realm.LIVE, "zhangpu", Feeds.VIDEO_STATUS))) {
            assertThat(reader.await(SOON, e -> e.getHeader().getDeviceId().equals(camera)))
                    .isPresent();
        }
        assertThat(standalone.check().ready()).isTrue();
    }

    private String camera() {
        return standalone.seeds().devices().values().stream()
                .filter(d -> "hazard-015".equals(d.getSiteId()))
                .findFirst()
                .orElseThrow()
                .getDeviceId();
    }

    private static VideoStatus event(String device) {
        Instant now = Instant.now();
        return VideoStatus.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("test/" + device + "/" + UUID.randomUUID())
                        .setVendor("test")
                        .setDeviceId(device)
                        .setEventTime(now)
                        .setReceivedAt(now)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("test")
                                .setFormat("json")
                                .setBridge("test")
                                .build())
                        .build())
                .setKind(VideoReportKind.KEEPALIVE)
                .setState(VideoState.ON)
                .build();
    }
}
