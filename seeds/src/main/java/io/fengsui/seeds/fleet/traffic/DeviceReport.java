package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a device says, before it is wrapped in an envelope.
 *
 * @param fields the feed's own fields as in its Avro schema; for the JSON form
 * @param nativeForm the same in the device's own format, to be sent instead of JSON; null for a device that speaks JSON
 * @param alarming whether it tells of something wrong
 */
public record DeviceReport(
        Device device, Map<String, Object> fields, @Nullable Payload nativeForm, boolean alarming) {}
