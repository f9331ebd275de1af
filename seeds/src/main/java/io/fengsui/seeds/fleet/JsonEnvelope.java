package io.fengsui.seeds.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fengsui.reference.Device;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON that all feeds share, around the fields of one. */
final class JsonEnvelope {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter WITHOUT_ZONE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();
    private static final int TIME_STYLES = 3;

    private JsonEnvelope() {}

    /** The feed's fields with the device's time before them; may be changed. */
    static Map<String, Object> of(Device device, Instant time, Map<String, Object> fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("time", time(device, time));
        object.putAll(fields);
        return object;
    }

    /** Each vendor writes times in its own way: with an offset, in milliseconds since the epoch, or without zone. */
    private static Object time(Device device, Instant time) {
        return switch (Math.floorMod(device.getVendor().hashCode(), TIME_STYLES)) {
            case 0 -> time.atZone(SHANGHAI).toOffsetDateTime().toString();
            case 1 -> time.toEpochMilli();
            default -> WITHOUT_ZONE.format(time.atZone(SHANGHAI));
        };
    }

    static byte[] bytes(Map<String, Object> object) {
        try {
            return WRITER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of texts and numbers can be written", e);
        }
    }

    static Payload payload(Map<String, Object> object) {
        return new Payload(Payload.JSON, bytes(object));
    }
}
