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
    private final List<Boolean> duplicates = new ArrayList<>();
    private int packets;
    private final FrameInputStream.Listener listener = new FrameInputStream.Listener() {
        @Override
        public void packetRead() {
            packets++;
        }

        @Override
        public void publishRead(boolean duplicate) {
            duplicates.add(duplicate);
        }
    };

    @Test
    void shouldHandPacketsOnUnchangedAndTellDup() throws IOException {
        // PINGRESP, PUBLISH QoS 1, the same with DUP, PUBLISH QoS 0
        String sent = "d000" + "3206000161000100" + "3a06000161000100" + "3004000161" + "00";

        assertThat(hex(frames(sent).readAllBytes())).isEqualTo(sent);
        assertThat(packets).isEqualTo(4);
        assertThat(duplicates).containsExactly(false, true, false);
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
        byte[] read = new byte[bytes.length];
        int count = 0;
        int timeouts = 0;
        while (count < bytes.length) {
            try {
                read[count] = (byte) frames.read();
                count++;
            } catch (SocketTimeoutException e) {
                timeouts++;
                assertThat(count).as("between packets").isIn(0, 2, 10);
            }
        }

        assertThat(read).isEqualTo(bytes);
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

        assertThat(frames.readAllBytes()).isEqualTo(packet);
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
