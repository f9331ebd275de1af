package io.fengsui.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.event.DustSensor;
import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.letters.Address;
import io.fengsui.standalone.letters.BrokenReplay;
import io.fengsui.standalone.letters.ReplayWriter;
import io.fengsui.standalone.testkit.ReferenceData;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Messages that were refused are found, shown and sent in again, by the commands that people use. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class DeadLettersIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String VENDOR = "dust-one";
    private static final String DEVICE = "dc-forgotten-1";
    private static final String SIBLING = "dc-006-1";
    private static final String UNIT = "dianshanhu";
    private static final String NAME = "赵普朗";
    private static final String TELEPHONE = "13912345678";
    private static final Feed<?> POLICE = Feeds.byId("police-110").orElseThrow();

    private final Standalone standalone;
    private final CommandRun command;
    private final SchemaRegistryClient registry;

    @TempDir
    private Path directory;

    DeadLettersIT(Standalone standalone) {
        this.standalone = standalone;
        this.command = new CommandRun(standalone);
        this.registry = SchemaRegistry.connect(standalone.clients());
    }

    @Test
    void shouldReplayAMessageOnceItsDeviceIsRegistered() throws Exception {
        String payload =
                "{\"messageId\":\"forgotten-1\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"collector\":\"DRY\",\"fanRunning\":true,\"hopperTemperatureCelsius\":41.5}";
        String eventId = VENDOR + "/" + DEVICE + "/forgotten-1";
        publish(VENDOR, "fengsui/v1/" + VENDOR + "/dust-sensor/" + DEVICE, payload);
        try (TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.DEAD_LETTER)) {
            assertThat(letters.await(SOON, l -> DEVICE.equals(l.getDeviceId()))).isPresent();
        }
        String address = addressOf("--device", DEVICE, "--reason", "UNKNOWN_DEVICE", "--since", "1h");

        shouldShow(address, payload);
        assertThat(run("replay", address, "--yes")).as(all()).isEqualTo(1);
        assertThat(all()).contains("refused again: UNKNOWN_DEVICE");

        register();
        assertThat(run("replay", "--device", DEVICE, "--open", "--dry-run"))
                .as(all())
                .isZero();
        assertThat(all()).contains(address + "  accepted as event " + eventId, "nothing was written");
        assertThat(replays(address)).extracting(DeadLetterReplay::getOutcome).containsExactly(ReplayOutcome.REFUSED);

        assertThat(run("replay", "--device", DEVICE, "--yes", "--by", "li", "--note", "registered now"))
                .as(all())
                .isZero();
        shouldHaveArrivedOnce(eventId);

        assertThat(run("replay", address, "--yes")).isEqualTo(1);
        assertThat(all()).contains("was replayed", "by li", "--again");
        assertThat(run("list", "--device", DEVICE, "--open", "--json")).isZero();
        assertThat(command.out()).isEmpty();
        assertThat(run("list", "--device", DEVICE, "--replayed", "--lang", "zh"))
                .isZero();
        assertThat(command.out()).contains("* " + address, "设备未登记", "共 1 封死信");
        shouldHaveArrivedOnce(eventId);
        List<DeadLetterReplay> replays = replays(address);
        assertThat(replays)
                .extracting(DeadLetterReplay::getOutcome)
                .containsExactly(ReplayOutcome.REFUSED, ReplayOutcome.SENDING, ReplayOutcome.ACCEPTED);
        assertThat(replays).last().satisfies(replay -> {
            assertThat(replay.getEventIds()).containsExactly(eventId);
            assertThat(replay.getNote()).isEqualTo("registered now");
        });
        consoleShouldBalance();
    }

    /** Those that are broken off are as good as minutes old, so that nobody has to wait for what they may have sent. */
    @Test
    void shouldDoubleNothingAndLoseNothingWhenAReplayIsBrokenOff() throws Exception {
        BrokenReplay replay = new BrokenReplay(standalone.clients(), registry);
        InstantSource hourAgo = InstantSource.offset(InstantSource.system(), Duration.ofHours(-1));
        List<Address> unsent = letters("unsent-1", "unsent-2", "unsent-3");

        assertThatThrownBy(() -> replay.beforeTheEvents(readmission(), unsent, hourAgo))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(unsent.get(0) + " may not have been replayed");
        assertThat(arrived("unsent-")).isEmpty();
        assertThat(run("list", "--device", SIBLING, "--open")).as(all()).isZero();
        assertThat(command.out()).contains("? " + unsent.get(0), "broken off");
        assertThat(replay(unsent)).as(all()).isZero();
        assertThat(all()).contains("3 letters: 3 accepted (events: 3)");
        assertThat(arrived("unsent-")).containsExactly("unsent-1", "unsent-2", "unsent-3");

        InstantSource justQuiet = InstantSource.offset(
                InstantSource.system(), ReplayWriter.QUIET_AFTER.minusSeconds(6).negated());
        List<Address> sent = letters("sent-1", "sent-2", "sent-3");
        assertThatThrownBy(() -> replay.behindTheEvents(readmission(), sent, justQuiet))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(sent.get(0) + " may not have been replayed")
                .hasMessageContaining("Another replay has begun");
        assertThat(replay(sent)).as(all()).isZero();
        assertThat(all()).contains("3 letters: 0 accepted (events: 0)", "3 found written", "waiting until");
        assertThat(arrived("sent-")).containsExactly("sent-1", "sent-2", "sent-3");

        for (Address letter : Stream.concat(unsent.stream(), sent.stream()).toList()) {
            assertThat(replays(letter.toString()))
                    .last()
                    .extracting(DeadLetterReplay::getOutcome)
                    .isEqualTo(ReplayOutcome.ACCEPTED);
        }
        consoleShouldBalance();
    }

    private int replay(List<Address> letters) {
        return run(Stream.of(Stream.of("replay"), letters.stream().map(Address::toString), Stream.of("--yes"))
                .flatMap(Function.identity())
                .toArray(String[]::new));
    }

    private Readmission readmission() {
        return new Readmission(standalone.seeds().devices(), Decoders.standard(), registry);
    }

    /** Good messages that were refused, as it were. */
    private List<Address> letters(String... messages) throws Exception {
        String topic = Topics.DEAD_LETTER.name();
        AvroWriter<DeadLetter> writer = new AvroWriter<>(registry, DeadLetter.getClassSchema());
        List<Address> addresses = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            for (String message : messages) {
                Instant now = Instant.now();
                DeadLetter letter = DeadLetter.newBuilder()
                        .setReason(Rejection.UNKNOWN_DEVICE.name())
                        .setDetail("not in the reference data")
                        .setFeed("dust-sensor")
                        .setVendor(VENDOR)
                        .setDeviceId(SIBLING)
                        .setStage(DeadLetterStage.INGEST)
                        .setMqttTopic("fengsui/v1/" + VENDOR + "/dust-sensor/" + SIBLING)
                        .setPayload(ByteBuffer.wrap(("{\"messageId\":\"" + message + "\",\"time\":" + now.toEpochMilli()
                                        + ",\"collector\":\"DRY\",\"fanRunning\":true}")
                                .getBytes(UTF_8)))
                        .setReceivedAt(now)
                        .setProcess("test")
                        .build();
                RecordMetadata written = producer.send(
                                new ProducerRecord<>(topic, SIBLING, writer.write(topic, letter)))
                        .get();
                addresses.add(new Address(Topics.DEAD_LETTER, written.partition(), written.offset()));
            }
        }
        return addresses;
    }

    /** Messages of the device in the feed's topic, in their order there. */
    private List<String> arrived(String beginning) {
        String prefix = VENDOR + "/" + SIBLING + "/";
        Predicate<DustSensor> ours = event -> event.getHeader().getEventId().startsWith(prefix + beginning);
        try (TopicReader<DustSensor> reader =
                new TopicReader<>(standalone, Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR))) {
            List<DustSensor> found = List.of();
            for (int quiet = 0; quiet < 5; quiet++) {
                List<DustSensor> more = reader.all(ours);
                quiet = more.size() == found.size() ? quiet : 0;
                found = more;
            }
            return found.stream()
                    .map(event -> event.getHeader().getEventId().substring(prefix.length()))
                    .toList();
        }
    }

    /** Everything else that was sent is over by then, too. */
    private void consoleShouldBalance() throws InterruptedException {
        try (LedgerView console = new LedgerView(
                standalone.clients(),
                registry,
                "letters-it",
                standalone.streamsApplicationId(),
                InstantSource.system())) {
            console.start();
            console.awaitLoaded(SOON);
            await().atMost(SOON).untilAsserted(() -> assertThat(console.ledger())
                    .hasValueSatisfying(ledger -> assertThat(ledger.feeds())
                            .filteredOn(account -> account.feed().equals("dust-sensor"))
                            .singleElement()
                            .satisfies(account -> {
                                assertThat(account.inFlight()).isZero();
                                assertThat(account.difference()).isZero();
                            })));
        }
    }

    @Test
    void shouldShowNothingOfAPerson() throws Exception {
        publish(
                "police-centre",
                "fengsui/v1/police-centre/police-110/police-110-centre",
                "{\"messageId\":\"secret-1\",\"time\":\"" + NAME + "\",\"callerTelephone\":\"" + TELEPHONE + "\"}");
        try (TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.deadLetter(POLICE))) {
            assertThat(letters.await(SOON, l -> l.getReason().equals(Rejection.BAD_TIME.name())))
                    .isPresent();
        }

        assertThat(run("list", "--vendor", "police-centre")).isZero();
        assertThat(command.out()).contains("0 dead letters");
        String address = addressOf("--feed", "police-110", "--reason", "BAD_TIME");
        assertNothingOfThePerson();
        assertThat(run("list", "--feed", "police-110")).isZero();
        assertNothingOfThePerson();
        assertThat(run("show", address)).isZero();
        assertThat(all()).contains("BAD_TIME", "not shown");
        assertNothingOfThePerson();
        assertThat(run("replay", address, "--dry-run")).isEqualTo(1);
        assertThat(all()).contains("refused again: BAD_TIME");
        assertNothingOfThePerson();
        Path file = directory.resolve("payload");
        assertThat(run("show", address, "--payload-to", file.toString())).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldSayThatThereIsNoSuchLetter() {
        assertThat(run("show", "feed.dead-letter/0/999999999")).isEqualTo(1);
        assertThat(all())
                .contains("No dead letter at feed.dead-letter/0/999999999")
                .doesNotContain("\tat ");
        assertThat(run("show", "feed.dead-letter/999/0")).isEqualTo(1);
        assertThat(all()).contains("no partition 999");
    }

    private void shouldShow(String address, String payload) throws Exception {
        Path file = directory.resolve("payload");
        assertThat(run("show", address, "--payload-to", file.toString()))
                .as(all())
                .isZero();
        assertThat(all()).contains("UNKNOWN_DEVICE", "Have the device registered", payload);
        assertThat(Files.readString(file)).isEqualTo(payload);
    }

    private void shouldHaveArrivedOnce(String eventId) {
        try (TopicReader<DustSensor> reader =
                new TopicReader<>(standalone, Topics.township(Realm.LIVE, UNIT, Feeds.DUST_SENSOR))) {
            assertThat(reader.await(SOON, e -> e.getHeader().getEventId().equals(eventId)))
                    .isPresent();
            assertThat(reader.all(e -> e.getHeader().getEventId().equals(eventId)))
                    .hasSize(1);
        }
    }

    private List<DeadLetterReplay> replays(String letter) {
        try (TopicReader<DeadLetterReplay> reader = new TopicReader<>(standalone, Topics.DEAD_LETTER_REPLAY)) {
            assertThat(reader.await(SOON, r -> r.getLetter().equals(letter))).isPresent();
            return reader.all(r -> r.getLetter().equals(letter));
        }
    }

    private String addressOf(String... filter) {
        assertThat(run(Stream.concat(Stream.of("list", "--json", "--limit", "1"), Stream.of(filter))
                        .toArray(String[]::new)))
                .as(all())
                .isZero();
        assertThat(command.out()).contains("\"address\":\"");
        return command.out().split("\"address\":\"")[1].split("\"")[0];
    }

    private void assertNothingOfThePerson() {
        assertThat(all()).isNotBlank().doesNotContain(NAME, TELEPHONE);
    }

    /** Adds the forgotten device, at the place of another of its vendor. */
    private void register() throws Exception {
        SeedSet seeds = standalone.seeds();
        Device sibling = seeds.devices().get(SIBLING);
        Map<String, Device> devices = new LinkedHashMap<>(seeds.devices());
        devices.put(
                DEVICE,
                Device.newBuilder(sibling)
                        .setDeviceId(DEVICE)
                        .setName("Forgotten")
                        .build());
        ReferenceData.loadDevices(standalone, devices, SOON);
    }

    private void publish(String vendor, String topic, String payload) throws MqttException {
        MqttClient client = new MqttClient(standalone.ports().mqttUri(), vendor + "-letters", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(vendor);
        options.setPassword(standalone.users().password(vendor).orElseThrow().getBytes(UTF_8));
        client.connect(options);
        client.publish(topic, payload.getBytes(UTF_8), 1, false);
        client.disconnect();
        client.close();
    }

    private int run(String... arguments) {
        return command.run(
                Stream.concat(Stream.of("dead-letters"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String all() {
        return command.all();
    }
}
