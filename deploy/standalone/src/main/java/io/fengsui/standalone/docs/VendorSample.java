package io.fengsui.standalone.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A payload out of the words for vendors, made current.
 *
 * @param payload as shown there; binary formats are shown as hex digits in a block {@code hex}
 */
public record VendorSample(Feed<?> feed, PayloadFormat format, Body payload) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** GB/T 28181 documents say in the payload which device they are of. */
    private static final Pattern DEVICE_ELEMENT = Pattern.compile("<DeviceID>[^<]*</DeviceID>");

    /** And when, without zone. */
    private static final Pattern LOCAL_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");

    private static final String TIME = "time";

    /** Samples of a feed, JSON first. */
    public static List<VendorSample> of(Feed<?> feed) {
        return VendorMessage.of(feed).blocks().stream()
                .map(block -> {
                    byte[] payload = block.language().equals("hex")
                            ? HexFormat.of().parseHex(block.text().replaceAll("\\s", ""))
                            : block.text().strip().getBytes(StandardCharsets.UTF_8);
                    return new VendorSample(feed, PayloadFormat.of(null, payload), new Body(payload));
                })
                .toList();
    }

    /**
     * The sample as if it were sent then, with a message id of its own. Formats other than JSON and XML stay as they are shown:
     * they carry no time, or a checksum.
     *
     * @param deviceId device of the topic; null leaves what the payload says
     */
    public byte[] at(Instant time, @Nullable String deviceId) {
        return switch (format) {
            case JSON -> json(time, deviceId);
            case GB28181_XML -> xml(time, deviceId);
            default -> payload.bytes().clone();
        };
    }

    private byte[] json(Instant time, @Nullable String deviceId) {
        ObjectNode object = tree();
        if (object.has(TIME)) {
            Duration later =
                    Duration.between(OffsetDateTime.parse(object.get(TIME).textValue()), inShanghai(time));
            shift(object, TIME, later);
            feed.fields().stream()
                    .filter(field -> field.kind() == FeedField.Kind.TIME)
                    .forEach(field -> shift(object, field.name(), later));
        }
        if (object.has("messageId")) {
            object.put("messageId", "sample-" + time.toEpochMilli());
        }
        if (deviceId != null) {
            object.put("deviceId", deviceId);
        }
        return object.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode tree() {
        try {
            return (ObjectNode) JSON.readTree(payload.bytes());
        } catch (IOException e) {
            throw new IllegalStateException("A test holds the samples to the decoder", e);
        }
    }

    private static void shift(ObjectNode object, String field, Duration later) {
        JsonNode time = object.get(field);
        if (time != null && time.isTextual()) {
            object.put(
                    field,
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            OffsetDateTime.parse(time.textValue()).plus(later)));
        }
    }

    private static OffsetDateTime inShanghai(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).atZone(DeviceTime.SHANGHAI).toOffsetDateTime();
    }

    private byte[] xml(Instant time, @Nullable String deviceId) {
        String text = LOCAL_TIME
                .matcher(new String(payload.bytes(), StandardCharsets.UTF_8))
                .replaceAll(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(inShanghai(time)));
        return (deviceId == null
                        ? text
                        : DEVICE_ELEMENT
                                .matcher(text)
                                .replaceAll(Matcher.quoteReplacement("<DeviceID>" + deviceId + "</DeviceID>")))
                .getBytes(StandardCharsets.UTF_8);
    }
}
