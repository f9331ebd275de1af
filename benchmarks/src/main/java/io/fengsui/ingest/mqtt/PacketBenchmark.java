package io.fengsui.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A PUBLISH packet of about 250 bytes, from bytes to topic and payload. */
@State(Scope.Thread)
public class PacketBenchmark {
    private static final int BODY = 3;

    private final PublishReader reader = new PublishReader();
    private final byte[] packet = packet("fengsui/v1/acme/dust-sensor/d-1", new byte[250]);

    private static byte[] packet(String topic, byte[] payload) {
        byte[] name = topic.getBytes(UTF_8);
        int rest = 2 + name.length + 2 + 1 + payload.length;
        return ByteBuffer.allocate(BODY + rest)
                .put((byte) 0x32)
                .put((byte) (rest % 128 | 0x80))
                .put((byte) (rest / 128))
                .putShort((short) name.length)
                .put(name)
                .putShort((short) 1)
                .put((byte) 0)
                .put(payload)
                .array();
    }

    @Benchmark
    public Object packet() throws IOException {
        return reader.read(packet, BODY, packet.length);
    }
}
