package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameInputStreamTest {
    private final List<PublishPacket> published = new ArrayList<>();
    private int packets;
    private final FrameInputStream.Listener listener = new FrameInputStream.Listener() {
        @Override
        public void packetRead() {
            packets++;
        }

        @Override
        public void publishRead(PublishPacket publish) {
            published.add(publish);
        }
    };

    @Test
    void shouldTakePublishesOutAndHandTheOthersOnUnchanged() throws IOException {
        // PINGRESP, PUBLISH QoS 1, the same with DUP, PINGRESP, PUBLISH QoS 0
        String sent = "d000" + "3206000161000100" + "3a06000161000100" + "d000" + "3004000161" + "00";

        assertThat(hex(frames(sent).readAllBytes())).isEqualTo("d000d000");
        assertThat(packets).isEqualTo(5);
        assertThat(published).extracting(PublishPacket::topic).containsExactly("a", "a", "a");
        assertThat(published).extracting(PublishPacket::packetId).containsExactly(1, 1, 0);
        assertThat(published).extracting(PublishPacket::duplicate).containsExactly(false, true, false);
    }

    @Test
    void shouldReadWhatABridgeWantsOfAPublish() throws IOException {
        String properties = "0101" // payload format: text
                + "0200000e10" // expires in an hour
                + "03000474787420" // content type "txt "
                + "080001 72" // response topic
                + "090002 0102" // correlation data
                + "0b8101" // subscription identifier of two bytes
                + "26 0001 61 0001 62" // user property a = b
                + "26 000a 6d6573736167652d6964 0002 6d31" // message-id = m1
                + "26 000a 6d6573736167652d6964 0002 6d32" // a second one
                + "26 000e 66656e677375692d627269646765 0000"; // fengsui-bridge
        String body = "0004 e7b2892f" + "abcd" + "56" + properties + "7b7d";

        frames("3261" + body).readAllBytes();

        assertThat(published).singleElement().satisfies(publish -> {
            assertThat(publish.topic()).isEqualTo("粉/");
            assertThat(publish.packetId()).isEqualTo(0xabcd);
            assertThat(publish.contentType()).isEqualTo("txt ");
            assertThat(publish.messageId()).isEqualTo("m1");
            assertThat(publish.ofBridge()).isTrue();
            assertThat(publish.payload()).containsExactly('{', '}');
        });
    }

    @ParameterizedTest
    @CsvSource({
        "3406000161000100,           QoS 2",
        "3609000161000103230001,     QoS 3",
        "3209000161000103230001,     topic alias",
        "3208000161000102 7f00,      does not know: 7f",
        "320400056100,               shorter",
        "3203000161,                 shorter",
        "3206000161000109,           shorter",
        "3208000161000102 0300,      shorter",
        "320a000161000104 03000974,  shorter",
        "3209000161000102 020000,    shorter",
        "320a0001610001 ffffffff 01, malformed"
    })
    void shouldRefuseAMalformedPublish(String sent, String told) {
        assertThatThrownBy(() -> frames(sent).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(told);
        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // session expiry, maximum packet size, receive maximum
        "20100000 0d 1100000e10 2700040000 21000a, 200b0000 08 1100000e10 21000a",
        "20080000 05 2700040000,                   20030000 00",
        // topic alias maximum between the two, and alone
        "200e0000 0b 2700040000 22000a 21000a,     20060000 03 21000a",
        "20060000 03 220005,                       20030000 00",
        "20080000 05 1100000e10,                   20080000 05 1100000e10",
        // reason string "ok" and a user property before it
        "20140000 11 1f00026f6b 260001610001 62 2700040000, 200f0000 0c 1f00026f6b 260001610001 62",
        // refused, without properties; MQTT 3.1.1; an unknown property
        "20030087 00,                              20030087 00",
        "20020000,                                 20020000",
        "20080000 05 7e00040000,                   20080000 05 7e00040000"
    })
    void shouldTakeTheBrokersLimitsOutOfTheConnack(String sent, String handedOn) throws IOException {
        assertThat(hex(frames(sent).readAllBytes())).isEqualTo(handedOn.replace(" ", ""));
    }

    @Test
    void shouldKeepItsPlaceWhenReadsTimeOut() throws IOException {
        byte[] bytes = HexFormat.of().parseHex("d000" + "3206000161000100" + "d000");
        byte[] handedOn = HexFormat.of().parseHex("d000d000");
        InputStream stuttering = new InputStream() {
            private int at;
            private boolean timeout;

            @Override
            public int read() throws IOException {
                timeout = !timeout;
                if (timeout) {
                    throw new SocketTimeoutException();
                }
                return at < bytes.length ? bytes[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        FrameInputStream frames = new FrameInputStream(stuttering, 1_000, listener);
        byte[] read = new byte[handedOn.length];
        int count = 0;
        int timeouts = 0;
        while (count < handedOn.length) {
            try {
                read[count] = (byte) frames.read();
                count++;
            } catch (SocketTimeoutException e) {
                timeouts++;
                assertThat(count).as("between packets").isIn(0, 2);
            }
        }

        assertThat(read).isEqualTo(handedOn);
        assertThat(published).hasSize(1);
        assertThat(timeouts).isEqualTo(bytes.length);
    }

    @Test
    void shouldReadAPacketOfManyBytes() throws IOException {
        byte[] body = new byte[20_000];
        byte[] packet = new byte[body.length + 4];
        packet[0] = 0x32;
        packet[1] = (byte) (0x80 | 20_000 % 128);
        packet[2] = (byte) (0x80 | 20_000 / 128 % 128);
        packet[3] = (byte) (20_000 / 128 / 128);

        FrameInputStream frames = new FrameInputStream(new ByteArrayInputStream(packet), 100_000, listener);

        assertThat(frames.readAllBytes()).isEmpty();
        assertThat(published).singleElement().satisfies(publish -> assertThat(publish.payload())
                .hasSize(20_000 - 5));
    }

    @ParameterizedTest
    @CsvSource({"32", "3206", "320600016100", "20100000"})
    void shouldReportAnEndInsideAPacket(String cut) {
        assertThatThrownBy(() -> frames(cut).readAllBytes()).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrMalformed() {
        assertThatThrownBy(() -> frames("32ffff7f").readAllBytes()).hasMessageContaining("2097155 bytes");
        assertThatThrownBy(() -> frames("32ffffffff01").readAllBytes()).hasMessageContaining("malformed");
    }

    private FrameInputStream frames(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new FrameInputStream(new ByteArrayInputStream(bytes), 1_000, listener);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
