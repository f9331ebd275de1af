package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sentence {@code $...*HH} with a right checksum. Works on bytes, because the content may be hanzi in UTF-8 or GB2312;
 * in both encodings no byte of a hanzi looks like a comma or an asterisk.
 */
final class Sentence {
    /** Names of the sentences that are taken, without $. */
    static final List<String> TAKEN = List.of("BDTXR", "BDTCI", "BDWAA", "BDICI", "BDFKI");

    private static final int CHECKSUM_DIGITS = 2;
    private static final int LONGEST_NAME = 5;

    /** Also of a frame that ends amid its name. */
    private static final Pattern NAME_SO_FAR = Pattern.compile("[A-Z]{0,5}");

    /** Bytes between {@code $} and the last {@code *}. */
    private final byte[] body;

    private Sentence(byte[] body) {
        this.body = body;
    }

    /**
     * Cuts a message into its lines; blank ones are passed over. The last may be without a line end, and the beginning of a
     * sentence then if it has no checksum.
     *
     * @throws DecodeException NOT_A_SENTENCE if there is none
     */
    static Cut cut(byte[] payload) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < payload.length; i++) {
            if (payload[i] == '\n') {
                add(lines, stripped(payload, from, i));
                from = i + 1;
            }
        }
        byte[] last = stripped(payload, from, payload.length);
        if (isBeginning(last)) {
            // Blanks at its end may be within its content.
            return new Cut(lines, Arrays.copyOfRange(payload, indexOf(payload, from, '$'), payload.length));
        }
        add(lines, last);
        if (lines.isEmpty()) {
            throw new DecodeException(Rejection.NOT_A_SENTENCE, "there is no sentence");
        }
        return new Cut(lines, Cut.NOTHING);
    }

    private static void add(List<byte[]> lines, byte[] line) {
        if (line.length > 0) {
            lines.add(line);
        }
    }

    /** Whether a line without end may go on: of a sentence that is taken, as far as its name is there. */
    private static boolean isBeginning(byte[] line) {
        if (line.length == 0 || line.length > Cut.LONGEST || line[0] != '$' || hasChecksum(line)) {
            return false;
        }
        String text = text(Arrays.copyOfRange(line, 1, Math.min(line.length, LONGEST_NAME + 2)));
        int comma = text.indexOf(',');
        return comma < 0 ? NAME_SO_FAR.matcher(text).matches() : TAKEN.contains(text.substring(0, comma));
    }

    private static boolean hasChecksum(byte[] line) {
        int asterisk = line.length - CHECKSUM_DIGITS - 1;
        return asterisk > 0
                && line[asterisk] == '*'
                && HexFormat.isHexDigit(line[asterisk + 1])
                && HexFormat.isHexDigit(line[asterisk + 2]);
    }

    private static int indexOf(byte[] payload, int from, char wanted) {
        int at = from;
        while (payload[at] != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] stripped(byte[] payload, int from, int to) {
        int start = from;
        int end = to;
        while (end > start && isBlank(payload[end - 1])) {
            end--;
        }
        while (start < end && isBlank(payload[start])) {
            start++;
        }
        return Arrays.copyOfRange(payload, start, end);
    }

    /**
     * Reads a line.
     *
     * @throws DecodeException NOT_A_SENTENCE or BAD_CHECKSUM
     */
    static Sentence parse(byte[] line) {
        int asterisk = line.length - CHECKSUM_DIGITS - 1;
        if (asterisk < 1 || line[0] != '$' || line[asterisk] != '*') {
            throw new DecodeException(Rejection.NOT_A_SENTENCE, "expected $, a body, * and two hexadecimal digits");
        }
        byte[] body = Arrays.copyOfRange(line, 1, asterisk);
        for (byte b : body) {
            if (b == '\r') {
                throw new DecodeException(Rejection.NOT_A_SENTENCE, "has a carriage return inside");
            }
        }
        int stated = Character.digit(line[asterisk + 1], 16) << 4 | Character.digit(line[asterisk + 2], 16);
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

    /** The same of a field that is ASCII by the protocol. */
    String text(int index, int count) {
        return text(field(index, count));
    }

    /** All fields, the name first, of a sentence that is ASCII by the protocol. */
    List<String> fields() {
        return Arrays.stream(text(body).split(",", -1)).map(String::strip).toList();
    }

    private static String text(byte[] field) {
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

    static boolean isBlank(byte b) {
        return b == '\r' || b == '\n' || b == ' ' || b == '\t';
    }
}
