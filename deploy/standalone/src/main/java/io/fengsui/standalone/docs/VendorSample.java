package io.fengsui.standalone.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.feed.dustsensor.hj212.Crc;
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
import java.util.Locale;
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

    /** HJ 212-2017 6.3: when a packet was sent, to the millisecond; when its data were taken; and whose they are. */
    private static final Pattern SENT_AT = Pattern.compile("QN=\\d{17}");

    private static final Pattern TAKEN_AT = Pattern.compile("DataTime=\\d{14}");
    private static final Pattern NUMBER = Pattern.compile("MN=[^;]*");
    private static final int PACKET_HEAD = "##0000".length();
    private static final int PACKET_END = "0000".length();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

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
     * The sample as if it were sent then, with a message id of its own. Those of Beidou stay as they are shown: they carry no
     * date, and a card's number instead of a device.
     *
     * @param deviceId device of the topic; null leaves what the payload says
     */
    public byte[] at(Instant time, @Nullable String deviceId) {
        return switch (format) {
            case JSON -> json(time, deviceId);
            case GB28181_XML -> xml(time, deviceId);
            case GB28181_LINE -> line(deviceId);
            case HJ212 -> packet(time, deviceId);
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

    /** A status line begins with its device. */
    private byte[] line(@Nullable String deviceId) {
        String text = new String(payload.bytes(), StandardCharsets.UTF_8);
        return (deviceId == null ? text : text.replaceAll("(?m)^\\d+", Matcher.quoteReplacement(deviceId)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] packet(Instant time, @Nullable String deviceId) {
        String shown = new String(payload.bytes(), StandardCharsets.US_ASCII);
        String now = SECONDS.format(inShanghai(time));
        String data = shown.substring(PACKET_HEAD, shown.length() - PACKET_END);
        data = SENT_AT.matcher(data).replaceAll("QN=" + now + "000");
        data = TAKEN_AT.matcher(data).replaceAll("DataTime=" + now);
        if (deviceId != null) {
            data = NUMBER.matcher(data).replaceAll(Matcher.quoteReplacement("MN=" + deviceId));
        }
        byte[] bytes = data.getBytes(StandardCharsets.US_ASCII);
        return String.format(Locale.ROOT, "##%04d%s%04X", bytes.length, data, Crc.of(bytes, 0, bytes.length))
                .getBytes(StandardCharsets.US_ASCII);
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
