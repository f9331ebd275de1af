package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.ReferenceChange;
import io.fengsui.ops.Unrouted;
import io.fengsui.ops.UnroutedReplay;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.ReferenceWriter;
import io.fengsui.seeds.ReferenceWriter.Row;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The queue of unrouted events is worked off on a running system. What is changed in the reference data is undone behind. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class UnroutedIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int MANY = 3_000;

    private final Standalone standalone;
    private final SchemaRegistryClient registry;
    private final CommandRun command;
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    UnroutedIT(Standalone standalone) {
        this.standalone = standalone;
        this.command = new CommandRun(standalone);
        this.registry = SchemaRegistry.connect(standalone.clients());
    }

    @AfterEach
    void restore() throws InterruptedException {
        new SeedLoader(standalone.clients(), registry).load(standalone.seeds(), false);
    }

    @Test
    void shouldSendAnEventOnOnceItsDeviceHasAUnit() throws Exception {
        String camera = stray();
        String since = Instant.now().toString();
        String eventId = send(camera, Realm.LIVE, "first");
        try (TopicReader<Unrouted> queue =
                new TopicReader<>(standalone, Topics.unrouted(Realm.LIVE, Feeds.VIDEO_STATUS))) {
            assertThat(queue.await(SOON, entry -> entry.getEventId().equals(eventId)))
                    .isPresent();
        }

        assertThat(run("list", "--device", camera, "--since", since)).as(all()).isZero();
        assertThat(all()).contains("NO_UNIT: " + camera, "1 event, 1 of them open", "Give the site or device a unit");
        assertThat(run("show", eventId)).as(all()).isZero();
        assertThat(all()).contains("NO_UNIT", "open");
        assertThat(run("replay", "--device", camera, "--since", since, "--yes"))
                .as(all())
                .isEqualTo(1);
        assertThat(all()).contains(eventId + "  still missed: NO_UNIT: " + camera);

        assertThat(run("assign", "--device", camera, "--unit", "zhangpuu", "--yes"))
                .isEqualTo(1);
        assertThat(all()).contains("There is no unit zhangpuu").doesNotContain("\tat ");
        assertThat(run("assign", "--device", camera, "--unit", "zhangpu", "--dry-run"))
                .as(all())
                .isZero();
        assertThat(run("assign", "--device", camera, "--unit", "zhangpu", "--yes", "--by", "li", "--note", "phoned"))
                .as(all())
                .isZero();
        assertThat(all()).contains("devices.csv: unitId of " + camera + ": zhangpu", "seeds load");
        assertThat(changes(camera)).singleElement().satisfies(change -> {
            assertThat(change.getActor()).isEqualTo("li");
            assertThat(change.getNote()).isEqualTo("phoned");
        });

        assertThat(run("replay", "--open", "--device", camera, "--since", since, "--dry-run"))
                .as(all())
                .isZero();
        assertThat(all()).contains(eventId + "  to township.zhangpu.video-status", "nothing was written");
        assertThat(run("replay", "--open", "--device", camera, "--since", since, "--yes", "--by", "li"))
                .as(all())
                .isZero();
        assertThat(run("replay", "--device", camera, "--since", since, "--yes"))
                .as(all())
                .isZero();
        assertThat(all()).contains("0 events");
        assertThat(arrived(township(Realm.LIVE, "zhangpu"), eventId))
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.getPlace().getUnitIds()).containsExactly("zhangpu"));
        assertThat(run("list", "--device", camera, "--since", since)).isZero();
        assertThat(all()).contains("1 event, 0 of them open");

        String next = send(camera, Realm.LIVE, "second");
        await().atMost(SOON).untilAsserted(() -> assertThat(arrived(township(Realm.LIVE, "zhangpu"), next))
                .hasSize(1));
    }

    @Test
    void shouldSendOnWhatBelongsElsewhereNowAndDoubleNothing() throws Exception {
        Device camera = standalone.seeds().devices().values().stream()
                .filter(device -> device.getFeed().equals("video-status") && device.getSiteId() != null)
                .filter(device -> standalone
                                .seeds()
                                .sites()
                                .get(device.getSiteId())
                                .getUnitIds()
                                .size()
                        == 1)
                .findFirst()
                .orElseThrow();
        Site site = standalone.seeds().sites().get(camera.getSiteId());
        String former = site.getUnitIds().get(0);
        String other = former.equals("jinxi") ? "zhouzhuang" : "jinxi";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(send(camera.getDeviceId(), Realm.LIVE, "b" + i));
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(arrived(township(Realm.LIVE, former), ids))
                .hasSize(5));

        try (ReferenceWriter writer = ReferenceWriter.begin(standalone.clients(), registry)) {
            Site moved =
                    Site.newBuilder(site).setUnitIds(List.of(former, other)).build();
            writer.write(List.of(new Row<>(Topics.REF_SITE, site.getSiteId(), moved)));
        }
        String[] command = {"replay", "--rerouted", "--since", "5m", "--feed", "video-status", "--unit", other, "--yes"
        };
        assertThat(run(command)).as(all()).isZero();

        assertThat(all()).contains(ids.get(0) + "  to township." + other + ".video-status");
        assertThat(arrived(township(Realm.LIVE, other), ids)).hasSize(5);
        assertThat(run(command)).as(all()).isZero();
        assertThat(all()).contains("0 events: 0 copies");
        assertThat(arrived(township(Realm.LIVE, other), ids)).hasSize(5);
        assertThat(arrived(township(Realm.LIVE, former), ids))
                .as("who got it keeps it")
                .hasSize(5);
        assertThat(run("replay", "--rerouted", "--yes")).as(all()).isEqualTo(2);
    }

    @Test
    void shouldDoubleNothingWhenAReplayIsKilled() throws Exception {
        String camera = stray();
        Topic<Unrouted> queue = Topics.unrouted(Realm.DRILL, Feeds.VIDEO_STATUS);
        Topic<VideoStatus> feed = Topics.feed(Realm.DRILL, Feeds.VIDEO_STATUS);
        List<String> ids = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (int i = 0; i < MANY; i++) {
                VideoStatus event = event(camera, Realm.DRILL, "k" + i);
                ids.add(event.getHeader().getEventId());
                byte[] record = bytes(feed.name(), event);
                Unrouted entry = Unrouted.newBuilder()
                        .setEventId(event.getHeader().getEventId())
                        .setFeed("video-status")
                        .setDeviceId(camera)
                        .setReason("NO_UNIT")
                        .setDetail("NO_UNIT: " + camera)
                        .setStatus(EventStatus.EXERCISE)
                        .setRecord(ByteBuffer.wrap(record))
                        .setUnroutedAt(Instant.now())
                        .build();
                var unused = producer.send(new ProducerRecord<>(queue.name(), camera, bytes(queue.name(), entry)));
            }
        }
        assertThat(run("assign", "--device", camera, "--unit", "zhangpu", "--yes"))
                .as(all())
                .isZero();

        int killedAfter = replayAndKill(camera);

        assertThat(run("replay", "--open", "--drill", "--device", camera, "--yes"))
                .as(all())
                .isZero();
        assertThat(killedAfter).isBetween(1, MANY - 1);
        assertThat(arrived(township(Realm.DRILL, "zhangpu"), ids))
                .extracting(event -> event.getHeader().getEventId())
                .doesNotHaveDuplicates()
                .hasSize(MANY);
        try (TopicReader<UnroutedReplay> replays = new TopicReader<>(standalone, Topics.UNROUTED_REPLAY)) {
            Predicate<UnroutedReplay> ours = replay -> replay.getEventId().contains("/" + run + "-k");
            await().atMost(SOON).until(() -> replays.all(ours).size() >= MANY);
            assertThat(replays.all(ours)).hasSize(MANY);
        }
    }

    /** As a process of its own, killed once it has told of its first transactions; how many events it had told of. */
    private int replayAndKill(String camera) throws IOException, InterruptedException {
        Process process = Programs.fengsui(
                        "unrouted",
                        "replay",
                        "--open",
                        "--drill",
                        "--device",
                        camera,
                        "--yes",
                        "--bootstrap-servers",
                        standalone.ports().bootstrapServers(),
                        "--registry",
                        standalone.ports().registryUrl())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.contains(" of 3,000 events")) {
                line = lines.readLine();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(line).as("it told of a transaction").isNotNull();
            return Integer.parseInt(line.strip().split(" ")[0].replace(",", ""));
        }
    }

    /** A camera without site and unit. */
    private String stray() {
        return standalone.seeds().devices().values().stream()
                .filter(device -> device.getFeed().equals("video-status"))
                .filter(device -> device.getSiteId() == null && device.getUnitId() == null)
                .map(Device::getDeviceId)
                .findFirst()
                .orElseThrow();
    }

    private String send(String deviceId, Realm realm, String message) {
        VideoStatus event = event(deviceId, realm, message);
        String topic = Topics.feed(realm, Feeds.VIDEO_STATUS).name();
        try (KafkaProducer<String, byte[]> producer = producer()) {
            var unused = producer.send(new ProducerRecord<>(topic, deviceId, bytes(topic, event)));
        }
        return event.getHeader().getEventId();
    }

    private VideoStatus event(String deviceId, Realm realm, String message) {
        Instant now = Instant.now();
        return VideoStatus.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("acme/" + deviceId + "/" + run + "-" + message)
                        .setVendor("acme")
                        .setDeviceId(deviceId)
                        .setEventTime(now)
                        .setReceivedAt(now)
                        .setStatus(realm == Realm.LIVE ? EventStatus.ACTUAL : EventStatus.EXERCISE)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("t")
                                .setFormat("json")
                                .setBridge("b")
                                .build())
                        .build())
                .setKind(VideoReportKind.STATUS)
                .setState(VideoState.ON)
                .build();
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer());
    }

    private <T extends SpecificRecord> byte[] bytes(String topic, T value) {
        return new AvroWriter<T>(registry, value.getSchema()).write(topic, value);
    }

    private static Topic<VideoStatus> township(Realm realm, String unitId) {
        return Topics.township(realm, unitId, Feeds.VIDEO_STATUS);
    }

    private List<VideoStatus> arrived(Topic<VideoStatus> topic, String eventId) {
        return arrived(topic, List.of(eventId));
    }

    /** Every copy of these events that is committed in a topic. */
    private List<VideoStatus> arrived(Topic<VideoStatus> topic, List<String> eventIds) {
        try (TopicReader<VideoStatus> reader = new TopicReader<>(standalone, topic)) {
            Set<String> wanted = Set.copyOf(eventIds);
            List<VideoStatus> found = List.of();
            int quiet = 0;
            while (quiet < 5) {
                List<VideoStatus> more =
                        reader.all(event -> wanted.contains(event.getHeader().getEventId()));
                quiet = more.size() == found.size() ? quiet + 1 : 0;
                found = more;
            }
            return found;
        }
    }

    private List<ReferenceChange> changes(String key) {
        try (TopicReader<ReferenceChange> reader = new TopicReader<>(standalone, Topics.REFERENCE_CHANGE)) {
            assertThat(reader.await(SOON, change -> change.getKey().equals(key)))
                    .isPresent();
            return reader.all(change -> change.getKey().equals(key) && "phoned".equals(change.getNote()));
        }
    }

    private int run(String... arguments) {
        return command.run(
                Stream.concat(Stream.of("unrouted"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String all() {
        return command.all();
    }
}
