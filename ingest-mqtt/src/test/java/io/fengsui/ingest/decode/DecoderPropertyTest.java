package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouReport;
import io.fengsui.event.DustSensor;
import io.fengsui.ingest.decode.Vectors.Vector;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, a decoder returns events or throws {@link DecodeException}, and nothing else. */
class DecoderPropertyTest {

    @Provide
    Arbitrary<Vector> samples() {
        return Arbitraries.of(Vectors.good().toList());
    }

    @Provide
    Arbitrary<Feed<?>> feeds() {
        return Arbitraries.of(Feeds.all());
    }

    @Property(tries = 2000)
    void shouldSurviveAnyBytes(@ForAll("feeds") Feed<?> feed, @ForAll @Size(max = 200) byte[] bytes) {
        decode(feed, bytes);
    }

    @Property(tries = 1000)
    void shouldSurviveAnyBytesThatLookLikeAFormat(
            @ForAll("feeds") Feed<?> feed, @ForAll @Size(max = 200) byte[] bytes, @ForAll int which) {
        byte[] start = {'{', '<', '$', '#', '3'};
        byte[] payload = new byte[bytes.length + 1];
        payload[0] = start[Math.floorMod(which, start.length)];
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        decode(feed, payload);
    }

    @Property(tries = 4000)
    void shouldSurviveDamagedSamples(@ForAll("samples") Vector sample, @ForAll long seed) {
        byte[] payload = sample.payload();
        Random random = new Random(seed);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        }
        decode(sample.feed(), Arrays.copyOf(payload, random.nextInt(payload.length) + 1));
        decode(sample.feed(), payload);
    }

    @Property(tries = 500)
    void shouldTakeAReadingExactlyWhenItIsInRange(@ForAll double celsius) {
        String json = "{\"time\":\"2026-11-23T08:00:00+08:00\",\"collector\":\"DRY\",\"hopperTemperatureCelsius\":"
                + celsius + "}";
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        if (celsius >= -50 && celsius <= 1000) {
            DustSensor event = (DustSensor)
                    Vectors.decode(Feeds.DUST_SENSOR, payload, false).get(0);
            assertThat(event.getHopperTemperatureCelsius()).isEqualTo(celsius);
        } else {
            assertThat(decode(Feeds.DUST_SENSOR, payload)).isEqualTo(Rejection.OUT_OF_RANGE);
        }
    }

    @Property(tries = 500)
    void shouldTakeASentenceExactlyWhenItsChecksumIsRight(@ForAll @Size(max = 60) byte[] content, @ForAll byte error) {
        byte[] body = ("BDTXR,1,0312345,1,,"
                        + new String(content, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", " "))
                .getBytes(StandardCharsets.ISO_8859_1);
        int xor = 0;
        for (byte b : body) {
            xor ^= b & 0xFF;
        }
        byte[] end = String.format("*%02X\r\n", xor ^ (error & 0xFF)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] sentence = new byte[1 + body.length + end.length];
        sentence[0] = '$';
        System.arraycopy(body, 0, sentence, 1, body.length);
        System.arraycopy(end, 0, sentence, 1 + body.length, end.length);

        assertThat(decode(Feeds.BEIDOU_REPORT, sentence)).isEqualTo(error == 0 ? null : Rejection.BAD_CHECKSUM);
    }

    /** Wherever a message of terminals is cut, both ends together give what the whole gives. */
    @Property(tries = 2000)
    void shouldGiveTheSameEventsWhenAMessageIsCut(@ForAll("streams") Vector sample, @ForAll int where) {
        byte[] payload = sample.payload();
        byte[] head = Arrays.copyOf(payload, 1 + Math.floorMod(where, payload.length));
        Decoded<?> first;
        try {
            first = Vectors.decodePart(sample.feed(), head);
        } catch (DecodeException e) {
            assertThat(e.detail()).isNotBlank();
            return;
        }
        byte[] joined = Arrays.copyOf(first.rest(), first.rest().length + payload.length - head.length);
        System.arraycopy(payload, head.length, joined, first.rest().length, payload.length - head.length);
        List<Object> events = new ArrayList<>(first.events());
        if (new String(joined, StandardCharsets.ISO_8859_1).isBlank()) {
            assertThat(ids(events)).isEqualTo(ids(sample.decode()));
            return;
        }
        events.addAll(Vectors.decodePart(sample.feed(), joined).events());

        assertThat(ids(events)).isEqualTo(ids(sample.decode()));
    }

    @Provide
    Arbitrary<Vector> streams() {
        return Arbitraries.of(Vectors.good()
                .filter(v -> v.name().matches("ok-(bd|txxx|icxx|fkxx|zjxx|dwxx).*")
                        && !v.name().contains("alike"))
                .toList());
    }

    private static List<String> ids(List<?> events) {
        return events.stream()
                .map(event -> ((BeidouReport) event).getHeader().getEventId())
                .toList();
    }

    @Property(tries = 1000)
    void shouldTakeAFrameExactlyWhenItsChecksumIsRight(@ForAll @Size(max = 100) byte[] content, @ForAll byte error) {
        int length = 20 + content.length;
        ByteBuffer frame = ByteBuffer.allocate(length)
                .put("$TXXX".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) length)
                .put(new byte[] {0, 0, 1, 0x62, 0, 0, 2, 8, 5})
                .putShort((short) (content.length * 8))
                .put(content)
                .put((byte) 0);
        int xor = 0;
        for (byte b : frame.array()) {
            xor ^= b;
        }
        frame.put((byte) (xor ^ error));

        assertThat(decode(Feeds.BEIDOU_REPORT, frame.array())).isEqualTo(error == 0 ? null : Rejection.BAD_CHECKSUM);
    }

    @Example
    void shouldRefuseLongGarbageAtLittleCost() {
        List<byte[]> starts = Stream.of(
                        "", "$", "$BDTXR,", "$TXXX\020\0", "$\n", "\n", "$BDTXR*00\n", "$TXXX\0\013aaa!")
                .map(start -> start.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        long begin = System.nanoTime();
        for (byte[] start : starts) {
            for (int fill : new int[] {0, '$', '\n', ',', '*', 0xFF}) {
                byte[] garbage = new byte[64 * 1024];
                Arrays.fill(garbage, (byte) fill);
                System.arraycopy(start, 0, garbage, 0, start.length);
                assertThat(decode(Feeds.BEIDOU_REPORT, garbage)).isNotNull();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    /** The reason for which the payload is refused, null if it is not; anything else thrown fails the test. */
    private static Rejection decode(Feed<?> feed, byte[] payload) {
        try {
            List<?> events = Vectors.decode(feed, payload, false);
            assertThat(events).isNotEmpty();
            return null;
        } catch (DecodeException e) {
            assertThat(e.detail()).isNotBlank();
            return e.reason();
        }
    }
}
