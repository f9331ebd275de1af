package io.fengsui.streams.rule;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What conditions and texts may look at.
 *
 * @param event record of the feed; null when time passed and nothing came
 * @param device null if the reference data does not know it
 * @param parameters values that the reference data sets for this device; null for a name it does not set
 * @param unitIds units in charge
 * @param extras values that a rule's kind adds for its texts: {@code case}, {@code since}, {@code elapsed},
 *     {@code within}, {@code count}; without an event also what the last one said, by the variable's name
 */
public record Facts(
        String deviceId,
        @Nullable SpecificRecord event,
        @Nullable EventHeader header,
        @Nullable Device device,
        @Nullable Site site,
        Parameters parameters,
        List<String> unitIds,
        Map<String, Object> extras) {

    /** Looks a parameter up, device before site before unit before city. */
    @FunctionalInterface
    public interface Parameters {
        Parameters NONE = param -> null;

        /** The nearest value that the parameter takes, or null. */
        @Nullable
        Double find(Param param);
    }

    /** The same with more values for texts. */
    public Facts with(Map<String, Object> more) {
        if (extras.isEmpty()) {
            return new Facts(deviceId, event, header, device, site, parameters, unitIds, more);
        }
        Map<String, Object> all = new HashMap<>(extras);
        all.putAll(more);
        return new Facts(deviceId, event, header, device, site, parameters, unitIds, all);
    }

    /** The same without an event, as at a deadline. */
    Facts withoutEvent(Map<String, Object> more) {
        return new Facts(deviceId, null, null, device, site, parameters, unitIds, more);
    }
}
