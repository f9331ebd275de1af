package io.fengsui.streams.device;

import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases;
import io.fengsui.streams.rule.OpenCases.Case;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * Compact encoding of a {@link DeviceState}: about 30 bytes and 10 or 11 for each recent id. Layout, version 4: version byte,
 * feed, last event time, last seen, severity of silence, recent ids (count; arrival as difference to the former, hash),
 * cases (count; rule id, key, severity, since, deadline), counters (count; field, value), progress of cases and marks of rules
 * (see {@link RuleMemory}), exercise. Version 3 ends before the exercise and is written where there is none, version 2 ends before the progress and is written where there is none of either, version 1 ends before the
 * counters. Numbers are Kafka's zigzag varints, texts have a length in front, severities are stored by their level (1 to 4,
 * 0 for none), hashes and values of counters as 8 bytes.
 */
public final class DeviceStateSerde implements Serde<DeviceState> {
    private static final byte VERSION = 4;
    private static final byte WITHOUT_EXERCISE = 3;
    private static final byte WITHOUT_MEMORY = 2;
    private static final byte WITHOUT_COUNTERS = 1;
    private static final int VARLONG = 10;

    @Override
    public Serializer<DeviceState> serializer() {
        return new Serializer<DeviceState>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable DeviceState state) {
                return state == null ? null : write(state);
            }
        };
    }

    @Override
    public Deserializer<DeviceState> deserializer() {
        return new Deserializer<DeviceState>() {
            @Override
            public @Nullable DeviceState deserialize(String topic, byte @Nullable [] bytes) {
                return bytes == null ? null : read(ByteBuffer.wrap(bytes));
            }
        };
    }

    private static byte[] write(DeviceState state) {
        RecentIds ids = state.recentIds();
        List<Case> cases = state.open().all();
        boolean exercises = !state.exercise().isEmpty();
        boolean remembers = exercises || RuleMemory.isNeeded(state.open());
        ByteBuffer out =
                ByteBuffer.allocate(capacity(state, ids, cases) + (remembers ? RuleMemory.capacity(state.open()) : 0));
        out.put(exercises ? VERSION : remembers ? WITHOUT_EXERCISE : WITHOUT_MEMORY);
        writeText(out, state.feedId());
        ByteUtils.writeVarlong(state.lastEventTime(), out);
        ByteUtils.writeVarlong(state.lastSeen(), out);
        out.put(level(state.silenceSeverity()));
        ByteUtils.writeVarint(ids.size(), out);
        long former = 0;
        for (int i = 0; i < ids.size(); i++) {
            ByteUtils.writeVarlong(ids.arrivalAt(i) - former, out);
            out.putLong(ids.hashAt(i));
            former = ids.arrivalAt(i);
        }
        ByteUtils.writeVarint(cases.size(), out);
        for (Case open : cases) {
            writeText(out, open.ruleId());
            writeText(out, open.key());
            out.put(level(open.severity()));
            ByteUtils.writeVarlong(open.since(), out);
            ByteUtils.writeVarlong(open.deadline(), out);
        }
        ByteUtils.writeVarint(state.counters().size(), out);
        state.counters().forEach((field, value) -> {
            writeText(out, field);
            out.putDouble(value);
        });
        if (remembers) {
            RuleMemory.write(state.open(), out);
        }
        if (exercises) {
            writeText(out, state.exercise());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static int capacity(DeviceState state, RecentIds ids, List<Case> cases) {
        int capacity = 2 + 5 * VARLONG + ids.size() * (VARLONG + 8);
        capacity += textCapacity(state.feedId()) + textCapacity(state.exercise());
        for (Case open : cases) {
            capacity += textCapacity(open.ruleId()) + textCapacity(open.key()) + 1 + 2 * VARLONG;
        }
        for (String field : state.counters().keySet()) {
            capacity += textCapacity(field) + Double.BYTES;
        }
        return capacity;
    }

    private static DeviceState read(ByteBuffer in) {
        byte version = in.get();
        if (version < WITHOUT_COUNTERS || version > VERSION) {
            throw new SerializationException("Device state of version " + version + " is not known here, only up to "
                    + VERSION + ": was this app set back to an older release?");
        }
        String feedId = readText(in);
        long lastEventTime = ByteUtils.readVarlong(in);
        long lastSeen = ByteUtils.readVarlong(in);
        Severity silence = severity(in.get());
        int ids = ByteUtils.readVarint(in);
        long[] hashes = new long[Math.max(ids, RecentIds.AT_LEAST)];
        long[] arrivals = new long[hashes.length];
        long former = 0;
        for (int i = 0; i < ids; i++) {
            former += ByteUtils.readVarlong(in);
            arrivals[i] = former;
            hashes[i] = in.getLong();
        }
        int count = ByteUtils.readVarint(in);
        List<Case> cases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String ruleId = readText(in);
            String key = readText(in);
            Severity severity = severity(in.get());
            cases.add(new Case(
                    ruleId,
                    key,
                    severity == Severity.UNKNOWN ? null : severity,
                    ByteUtils.readVarlong(in),
                    ByteUtils.readVarlong(in)));
        }
        Map<String, Double> counters = version == WITHOUT_COUNTERS ? Map.of() : readCounters(in);
        OpenCases open = version >= WITHOUT_EXERCISE ? RuleMemory.read(cases, in) : new OpenCases(cases);
        return new DeviceState(
                feedId,
                new RecentIds(hashes, arrivals, ids),
                open,
                lastEventTime,
                lastSeen,
                silence,
                counters,
                version == VERSION ? readText(in) : "");
    }

    private static Map<String, Double> readCounters(ByteBuffer in) {
        int count = ByteUtils.readVarint(in);
        Map<String, Double> counters = new HashMap<>();
        for (int i = 0; i < count; i++) {
            counters.put(readText(in), in.getDouble());
        }
        return counters;
    }

    private static byte level(@Nullable Severity severity) {
        if (severity == null) {
            return 0;
        }
        return switch (severity) {
            case UNKNOWN -> 0;
            case I -> 1;
            case II -> 2;
            case III -> 3;
            case IV -> 4;
        };
    }

    private static Severity severity(byte level) {
        return switch (level) {
            case 1 -> Severity.I;
            case 2 -> Severity.II;
            case 3 -> Severity.III;
            case 4 -> Severity.IV;
            default -> Severity.UNKNOWN;
        };
    }

    static int textCapacity(String text) {
        return 5 + 3 * text.length();
    }

    static void writeText(ByteBuffer out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteUtils.writeVarint(utf8.length, out);
        out.put(utf8);
    }

    static String readText(ByteBuffer in) {
        byte[] utf8 = new byte[ByteUtils.readVarint(in)];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
