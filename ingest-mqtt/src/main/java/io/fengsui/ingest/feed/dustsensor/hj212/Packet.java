package io.fengsui.ingest.feed.dustsensor.hj212;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A packet whose checksum and length are right, taken apart.
 *
 * @param fields of the data segment, without CP
 * @param items of CP, by name
 */
record Packet(Map<String, String> fields, Map<String, String> items) {
    private static final int LENGTH_DIGITS = 4;
    private static final int HEAD = "##".length() + LENGTH_DIGITS;
    private static final int CRC_DIGITS = 4;
    private static final int MOST_DATA = 9_999;
    private static final String CP = "CP=&&";
    private static final String CP_END = "&&";
    private static final Pattern FIELD_END = Pattern.compile(";");
    private static final Pattern ITEM_END = Pattern.compile("[;,]");

    /** @throws DecodeException NOT_A_PACKET, BAD_CHECKSUM, BAD_LENGTH or CONTRADICTION; quotes no text */
    static Packet parse(byte[] payload) {
        int start = start(payload);
        int end = end(payload);
        int length = end - start - HEAD - CRC_DIGITS;
        if (length < 0 || payload[start] != '#' || payload[start + 1] != '#') {
            throw new DecodeException(
                    Rejection.NOT_A_PACKET, "expected ##, a length of 4 digits, a data segment and a CRC of 4 digits");
        }
        int stated = number(payload, start + 2, 10);
        int crc = number(payload, end - CRC_DIGITS, 16);
        if (stated < 0 || crc < 0) {
            throw new DecodeException(
                    Rejection.NOT_A_PACKET,
                    stated < 0 ? "## is not followed by 4 digits" : "the last 4 characters are no hexadecimal digits");
        }
        if (length > MOST_DATA) {
            throw badLength(stated, length);
        }
        // Before the length: a damaged line breaks both, a wrong sum alone says that it is damage.
        if (Crc.of(payload, start + HEAD, length) != crc) {
            throw new DecodeException(
                    Rejection.BAD_CHECKSUM, "CRC", "is not that of the data between the length and the CRC");
        }
        if (stated != length) {
            throw badLength(stated, length);
        }
        return ofData(new String(payload, start + HEAD, length, StandardCharsets.ISO_8859_1));
    }

    /** @throws DecodeException MISSING_FIELD */
    String required(String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new DecodeException(Rejection.MISSING_FIELD, name, "is missing or blank");
        }
        return value;
    }

    /** Null if it is missing or blank. */
    @Nullable
    String optional(String name) {
        String value = fields.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static Packet ofData(String data) {
        int cp = data.startsWith(CP) ? 0 : data.indexOf(";" + CP) + 1;
        if ((cp == 0 && !data.startsWith(CP))
                || data.length() < cp + CP.length() + CP_END.length()
                || !data.endsWith(CP_END)) {
            throw new DecodeException(Rejection.NOT_A_PACKET, "CP", "the data does not end with CP=&& ... &&");
        }
        String items = data.substring(cp + CP.length(), data.length() - CP_END.length());
        return new Packet(named(data.substring(0, cp), FIELD_END), named(items, ITEM_END));
    }

    private static Map<String, String> named(String text, Pattern end) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String part : end.split(text)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw new DecodeException(Rejection.NOT_A_PACKET, "a part of the data is not of the form name=value");
            }
            String former = named.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
            if (former != null) {
                throw new DecodeException(Rejection.CONTRADICTION, "a name stands twice in the data");
            }
        }
        return named;
    }

    private static DecodeException badLength(int stated, int actual) {
        return new DecodeException(
                Rejection.BAD_LENGTH, "length", "stated " + stated + " bytes of data, found " + actual);
    }

    /** Of 4 digits, or -1 if they are none. */
    private static int number(byte[] payload, int from, int radix) {
        int number = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(payload[i], radix);
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static int start(byte[] payload) {
        int start = 0;
        while (start < payload.length && isBlank(payload[start])) {
            start++;
        }
        return start;
    }

    private static int end(byte[] payload) {
        int end = payload.length;
        while (end > 0 && isBlank(payload[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(byte b) {
        return b == '\r' || b == '\n' || b == ' ' || b == '\t';
    }
}
