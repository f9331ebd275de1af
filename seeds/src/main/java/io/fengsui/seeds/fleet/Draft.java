package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message in the making.
 *
 * @param sender device whose connection carries it
 * @param deviceId device level of its topic
 * @param now clock of the fleet
 * @param fields the JSON object
 */
record Draft(Device sender, String deviceId, Instant now, Map<String, Object> fields, Payload payload) {

    static Draft of(Device sender, Instant now, Map<String, Object> fields) {
        return new Draft(sender, sender.getDeviceId(), now, fields, JsonEnvelope.payload(fields));
    }

    /** The same with one field set, or left out for null. */
    Draft with(String field, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new Draft(sender, deviceId, now, changed, JsonEnvelope.payload(changed));
    }

    Draft with(Payload other) {
        return new Draft(sender, deviceId, now, fields, other);
    }

    Draft onTopicOf(String otherDeviceId) {
        return new Draft(sender, otherDeviceId, now, fields, payload);
    }
}
