package io.fengsui.streams.account;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Tallies in their store: five counts, the reasons, and the count of derived events, which older ones lack. */
final class TallySerde implements Serde<Tally> {

    @Override
    public Serializer<Tally> serializer() {
        return new Serializer<Tally>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable Tally tally) {
                return tally == null ? null : write(tally);
            }
        };
    }

    @Override
    public Deserializer<Tally> deserializer() {
        return new Deserializer<Tally>() {
            @Override
            public @Nullable Tally deserialize(String topic, byte @Nullable [] bytes) {
                return bytes == null ? null : read(bytes);
            }
        };
    }

    private static byte[] write(Tally tally) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(tally.routed);
            out.writeLong(tally.unrouted);
            out.writeLong(tally.duplicates);
            out.writeLong(tally.deadLettered);
            out.writeLong(tally.late);
            out.writeShort(tally.reasons.size());
            for (Map.Entry<String, Long> reason : tally.reasons.entrySet()) {
                out.writeUTF(reason.getKey());
                out.writeLong(reason.getValue());
            }
            out.writeLong(tally.derived);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Tally read(byte[] bytes) {
        Tally tally = new Tally();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            tally.routed = in.readLong();
            tally.unrouted = in.readLong();
            tally.duplicates = in.readLong();
            tally.deadLettered = in.readLong();
            tally.late = in.readLong();
            int reasons = in.readShort();
            for (int i = 0; i < reasons; i++) {
                tally.reasons.put(in.readUTF(), in.readLong());
            }
            tally.derived = in.available() > 0 ? in.readLong() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tally;
    }
}
