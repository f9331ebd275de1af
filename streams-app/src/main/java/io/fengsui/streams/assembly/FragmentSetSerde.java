package io.fengsui.streams.assembly;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Sets of fragments in their store: version, counts and times, the slices by part, the newest event. */
public final class FragmentSetSerde implements Serde<FragmentSet> {
    private static final byte VERSION = 1;

    @Override
    public Serializer<FragmentSet> serializer() {
        return new Serializer<FragmentSet>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable FragmentSet set) {
                return set == null ? null : write(set);
            }
        };
    }

    @Override
    public Deserializer<FragmentSet> deserializer() {
        return new Deserializer<FragmentSet>() {
            @Override
            public @Nullable FragmentSet deserialize(String topic, byte @Nullable [] bytes) {
                return bytes == null ? null : read(bytes);
            }
        };
    }

    private static byte[] write(FragmentSet set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(set.parts());
            out.writeBoolean(set.told());
            out.writeLong(set.firstAt());
            out.writeLong(set.newestAt());
            out.writeByte(set.slices().size());
            for (Map.Entry<Integer, String> slice : set.slices().entrySet()) {
                out.writeByte(slice.getKey());
                out.writeUTF(slice.getValue());
            }
            out.writeInt(set.newest().length);
            out.write(set.newest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static FragmentSet read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new SerializationException("Fragments of version " + version + " are not known here");
            }
            int parts = in.readUnsignedByte();
            boolean told = in.readBoolean();
            long firstAt = in.readLong();
            long newestAt = in.readLong();
            int count = in.readUnsignedByte();
            Map<Integer, String> slices = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                slices.put(in.readUnsignedByte(), in.readUTF());
            }
            return new FragmentSet(parts, slices, told, firstAt, newestAt, in.readNBytes(in.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
