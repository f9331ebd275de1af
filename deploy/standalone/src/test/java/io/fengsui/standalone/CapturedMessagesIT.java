package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.event.BeidouReport;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.ReferenceData;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Messages captured from real devices, published as they are, where the folder with them lies beside the checkout. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class CapturedMessagesIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String VIDEO_VENDOR = "video-east";
    private static final String DUST_VENDOR = "dust-two";
    private static final String BEIDOU_VENDOR = "beidou-hub";
    private static final String UNIT = "zhangpu";

    private final Standalone standalone;
    private final Path samples;

    @TempDir
    private Path directory;

    CapturedMessagesIT(Standalone standalone) {
        this.standalone = standalone;
        this.samples = Home.locate().directory().resolveSibling("shared").resolve("samples");
    }

    @BeforeEach
    void requireSamplesAndRegisterTheirDevices() throws Exception {
        assumeTrue(Files.isDirectory(samples), "no captured messages in " + samples);
        Programs.require("mosquitto_pub");
        register();
    }

    @Test
    void shouldTakeAKeepaliveToTheTownshipOfItsDevice() throws Exception {
        Path message = samples.resolve("gb28181-keepalive.xml");
        String device = gbId(message);

        publish(VIDEO_VENDOR, Feeds.VIDEO_STATUS.id(), device, message);

        assertThat(videoOf(device).getState()).isEqualTo(VideoState.ON);
    }

    @Test
    void shouldTakeACatalogItemToTheTownshipOfItsDevice() throws Exception {
        Path message = samples.resolve("gb28181-catalog-item-off.xml");
        String device = gbId(message);

        publish(VIDEO_VENDOR, Feeds.VIDEO_STATUS.id(), device, message);

        assertThat(videoOf(device).getState()).isEqualTo(VideoState.OFF);
    }

    @Test
    void shouldTakeEachSentenceWhereItsNoteSaysItBelongs() throws Exception {
        List<String> lines = sentences();
        String anyCard = cards().get(0);
        assertThat(lines).hasSizeGreaterThan(10);
        try (TopicReader<BeidouReport> reports =
                        new TopicReader<>(standalone, Topics.city(Realm.LIVE, "civil-affairs", Feeds.BEIDOU_REPORT));
                TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.DEAD_LETTER)) {
            for (String line : lines) {
                String sentence = line.split("\t")[1];
                byte[] payload = (sentence + "\r\n").getBytes(StandardCharsets.UTF_8);
                String card = sentence.startsWith("$BDTXR") ? sentence.split(",")[2] : anyCard;
                publish(
                        BEIDOU_VENDOR,
                        Feeds.BEIDOU_REPORT.id(),
                        card,
                        Files.write(directory.resolve("sentence"), payload));

                if (sentence.startsWith("$BD") && line.startsWith("OK")) {
                    assertThat(reports.await(
                                    SOON, r -> r.getHeader().getDeviceId().equals(card)))
                            .as(sentence)
                            .isPresent();
                } else {
                    Rejection reason = line.startsWith("BAD") ? Rejection.BAD_CHECKSUM : Rejection.UNSUPPORTED_MESSAGE;
                    DeadLetter letter = letters.await(
                                    SOON,
                                    l -> l.getPayload() != null
                                            && new String(l.getPayload().array(), StandardCharsets.UTF_8)
                                                    .startsWith(sentence))
                            .orElseThrow(() -> new AssertionError("not in the dead letters: " + sentence));
                    assertThat(letter.getReason()).as(sentence).isEqualTo(reason.name());
                    assertThat(letter.getPayload().array()).isEqualTo(payload);
                }
            }
        }
    }

    /** The standard's own example sets an interval; the other packet's checksum is a placeholder. */
    @Test
    void shouldKeepEachPacketAsItsNoteSays() throws Exception {
        List<String> packets = Files.readAllLines(samples.resolve("hj212-frame.txt")).stream()
                .filter(line -> line.startsWith("##"))
                .toList();
        assertThat(packets).hasSize(2);
        String device = standalone.seeds().devices().values().stream()
                .filter(d -> d.getVendor().equals(DUST_VENDOR) && d.getFeed().equals(Feeds.DUST_SENSOR.id()))
                .findFirst()
                .orElseThrow()
                .getDeviceId();
        try (TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.DEAD_LETTER)) {
            for (String packet : packets) {
                byte[] payload = (packet + "\r\n").getBytes(StandardCharsets.US_ASCII);
                publish(DUST_VENDOR, Feeds.DUST_SENSOR.id(), device, Files.write(directory.resolve("packet"), payload));

                DeadLetter letter = letters.await(
                                SOON,
                                l -> l.getPayload() != null
                                        && Arrays.equals(l.getPayload().array(), payload))
                        .orElseThrow(() -> new AssertionError("not in the dead letters: " + packet));
                Rejection reason = packet.contains("CN=1062") ? Rejection.UNSUPPORTED_MESSAGE : Rejection.BAD_CHECKSUM;
                assertThat(letter.getReason()).isEqualTo(reason.name());
            }
        }
    }

    private VideoStatus videoOf(String device) {
        try (TopicReader<VideoStatus> reader =
                new TopicReader<>(standalone, Topics.township(Realm.LIVE, UNIT, Feeds.VIDEO_STATUS))) {
            return reader.await(SOON, e -> e.getHeader().getDeviceId().equals(device))
                    .orElseThrow();
        }
    }

    /** Adds the devices that the messages name to the running system's reference data. */
    private void register() throws Exception {
        Map<String, Device> devices = new LinkedHashMap<>(standalone.seeds().devices());
        for (String message : List.of("gb28181-keepalive.xml", "gb28181-catalog-item-off.xml")) {
            String id = gbId(samples.resolve(message));
            devices.put(id, device(id, VIDEO_VENDOR, Feeds.VIDEO_STATUS, "camera"));
        }
        for (String card : cards()) {
            devices.put(card, device(card, BEIDOU_VENDOR, Feeds.BEIDOU_REPORT, "beidou-terminal"));
        }
        SeedSet seeds = standalone.seeds();
        ReferenceData.loadDevices(standalone, devices, SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(standalone.check().details())
                .containsEntry("ingest.ref.device", devices.size() + " devices")
                .containsEntry("ingest.ref.factor", seeds.factors().size() + " vendors"));
    }

    private static Device device(String id, String vendor, Feed<?> feed, String type) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor(vendor)
                .setFeed(feed.id())
                .setType(type)
                .setName("Captured " + id)
                .setUnitId(UNIT)
                .build();
    }

    private static String gbId(Path message) throws IOException {
        Matcher id = Pattern.compile("<DeviceID>([0-9]+)</DeviceID>").matcher(Files.readString(message));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private List<String> cards() throws IOException {
        return sentences().stream()
                .map(line -> line.split("\t")[1].split(","))
                .filter(fields -> fields[0].equals("$BDTXR"))
                .map(fields -> fields[2])
                .distinct()
                .toList();
    }

    private List<String> sentences() throws IOException {
        return Files.readAllLines(samples.resolve("beidou-2.1-sentences.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    private void publish(String vendor, String feed, String deviceId, Path payload) throws Exception {
        Programs.Result result = Programs.publish(
                standalone.ports().mqtt(),
                vendor,
                standalone.users().password(vendor).orElseThrow(),
                "fengsui/v1/" + vendor + "/" + feed + "/" + deviceId,
                "-f",
                payload.toString());
        assertThat(result.status()).as(result.output()).isZero();
    }
}
