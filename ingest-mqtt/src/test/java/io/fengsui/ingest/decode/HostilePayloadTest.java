package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.ingest.Cost;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads that are made to hurt: they are refused by name, read and open nothing, and cost little. */
class HostilePayloadTest {
    private static final int LARGEST = 64 * 1024;

    /** Of the best of some runs: what is left then is the work itself. */
    private static final Duration LITTLE = Duration.ofMillis(50);

    private static final Duration A_FEW_MILLISECONDS = Duration.ofMillis(10);

    @Test
    void shouldRefuseAnEntityBombBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE Notify [<!ENTITY a0 \"ha\">");
        for (int i = 1; i <= 30; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        byte[] payload = bomb.append("]><Notify><CmdType>&a30;</CmdType></Notify>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);

        assertThat(reason(Feeds.VIDEO_STATUS, payload)).isEqualTo(Rejection.NOT_XML);
        assertThat(best(Feeds.VIDEO_STATUS, payload)).isLessThan(A_FEW_MILLISECONDS);
    }

    @Test
    void shouldOpenNoFileAndNoConnectionForAnExternalEntity(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the secret");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(200);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
            for (String doctype : new String[] {
                "<!DOCTYPE Notify SYSTEM \"" + url + "\">",
                "<!DOCTYPE Notify [<!ENTITY x SYSTEM \"" + url + "\">]>",
                "<!DOCTYPE Notify [<!ENTITY % x SYSTEM \"" + url + "\"> %x;]>",
                "<!DOCTYPE Notify [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
            }) {
                byte[] payload = (doctype + "<Notify><CmdType>&x;</CmdType></Notify>").getBytes(StandardCharsets.UTF_8);

                DecodeException refusal = catchThrowableOfType(
                        DecodeException.class, () -> Vectors.decode(Feeds.VIDEO_STATUS, payload, false));

                assertThat(refusal.reason()).isEqualTo(Rejection.NOT_XML);
                assertThat(refusal.detail()).doesNotContain("the secret");
            }
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept))
                    .as("nobody connected")
                    .isNotNull();
        }
    }

    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of(Feeds.VIDEO_STATUS, "XML, open elements", "<a>".repeat(LARGEST / 3)),
                Arguments.of(Feeds.VIDEO_STATUS, "XML, many elements", "<a>" + "<b/>".repeat(LARGEST / 4 - 2) + "</a>"),
                Arguments.of(Feeds.VIDEO_STATUS, "XML, one text", "<a>" + "&amp;".repeat(LARGEST / 5 - 2) + "</a>"),
                Arguments.of(Feeds.VIDEO_STATUS, "XML, noise", "<" + noise()),
                Arguments.of(Feeds.VIDEO_STATUS, "lines, one", "1".repeat(LARGEST)),
                Arguments.of(Feeds.VIDEO_STATUS, "lines, many", "1 ON\n".repeat(LARGEST / 5)),
                Arguments.of(Feeds.VIDEO_STATUS, "lines, blanks", "1" + " ".repeat(LARGEST - 2) + "1"),
                Arguments.of(Feeds.VIDEO_STATUS, "lines, noise", "1" + noise()),
                Arguments.of(Feeds.DUST_SENSOR, "packet, noise", "##" + noise()),
                Arguments.of(Feeds.DUST_SENSOR, "packet, long", "##9999" + ";".repeat(LARGEST - 10) + "0000"),
                Arguments.of(Feeds.DUST_SENSOR, "packet, many fields", packet(1_000, i -> "f" + i + "=1;", "")),
                Arguments.of(Feeds.DUST_SENSOR, "packet, many items", packet(0, i -> "", "x-Odd=1;")));
    }

    private static String packet(int fields, IntFunction<String> field, String item) {
        String head = String.join("", IntStream.range(0, fields).mapToObj(field).toList());
        String items = IntStream.range(0, item.isEmpty() ? 0 : 1_000)
                .mapToObj(i -> i + item)
                .collect(Collectors.joining());
        return new String(
                Hj212Encoder.packet(head + "CN=2011;MN=dust-sensor-1;CP=&&DataTime=20261123080000;" + items + "&&"),
                StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("large")
    void shouldSpendLittleOnALargePayload(Feed<?> feed, String what, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(payload).as(what).hasSizeLessThanOrEqualTo(LARGEST);

        assertThat(reason(feed, payload)).as(what).isNotNull();
        assertThat(best(feed, payload)).as(what).isLessThan(LITTLE);
    }

    static Stream<Arguments> ofManyEvents() {
        String item = "<Item><DeviceID>32058300001320000001</DeviceID><Event>ON</Event></Item>";
        return Stream.of(
                Arguments.of("lines", "32058300001320000001 ON\n".repeat(LARGEST / 24)),
                Arguments.of(
                        "catalog",
                        "<Notify><CmdType>Catalog</CmdType><DeviceID>32058300001320000001</DeviceID><DeviceList>"
                                + item.repeat(800) + "</DeviceList></Notify>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofManyEvents")
    void shouldSpendLittleOnAMessageOfManyEvents(String what, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);

        List<?> events = Cost.little(payload.length, () -> Vectors.decode(Feeds.VIDEO_STATUS, payload, false));

        assertThat(events).as(what).hasSizeGreaterThanOrEqualTo(800);
    }

    private static String noise() {
        byte[] bytes = new byte[LARGEST - 2];
        new Random(7).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Duration best(Feed<?> feed, byte[] payload) {
        return IntStream.range(0, 10)
                .mapToObj(run -> {
                    long start = System.nanoTime();
                    reason(feed, payload);
                    return Duration.ofNanos(System.nanoTime() - start);
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static Rejection reason(Feed<?> feed, byte[] payload) {
        return catchThrowableOfType(DecodeException.class, () -> Vectors.decode(feed, payload, false))
                .reason();
    }
}
