package io.fengsui.streams;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.platform.Settings;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app, with a real broker for each test. */
abstract class StreamsOnKafka {
    private static final Logger logger = LoggerFactory.getLogger(StreamsOnKafka.class);

    static final Topic<VideoStatus> READERS = Topics.township(Realm.LIVE, "zhangpu", Feeds.VIDEO_STATUS);

    @TempDir
    private Path directory;

    final FlakyRegistry registry = new FlakyRegistry();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    KafkaFixture kafka;
    StreamsApp app;

    @BeforeAll
    static void letStreamThreadsDie() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @BeforeEach
    void startKafka() throws Exception {
        kafka = new KafkaFixture(directory.resolve("kafka"), registry);
    }

    @AfterEach
    void close() {
        if (app != null) {
            app.close();
        }
        kafka.close();
    }

    void prepare() throws Exception {
        kafka.createTopics();
        kafka.publishReferenceData();
    }

    void start() throws InterruptedException {
        app = startWithState("state");
    }

    /** An instance of its own, to be closed by the test; those of other directories share the work. */
    StreamsApp startWithState(String state) throws InterruptedException {
        Instant begun = Instant.now();
        StreamsAppConfig config = StreamsAppConfig.of(Settings.empty()
                .with("bootstrap.servers", kafka.bootstrapServers)
                .with(StreamsAppConfig.SESSION_TIMEOUT, "1500")
                .with(StreamsAppConfig.STATE_DIR, directory.resolve(state).toString()));
        StreamsApp started = new StreamsApp(config, meters, InstantSource.system(), registry);
        started.start();
        logger.info("Started in {} ms", Duration.between(begun, Instant.now()).toMillis());
        return started;
    }

    void send(String deviceId, String messageId, VideoState state) throws Exception {
        kafka.send(Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS), deviceId, video(deviceId, messageId, state));
    }

    static VideoStatus video(String deviceId, String messageId, VideoState state) {
        return VideoStatus.newBuilder()
                .setHeader(header(deviceId, messageId))
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .build();
    }

    static EventHeader header(String deviceId, String messageId) {
        Instant now = Instant.now();
        return EventHeader.newBuilder()
                .setEventId("acme/" + deviceId + "/" + messageId)
                .setVendor("acme")
                .setDeviceId(deviceId)
                .setEventTime(now)
                .setReceivedAt(now)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("t")
                        .setFormat("json")
                        .setBridge("b")
                        .build())
                .build();
    }

    void awaitRouted(int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> kafka.read(READERS).size() >= count);
    }

    /** A registry that can be switched off for readers of new ids. */
    static final class FlakyRegistry extends MockSchemaRegistryClient {
        /** A schema id that brings a fault of ours out; none if 0. */
        volatile int faulty;

        volatile boolean down;
        final AtomicInteger refused = new AtomicInteger();

        FlakyRegistry() {
            super(List.of(new AvroSchemaProvider()));
        }

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (id == faulty) {
                throw new IllegalStateException("a fault of ours");
            }
            if (down) {
                refused.incrementAndGet();
                throw new IOException("connection refused");
            }
            return super.getSchemaById(id);
        }
    }
}
