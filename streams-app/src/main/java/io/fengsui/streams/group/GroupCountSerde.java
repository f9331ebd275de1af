package io.fengsui.streams.group;

import io.fengsui.event.Severity;
import io.fengsui.streams.group.GroupCount.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Counts of groups in their store: version, how many were told, the entries. Severities by name. */
public final class GroupCountSerde implements Serde<GroupCount> {
    private static final byte VERSION = 1;

    @Override
    public Serializer<GroupCount> serializer() {
        return new Serializer<GroupCount>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable GroupCount count) {
                return count == null ? null : write(count);
            }
        };
    }

    @Override
    public Deserializer<GroupCount> deserializer() {
        return new Deserializer<GroupCount>() {
            @Override
            public @Nullable GroupCount deserialize(String topic, byte @Nullable [] bytes) {
                return bytes == null ? null : read(bytes);
            }
        };
    }

    private static byte[] write(GroupCount count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(count.told());
            out.writeInt(count.entries().size());
            for (Entry entry : count.entries()) {
                out.writeLong(entry.at());
                out.writeLong(entry.what());
                out.writeUTF(entry.deviceId());
                out.writeUTF(entry.severity().name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static GroupCount read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new SerializationException("Counts of version " + version + " are not known here");
            }
            int told = in.readInt();
            int size = in.readInt();
            List<Entry> entries = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                entries.add(new Entry(in.readLong(), in.readLong(), in.readUTF(), Severity.valueOf(in.readUTF())));
            }
            return new GroupCount(entries, told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
