package io.fengsui.standalone.unrouted;

import io.fengsui.ops.ReferenceChange;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayTransactions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row that puts a unit in charge of what had none. It writes what an edit of the files would have, and nothing else.
 *
 * @param after the record that is written, as {@code before} with the row in it
 * @param file that has to say the same before the next load of the files
 * @param line what to write into it
 */
public record Assignment<T extends SpecificRecord>(
        Topic<T> topic, String key, T before, T after, String file, String line) {
    private static final Pattern CODE = Pattern.compile("[0-9]{9}|[0-9]{12}");

    /**
     * A statistical code stands for a unit.
     *
     * @param from first day; null: from when the code's last unit had it no more, else always
     * @throws StartException if the code stands for a unit then, or the unit cannot be in charge
     */
    public static Assignment<Unit> ofDivision(
            String code, String unitId, @Nullable LocalDate from, String source, Collection<Unit> units) {
        if (!CODE.matcher(code).matches()) {
            throw new StartException("'" + code + "' is no division code, expected 9 or 12 digits");
        }
        Unit unit = inCharge(unitId, units);
        @Nullable LocalDate first = from;
        for (Unit holder : units) {
            for (DivisionCode held : holder.getCodes()) {
                if (held.getCode().equals(code)) {
                    LocalDate last = held.getValidTo();
                    if (last == null || (from != null && !from.isAfter(last))) {
                        throw new StartException(code + " stands for " + holder.getUnitId() + " "
                                + (last == null ? "already" : "until " + last + "; --from may be the day after")
                                + (last == null ? "; to move it, end that row of unit-codes.csv and add one" : ""));
                    }
                    first = first == null || !first.isAfter(last) ? last.plusDays(1) : first;
                }
            }
        }
        List<DivisionCode> codes = new ArrayList<>(unit.getCodes());
        codes.add(new DivisionCode(code, first, null));
        return new Assignment<>(
                Topics.REF_UNIT,
                unitId,
                unit,
                Unit.newBuilder(unit).setCodes(codes).build(),
                "unit-codes.csv",
                code + "," + unitId + "," + Objects.toString(first, "") + ",,\"" + source.replace("\"", "\"\"") + "\"");
    }

    /**
     * A device without site and unit is of a unit.
     *
     * @param device null if there is none
     * @throws StartException if the device is of a site or a unit, or the unit cannot be in charge
     */
    public static Assignment<Device> ofDevice(
            String deviceId, String unitId, @Nullable Device device, Collection<Unit> units) {
        inCharge(unitId, units);
        if (device == null) {
            throw new StartException(
                    deviceId + " is not registered; add it to devices.csv and run 'fengsui seeds load'");
        }
        for (Device row : Dated.DEVICE.rows(device)) {
            if (row.getSiteId() != null) {
                throw new StartException(deviceId + " is of site " + row.getSiteId()
                        + ", whose units are in charge; change them in sites.csv and run 'fengsui seeds load'");
            }
            if (row.getUnitId() != null) {
                throw new StartException(deviceId + " is of " + row.getUnitId()
                        + " already; to move it, add a row with validFrom to devices.csv and run 'fengsui seeds load'");
            }
        }
        List<Device> rows = Dated.DEVICE.rows(device).stream()
                .map(row -> Device.newBuilder(row)
                        .setUnitId(unitId)
                        .setOtherTimes(List.of())
                        .build())
                .toList();
        return new Assignment<>(
                Topics.REF_DEVICE,
                deviceId,
                device,
                Dated.DEVICE.record(rows),
                "devices.csv",
                "unitId of " + deviceId + ": " + unitId);
    }

    private static Unit inCharge(String unitId, Collection<Unit> units) {
        Unit unit = units.stream()
                .filter(known -> known.getUnitId().equals(unitId))
                .findFirst()
                .orElseThrow(() -> new StartException("There is no unit " + unitId
                        + "; add it to units.csv, and run 'fengsui topics apply' and 'fengsui seeds load'"));
        if (!Topics.hasTownshipTopics(unit.getKind())) {
            throw new StartException(
                    unitId + " is of kind " + unit.getKind() + ", expected a TOWNSHIP, ZONE, OFFICE or AREA");
        }
        if (!Dated.UNIT.always(unit)) {
            throw new StartException(unitId + " has days of its own in units.csv; write the row with its days into the"
                    + " files, and run 'fengsui seeds load'");
        }
        return unit;
    }

    /** For those who look later. */
    public ReferenceChange change(ReplayTransactions.Order order) {
        return ReferenceChange.newBuilder()
                .setTopic(topic.name())
                .setKey(key)
                .setBefore(before.toString())
                .setAfter(after.toString())
                .setActor(order.actor())
                .setNote(order.note())
                .setChangedAt(order.at())
                .build();
    }
}
