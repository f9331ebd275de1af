package io.fengsui.ingest.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes to text without replacement characters: what is not valid is no text. */
public final class StrictText {
    /** Superset of GB2312 and GBK; what a device calls GB2312 is decoded as this. */
    public static final Charset GB18030 = Charset.forName("GB18030");

    static final int BYTE_ORDER_MARK_BYTES = 3;

    private static final char REPLACEMENT = '\uFFFD';

    private StrictText() {}

    /** The text, without a byte order mark; empty if the bytes are not valid UTF-8. */
    public static Optional<String> utf8(byte[] bytes) {
        int start = hasByteOrderMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0;
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.of(text);
        }
        // It replaces what is not valid; but it may also have been sent.
        return decode(ByteBuffer.wrap(bytes, start, bytes.length - start), StandardCharsets.UTF_8);
    }

    /** The text; empty if the bytes are not valid GB18030. */
    public static Optional<String> gb18030(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes), GB18030);
    }

    /**
     * Whether people can read it: no control characters but line breaks and tabs, nothing unassigned, nothing from the
     * private use area, where GB18030 puts byte pairs that stand for no character.
     */
    public static boolean isReadable(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!isReadable(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /**
     * The text of a device as an event or a refusal keeps it where it may be anything: at most so many characters, none cut in
     * two, and a replacement character for each that nobody can read.
     */
    public static String quoted(String text, int most) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int room = most - quoted.length() - (i < text.length() ? 1 : 0);
            if (Character.charCount(codePoint) > room) {
                return quoted.append('…').toString();
            }
            quoted.appendCodePoint(isReadable(codePoint) ? codePoint : REPLACEMENT);
        }
        return quoted.toString();
    }

    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** Whether the bytes are characters of ASCII, and none is zero. */
    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK_BYTES
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
    }

    private static Optional<String> decode(ByteBuffer bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
