package io.fengsui.streams.device;

import io.fengsui.streams.rule.Mark;
import io.fengsui.streams.rule.OpenCases;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Progress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The end of an encoded {@link DeviceState}, of devices whose rules know time: progress (count; index of the case, from, due,
 * holding, what was seen (count; name, kind, value)) and marks (count of rules; rule id, count; time as difference to the former,
 * 8 bytes).
 */
final class RuleMemory {
    private static final int VARLONG = 10;
    private static final byte TEXT = 1;
    private static final byte WHOLE = 2;
    private static final byte DECIMAL = 3;
    private static final byte FLAG = 4;
    private static final byte TIME = 5;

    private RuleMemory() {}

    static boolean isNeeded(OpenCases open) {
        return !open.marks().isEmpty() || open.all().stream().anyMatch(RuleMemory::progresses);
    }

    private static boolean progresses(Case open) {
        return !open.progress().equals(Progress.NONE);
    }

    static int capacity(OpenCases open) {
        int capacity = 2 * VARLONG;
        for (Case any : open.all()) {
            capacity += 5 * VARLONG;
            for (Map.Entry<String, Object> seen : any.progress().seen().entrySet()) {
                capacity += 1
                        + DeviceStateSerde.textCapacity(seen.getKey())
                        + Math.max(
                                VARLONG,
                                DeviceStateSerde.textCapacity(seen.getValue().toString()));
            }
        }
        for (Map.Entry<String, List<Mark>> marks : open.marks().entrySet()) {
            capacity += DeviceStateSerde.textCapacity(marks.getKey())
                    + VARLONG
                    + marks.getValue().size() * (VARLONG + Long.BYTES);
        }
        return capacity;
    }

    static void write(OpenCases open, ByteBuffer out) {
        List<Case> cases = open.all();
        ByteUtils.writeVarint(
                (int) cases.stream().filter(RuleMemory::progresses).count(), out);
        for (int i = 0; i < cases.size(); i++) {
            Progress progress = cases.get(i).progress();
            if (progresses(cases.get(i))) {
                ByteUtils.writeVarint(i, out);
                ByteUtils.writeVarlong(progress.from(), out);
                ByteUtils.writeVarlong(progress.due(), out);
                ByteUtils.writeVarint(progress.holding(), out);
                ByteUtils.writeVarint(progress.seen().size(), out);
                progress.seen().forEach((name, value) -> {
                    DeviceStateSerde.writeText(out, name);
                    writeValue(out, value);
                });
            }
        }
        ByteUtils.writeVarint(open.marks().size(), out);
        open.marks().forEach((ruleId, marks) -> {
            DeviceStateSerde.writeText(out, ruleId);
            ByteUtils.writeVarint(marks.size(), out);
            long former = 0;
            for (Mark mark : marks) {
                ByteUtils.writeVarlong(mark.at() - former, out);
                out.putLong(mark.bits());
                former = mark.at();
            }
        });
    }

    static OpenCases read(List<Case> cases, ByteBuffer in) {
        List<Case> all = new ArrayList<>(cases);
        int count = ByteUtils.readVarint(in);
        for (int i = 0; i < count; i++) {
            int index = ByteUtils.readVarint(in);
            long from = ByteUtils.readVarlong(in);
            long due = ByteUtils.readVarlong(in);
            int holding = ByteUtils.readVarint(in);
            int size = ByteUtils.readVarint(in);
            Map<String, Object> seen = new HashMap<>();
            for (int j = 0; j < size; j++) {
                seen.put(DeviceStateSerde.readText(in), readValue(in));
            }
            Case of = all.get(index);
            all.set(
                    index,
                    new Case(
                            of.ruleId(),
                            of.key(),
                            of.severity(),
                            of.since(),
                            of.deadline(),
                            new Progress(from, due, holding, Map.copyOf(seen))));
        }
        return new OpenCases(all, readMarks(in));
    }

    private static Map<String, List<Mark>> readMarks(ByteBuffer in) {
        int rules = ByteUtils.readVarint(in);
        Map<String, List<Mark>> byRule = new HashMap<>();
        for (int i = 0; i < rules; i++) {
            String ruleId = DeviceStateSerde.readText(in);
            int count = ByteUtils.readVarint(in);
            List<Mark> marks = new ArrayList<>(count);
            long at = 0;
            for (int j = 0; j < count; j++) {
                at += ByteUtils.readVarlong(in);
                marks.add(new Mark(at, in.getLong()));
            }
            byRule.put(ruleId, List.copyOf(marks));
        }
        return byRule;
    }

    private static void writeValue(ByteBuffer out, Object value) {
        if (value instanceof Long whole) {
            out.put(WHOLE);
            ByteUtils.writeVarlong(whole, out);
        } else if (value instanceof Double decimal) {
            out.put(DECIMAL).putDouble(decimal);
        } else if (value instanceof Boolean flag) {
            out.put(FLAG).put((byte) (flag ? 1 : 0));
        } else if (value instanceof Instant time) {
            out.put(TIME);
            ByteUtils.writeVarlong(time.toEpochMilli(), out);
        } else {
            out.put(TEXT);
            DeviceStateSerde.writeText(out, value.toString());
        }
    }

    private static Object readValue(ByteBuffer in) {
        byte kind = in.get();
        return switch (kind) {
            case TEXT -> DeviceStateSerde.readText(in);
            case WHOLE -> ByteUtils.readVarlong(in);
            case DECIMAL -> in.getDouble();
            case FLAG -> in.get() != 0;
            case TIME -> Instant.ofEpochMilli(ByteUtils.readVarlong(in));
            default -> throw new SerializationException("A value of kind " + kind + " is not known here");
        };
    }
}
