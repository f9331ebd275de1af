package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.ingest.Cost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream of bytes as a broken broker may send it: packets, whole and in order, or an error of the stream. */
class FrameInputStreamFuzzTest {
    private static final int MOST_PACKET = 16 * 1024;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "d000" + "3206000161000100" + "3a06000161000100" + "3004000161" + "00",
                        "320d000161000105" + "0300026162" + "7b7d",
                        "3216000161000110" + "26000a" + "6d6573736167652d6964" + "000131",
                        "201000000d" + "1100000e10" + "2700040000" + "21000a",
                        "200e00000b" + "2700040000" + "22000a" + "21000a",
                        "2014000011" + "1f00026f6b" + "2600016100" + "0162" + "2700040000",
                        "20030087" + "00",
                        "20020000",
                        "2008000005" + "7e00040000",
                        "32ffff7f",
                        "32ffffffff01",
                        "32")
                .map(hex -> HexFormat.of().parseHex(hex));
    }

    /** What was handed on before the end or the error. */
    private static final class Reading implements FrameInputStream.Listener {
        private final ByteArrayOutputStream handedOn = new ByteArrayOutputStream();
        private int packets;
        private int publishes;
        private int bytesOfPublishes;
        private boolean broken;

        static Reading of(InputStream from) {
            Reading reading = new Reading();
            try {
                FrameInputStream frames = new FrameInputStream(from, MOST_PACKET, reading);
                for (int next = frames.read(); next >= 0; next = frames.read()) {
                    reading.handedOn.write(next);
                }
            } catch (IOException e) {
                reading.broken = true;
            }
            return reading;
        }

        @Override
        public void packetRead() {
            packets++;
        }

        @Override
        public void publishRead(PublishPacket publish) {
            publishes++;
            bytesOfPublishes += publish.payload().length;
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldHandOnWholePacketsOrEnd(byte[] bytes) {
        Reading reading = Cost.little(bytes.length, () -> Reading.of(new ByteArrayInputStream(bytes)));
        byte[] handedOn = reading.handedOn.toByteArray();

        assertThat(reading.publishes).isLessThanOrEqualTo(reading.packets);
        assertThat(handedOn.length + reading.bytesOfPublishes).isLessThanOrEqualTo(bytes.length);
        // What was handed on is read again without a change, and has no PUBLISH.
        Reading again = Reading.of(new ByteArrayInputStream(handedOn));
        assertThat(again.broken).isFalse();
        assertThat(again.publishes).isZero();
        assertThat(again.handedOn.toByteArray()).isEqualTo(handedOn);
        sameInDrops(bytes, reading);
    }

    private static void sameInDrops(byte[] bytes, Reading whole) {
        Reading drops = Reading.of(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        });
        assertThat(drops.handedOn.toByteArray()).isEqualTo(whole.handedOn.toByteArray());
        assertThat(drops.publishes).isEqualTo(whole.publishes);
        assertThat(drops.bytesOfPublishes).isEqualTo(whole.bytesOfPublishes);
        assertThat(drops.broken).isEqualTo(whole.broken);
    }
}
