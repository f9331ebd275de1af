package io.fengsui.standalone.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.letters.Language;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceCardTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-26T04:00:00.250Z");
    private static final String ID = "dust-one/dc-006-1/17";

    private final List<String> lines = new ArrayList<>();

    @Test
    void shouldShowBothClocksAndEachStation() {
        print(Language.EN, List.of(written(5, RECEIVED.plusMillis(7))), List.of(spot("readers.topic", 17)), false);

        assertThat(lines)
                .anyMatch(line -> line.startsWith("device clock  2026-11-26 11:59:58.250"))
                .anyMatch(line -> line.startsWith("our clock     2026-11-26 12:00:00.250"))
                .anyMatch(line -> line.startsWith("MQTT") && line.contains("+0 ms") && line.contains("json, bridge-0"))
                .anyMatch(
                        line -> line.startsWith("feed topic") && line.contains("+7 ms") && line.endsWith("a.topic/2/5"))
                .anyMatch(line -> line.startsWith("reader") && line.endsWith("readers.topic/2/17"))
                .anyMatch(line -> line.startsWith("rules") && line.endsWith("dust-sensor.yaml 1234: none spoke"));
    }

    @Test
    void shouldSayWhichCopyWasDropped() {
        print(
                Language.EN,
                List.of(written(5, RECEIVED), written(9, RECEIVED.plusSeconds(90))),
                List.of(spot("readers.topic", 17)),
                false);

        assertThat(lines)
                .filteredOn(line -> line.contains("came again: dropped as a duplicate"))
                .singleElement()
                .asString()
                .contains("a.topic/2/9", "+90 s");
    }

    @Test
    void shouldTellWhatIsOnItsWayFromWhatWasDropped() {
        print(Language.EN, List.of(written(5, RECEIVED)), List.of(), true);
        assertThat(lines).anyMatch(line -> line.contains("in flight"));

        lines.clear();
        print(Language.ZH, List.of(written(5, RECEIVED)), List.of(), false);
        assertThat(lines).anyMatch(line -> line.contains("已作为重复丢弃"));
    }

    private void print(Language language, List<Found<EventHeader>> written, List<Spot> readers, boolean inFlight) {
        Trace trace = new Trace(
                ID,
                Feeds.DUST_SENSOR,
                written,
                readers,
                List.<Found<Unrouted>>of(),
                List.of(),
                Optional.of("dust-sensor.yaml 1234"),
                List.of(),
                List.of(),
                inFlight);
        new TraceCard(language, lines::add).print(trace);
    }

    @Test
    void shouldShowNothingThatWouldSteerATerminal() {
        Unrouted unrouted = new Unrouted(
                ID,
                "dust-sensor",
                "dc-006-1",
                "NO_UNIT",
                "\u001b[2Jgone",
                EventStatus.ACTUAL,
                ByteBuffer.allocate(0),
                RECEIVED,
                List.of());
        Trace trace = new Trace(
                ID,
                Feeds.DUST_SENSOR,
                List.of(written(5, RECEIVED)),
                List.of(),
                List.of(new Found<>(spot("queue", 1), unrouted)),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                false);
        new TraceCard(Language.EN, lines::add).print(trace);

        assertThat(String.join("\n", lines)).contains("NO_UNIT").doesNotContain("\u001b");
    }

    private static Spot spot(String topic, long offset) {
        return new Spot(topic, 2, offset, RECEIVED);
    }

    private static Found<EventHeader> written(long offset, Instant at) {
        return new Found<>(
                new Spot("a.topic", 2, offset, at),
                EventHeader.newBuilder()
                        .setEventId(ID)
                        .setVendor("dust-one")
                        .setDeviceId("dc-006-1")
                        .setEventTime(RECEIVED.minus(Duration.ofSeconds(2)))
                        .setReceivedAt(RECEIVED)
                        .setStatus(EventStatus.ACTUAL)
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/dust-one/dust-sensor/dc-006-1")
                                .setFormat("json")
                                .setBridge("bridge-0")
                                .build())
                        .build());
    }
}
