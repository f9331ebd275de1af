package io.fengsui.ingest.decode;

import io.fengsui.schema.rejection.Rejection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A format of payloads: known by the MQTT 5 content type, else by its first character. */
public enum PayloadFormat {
    /** Fengsui's own JSON, one object a message. */
    JSON("json"),
    /** GB/T 28181 MANSCDP documents. */
    GB28181_XML("gb28181-xml"),
    /** Status lines of GB/T 28181 platforms. */
    GB28181_LINE("gb28181-line"),
    /** HJ 212-2017 packets, {@code ##...}. */
    HJ212("hj212"),
    /** Beidou RDSS 2.1 sentences, {@code $...*HH}. */
    BEIDOU_2_1("beidou-2.1"),
    /** Beidou RDSS 4.0 binary frames, {@code $XXXX} and a length. */
    BEIDOU_4_0("beidou-4.0");

    /** {@code $} and the four letters of a frame's name. */
    private static final int FRAME_NAME_BYTES = 5;

    /** High byte of a frame's length: below any character of a sentence. */
    private static final int MAX_FRAME_LENGTH_HIGH = 0x1F;

    /** Says no more than that it is text: the first character decides. */
    private static final String PLAIN_TEXT = "text/plain";

    private static final Map<String, PayloadFormat> BY_CONTENT_TYPE = Map.of(
            "application/json", JSON,
            "application/vnd.gb28181+xml", GB28181_XML,
            "application/xml", GB28181_XML,
            "text/xml", GB28181_XML,
            "text/vnd.gb28181-line", GB28181_LINE,
            "application/vnd.hj212", HJ212,
            "application/vnd.beidou-2.1", BEIDOU_2_1,
            "application/vnd.beidou-4.0", BEIDOU_4_0);

    /** An array is no message of ours, but its sender meant JSON and is told so. */
    private static final Map<Character, PayloadFormat> BY_FIRST_CHARACTER =
            Map.of('{', JSON, '[', JSON, '<', GB28181_XML, '#', HJ212, '$', BEIDOU_2_1);

    private final String id;

    PayloadFormat(String id) {
        this.id = id;
    }

    /** Name in {@code source.format} of an event. */
    public String id() {
        return id;
    }

    /** Media types that name it. */
    public Set<String> contentTypes() {
        return BY_CONTENT_TYPE.entrySet().stream()
                .filter(entry -> entry.getValue() == this)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The format of a payload.
     *
     * @throws DecodeException UNSUPPORTED_FORMAT if the content type is none of ours, or without one the payload looks
     *     like none of ours
     */
    public static PayloadFormat of(@Nullable String contentType, byte[] payload) {
        String type = contentType == null ? "" : mediaType(contentType);
        if (type.isEmpty() || type.equals(PLAIN_TEXT)) {
            return sniff(payload);
        }
        PayloadFormat format = BY_CONTENT_TYPE.get(type);
        if (format == null) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_FORMAT, "contentType", "content type '" + type + "' is not known");
        }
        return format;
    }

    private static PayloadFormat sniff(byte[] payload) {
        int start = StrictText.hasByteOrderMark(payload) ? StrictText.BYTE_ORDER_MARK_BYTES : 0;
        while (start < payload.length && isBlank(payload[start])) {
            start++;
        }
        PayloadFormat format = start == payload.length ? null : byFirst((char) payload[start]);
        if (format == null) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_FORMAT,
                    "the payload starts neither with '{' (JSON), '<' (XML), a digit (status line), '##' (HJ 212) nor '$'"
                            + " (Beidou), and no content type says what it is");
        }
        return format == BEIDOU_2_1 && isFrame(payload, start) ? BEIDOU_4_0 : format;
    }

    /** Both generations of Beidou terminals begin with $; behind the name a frame has its length, a sentence more characters. */
    private static boolean isFrame(byte[] payload, int start) {
        for (int i = start + 1; i < start + FRAME_NAME_BYTES; i++) {
            if (i == payload.length || payload[i] < 'A' || payload[i] > 'Z') {
                return false;
            }
        }
        int behind = start + FRAME_NAME_BYTES;
        return behind == payload.length
                ? payload[behind - 1] == 'X'
                : payload[behind] >= 0 && payload[behind] <= MAX_FRAME_LENGTH_HIGH;
    }

    private static @Nullable PayloadFormat byFirst(char first) {
        return first >= '0' && first <= '9' ? GB28181_LINE : BY_FIRST_CHARACTER.get(first);
    }

    /** The type without parameters, lower-case. */
    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
