package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A sentence {@code $...*HH} with a right checksum. Works on bytes, because the content may be hanzi in UTF-8 or GB2312;
 * in both encodings no byte of a hanzi looks like a comma or an asterisk.
 */
final class Sentence {
    private static final int CHECKSUM_DIGITS = 2;

    /** Bytes between {@code $} and the last {@code *}. */
    private final byte[] body;

    private Sentence(byte[] body) {
        this.body = body;
    }

    /** @throws DecodeException NOT_A_SENTENCE or BAD_CHECKSUM */
    static Sentence parse(byte[] payload) {
        int start = 0;
        int end = payload.length;
        while (end > 0 && isBlank(payload[end - 1])) {
            end--;
        }
        while (start < end && isBlank(payload[start])) {
            start++;
        }
        int asterisk = end - CHECKSUM_DIGITS - 1;
        if (start >= asterisk || payload[start] != '$' || payload[asterisk] != '*') {
            throw new DecodeException(Rejection.NOT_A_SENTENCE, "expected $, a body, * and two hexadecimal digits");
        }
        byte[] body = Arrays.copyOfRange(payload, start + 1, asterisk);
        for (byte b : body) {
            if (b == '\r' || b == '\n') {
                throw new DecodeException(Rejection.NOT_A_SENTENCE, "more than one line");
            }
        }
        int stated = Character.digit(payload[asterisk + 1], 16) << 4 | Character.digit(payload[asterisk + 2], 16);
        if (stated < 0) {
            throw new DecodeException(Rejection.NOT_A_SENTENCE, "the last * is not followed by two hexadecimal digits");
        }
        int computed = checksum(body);
        if (stated != computed) {
            throw new DecodeException(
                    Rejection.BAD_CHECKSUM,
                    "checksum",
                    String.format(
                            "stated %02X, computed %02X over the bytes between $ and the last *", stated, computed));
        }
        return new Sentence(body);
    }

    /** Up to the first comma. */
    String name() {
        return text(field(0, 2));
    }

    /**
     * A field; the last one is the rest, commas included.
     *
     * @param index 0 is the sentence's name
     * @param count number of fields, the last of which takes the rest
     * @throws DecodeException NOT_A_SENTENCE if there are fewer fields
     */
    byte[] field(int index, int count) {
        int from = 0;
        for (int i = 0; i < index; i++) {
            from = comma(from) + 1;
            if (from == 0) {
                throw new DecodeException(Rejection.NOT_A_SENTENCE, "has " + (i + 1) + " fields, expected " + count);
            }
        }
        int to = index == count - 1 ? -1 : comma(from);
        return Arrays.copyOfRange(body, from, to < 0 ? body.length : to);
    }

    /** A field that is ASCII by the protocol. */
    static String text(byte[] field) {
        return new String(field, StandardCharsets.ISO_8859_1).strip();
    }

    private int comma(int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == ',') {
                return i;
            }
        }
        return -1;
    }

    /** XOR of all bytes. */
    private static int checksum(byte[] body) {
        int xor = 0;
        for (byte b : body) {
            xor ^= b & 0xFF;
        }
        return xor;
    }

    private static boolean isBlank(byte b) {
        return b == '\r' || b == '\n' || b == ' ' || b == '\t';
    }
}
