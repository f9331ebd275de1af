package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.process.MosquittoProcess;
import io.fengsui.standalone.testkit.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bridges share the slots on Mosquitto and Kafka; one is killed or hangs, and the other takes over. */
@Tag("trial")
class TakeoverIT {
    private static final Duration SERVED_AGAIN = Duration.ofSeconds(10);
    private static final String ID = "takeover";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private BridgeStage stage;
    private ExternalApp first;
    private ExternalApp second;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(MosquittoProcess.isInstalled("mosquitto"), "mosquitto is not installed");
        assumeTrue(MosquittoProcess.isInstalled("mosquitto_pub"), "mosquitto_pub is not installed");
        stage = new BridgeStage(
                directory, Home.locate().seeds(), Home.locate().registry(), List.of("max_inflight_messages 100"));
        stage.start();
        first = stage.bridge("first", Map.of("ingest.bridge.id", ID));
        second = stage.bridge("second", Map.of("ingest.bridge.id", ID));
        first.start();
        await().atMost(SERVED_AGAIN).until(() -> details(first).contains("holds 2 of 2"));
        second.start();
        await().atMost(SERVED_AGAIN)
                .until(() -> details(first).contains("holds 1 of 2")
                        && details(second).contains("holds 1 of 2"));
    }

    @AfterEach
    void stop() {
        for (ExternalApp bridge : new ExternalApp[] {first, second}) {
            if (bridge != null) {
                bridge.close();
            }
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void shouldServeTheSlotsOfABridgeThatIsKilled() throws Exception {
        ExternalApp victim = holds(first, "life-safety") ? first : second;
        ExternalApp heir = victim == first ? second : first;
        try (Vendor lifts = new Vendor(Feeds.ELEVATOR_119);
                Vendor dust = new Vendor(Feeds.DUST_SENSOR)) {
            lifts.awaitSent(100);
            Instant killed = Instant.now();
            victim.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> serves(heir, "life-safety"));

            assertThat(Duration.between(killed, Instant.now())).isLessThan(SERVED_AGAIN);
            assertThat(details(heir)).contains("session resumed");
            lifts.awaitSent(lifts.sent() + 100);
            lifts.end();
            dust.end();
            check(lifts, ID + "-life-safety");
            check(dust, ID + "-telemetry");
        }
    }

    @Test
    void shouldNotBeDisturbedByABridgeThatHungAndWakes() throws Exception {
        ExternalApp victim = holds(first, "life-safety") ? first : second;
        ExternalApp heir = victim == first ? second : first;
        try (Vendor lifts = new Vendor(Feeds.ELEVATOR_119);
                Vendor dust = new Vendor(Feeds.DUST_SENSOR)) {
            lifts.awaitSent(100);
            Instant hung = Instant.now();
            signal(victim, "-STOP");
            await().atMost(Duration.ofSeconds(30)).until(() -> serves(heir, "life-safety"));
            assertThat(Duration.between(hung, Instant.now())).isLessThan(SERVED_AGAIN);
            lifts.awaitSent(lifts.sent() + 50);

            signal(victim, "-CONT");
            // Back in the group, it is given a slot in order.
            await().atMost(Duration.ofSeconds(30)).until(() -> details(victim).contains("holds 1 of 2"));
            lifts.awaitSent(lifts.sent() + 100);
            lifts.end();
            dust.end();

            check(lifts, ID + "-life-safety");
            check(dust, ID + "-telemetry");
            assertThat(get(heir.readiness().resolve("/metrics")))
                    .as("no connection of the successor was taken")
                    .contains(
                            "fengsui_ingest_connections_lost_connections_total{lane=\"life-safety\",slot=\"life-safety\"} 0.0")
                    .contains(
                            "fengsui_ingest_connections_lost_connections_total{lane=\"telemetry\",slot=\"telemetry\"} 0.0");
        }
    }

    private static void signal(ExternalApp app, String signal) throws Exception {
        long pid = app.program().orElseThrow().pid();
        assertThat(Programs.run("kill", signal, Long.toString(pid)).status()).isZero();
    }

    private boolean holds(ExternalApp bridge, String slot) throws Exception {
        return !details(bridge).contains(slot + "\":\"not held");
    }

    private boolean serves(ExternalApp bridge, String slot) throws Exception {
        return details(bridge).contains(slot + "\":\"SUBSCRIBED");
    }

    private String details(ExternalApp bridge) throws Exception {
        return get(bridge.readiness()).replace("\" : \"", "\":\"").replace("\": \"", "\":\"");
    }

    private String get(URI uri) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Nothing lost, in order, by the slot's own session; what came again says so. */
    private void check(Vendor vendor, String bridge) {
        List<EventHeader> read = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            read.clear();
            ids.clear();
            read.addAll(headers(vendor.feed));
            read.forEach(header -> ids.add(header.getEventId()));
            assertThat(ids).hasSize(vendor.sent());
        });
        assertThat(ids)
                .containsExactlyElementsOf(IntStream.range(0, vendor.sent())
                        .mapToObj(n -> vendor.vendor + "/" + vendor.device + "/m-" + n)
                        .toList());
        assertThat(read).extracting(header -> header.getSource().getBridge()).containsOnly(bridge);
        Set<String> before = new LinkedHashSet<>();
        assertThat(read).allSatisfy(header -> {
            if (!before.add(header.getEventId())) {
                assertThat(header.getSource().getRedelivered()).isTrue();
            }
        });
    }

    private <T extends SpecificRecord> List<EventHeader> headers(Feed<T> feed) {
        Topic<T> topic = Topics.feed(Realm.LIVE, feed);
        Map<String, Object> config = new HashMap<>(stage.clients());
        AvroReader<T> reader = new AvroReader<>(SchemaRegistry.connect(stage.clients()), topic.type(), topic.schema());
        List<EventHeader> headers = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    headers.add(feed.header(reader.read(record.value())));
                }
            }
        }
        return headers;
    }

    /** Publishes for one device, fifty messages a second. */
    private final class Vendor implements AutoCloseable {
        private static final long PAUSE_MILLIS = 20;

        private final Feed<?> feed;
        private final String vendor;
        private final String device;
        private final Process publisher;
        private final Thread thread = new Thread(this::run, "vendor");
        private final AtomicInteger sent = new AtomicInteger();
        private volatile boolean ending;

        Vendor(Feed<?> feed) throws IOException {
            this.feed = feed;
            var registered = stage.seeds().devices().values().stream()
                    .filter(candidate -> candidate.getFeed().equals(feed.id()))
                    .findFirst()
                    .orElseThrow();
            vendor = registered.getVendor();
            device = registered.getDeviceId();
            publisher = new ProcessBuilder(
                            MosquittoProcess.program("mosquitto_pub").toString(),
                            "-p",
                            Integer.toString(stage.mosquitto().port()),
                            "-q",
                            "1",
                            "-l",
                            "-t",
                            "fengsui/v1/" + vendor + "/" + feed.id() + "/" + device)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            thread.start();
        }

        private void run() {
            try {
                while (!ending) {
                    OutputStream lines = publisher.getOutputStream();
                    lines.write((payload(sent.get()) + "\n").getBytes(StandardCharsets.UTF_8));
                    lines.flush();
                    sent.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private String payload(int n) {
            String common = "\"messageId\":\"m-" + n + "\",\"time\":\"" + Instant.now() + "\"";
            return feed.id().equals("dust-sensor")
                    ? "{" + common + ",\"collector\":\"DRY\"}"
                    : "{" + common + ",\"orderNo\":\"WO-" + n + "\",\"kind\":\"FAULT\",\"state\":\"RECEIVED\"}";
        }

        int sent() {
            return sent.get();
        }

        void awaitSent(int number) {
            await().atMost(Duration.ofSeconds(60)).until(() -> sent.get() >= number);
        }

        /** Returns when the broker has all. */
        void end() throws Exception {
            ending = true;
            thread.join();
            publisher.getOutputStream().close();
            assertThat(publisher.waitFor()).isZero();
        }

        @Override
        public void close() {
            ending = true;
            publisher.destroy();
        }
    }
}
