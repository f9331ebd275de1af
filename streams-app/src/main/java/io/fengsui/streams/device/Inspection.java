package io.fengsui.streams.device;

import io.fengsui.reference.Unit;
import io.fengsui.streams.reference.Division;
import io.fengsui.streams.reference.ReferenceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Looks for what is odd about an event whatever its feed. It is kept all the same. For one thread. */
final class Inspection {
    private final ReferenceView reference;
    private final Map<Schema, EventFields> fieldsByType = new HashMap<>();

    Inspection(ReferenceView reference) {
        this.reference = reference;
    }

    EventFields fields(SpecificRecord event) {
        return fieldsByType.computeIfAbsent(event.getSchema(), EventFields::new);
    }

    /** The division that an event names, as of a time; null if it names none. */
    @Nullable
    Division division(SpecificRecord event, Instant at) {
        String code = fields(event).divisionCode(event);
        return code == null ? null : reference.division(code, at);
    }

    /**
     * Flags of an event, in the order of {@link BuiltInFlag}.
     *
     * @param division that the event names; null if it names none
     * @param state of the device before the event; not changed
     * @param inOrder whether no newer event of the device has come: counters of older ones are lower by nature
     */
    List<String> flags(SpecificRecord event, @Nullable Division division, DeviceState state, boolean inOrder) {
        EventFields fields = fields(event);
        Set<BuiltInFlag> found = EnumSet.noneOf(BuiltInFlag.class);
        if (fields.points(event).stream().anyMatch(reference::outsideCity)) {
            found.add(BuiltInFlag.OUTSIDE_CITY);
        }
        String name = fields.divisionName(event);
        if (division != null && name != null && differs(division, name)) {
            found.add(BuiltInFlag.DIVISION_MISMATCH);
        }
        if (division != null && division.ended() != null) {
            found.add(BuiltInFlag.DIVISION_ENDED);
        }
        if (inOrder && ranBack(fields.counters(event), state.counters())) {
            found.add(BuiltInFlag.COUNTER_RAN_BACK);
        }
        List<String> flags = new ArrayList<>(found.size());
        found.forEach(flag -> flags.add(flag.name()));
        return flags;
    }

    /** Of a village the reference data know the town alone, so any name is right that is no other unit's. */
    private boolean differs(Division division, String name) {
        Unit unit = division.unit();
        if (unit == null || ReferenceView.isNamed(unit, name)) {
            return false;
        }
        return !division.village() || reference.units().stream().anyMatch(other -> ReferenceView.isNamed(other, name));
    }

    private static boolean ranBack(Map<String, Double> counters, Map<String, Double> before) {
        return counters.entrySet().stream()
                .anyMatch(counter ->
                        counter.getValue() < before.getOrDefault(counter.getKey(), Double.NEGATIVE_INFINITY));
    }
}
