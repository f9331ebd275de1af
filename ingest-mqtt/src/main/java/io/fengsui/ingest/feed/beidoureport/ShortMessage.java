package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.ingest.decode.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The content of a short message. What terminals send differs from what the coding says, so the bytes decide: hexadecimal digits
 * of GB2312 or ASCII bytes, or the text itself in UTF-8 or GB2312.
 */
final class ShortMessage {
    /** Stands before GB2312 bytes in mixed coding. */
    private static final byte MIXED_PREFIX = (byte) 0xA4;

    /** Both bytes of a pair of GB2312 are at least this. */
    private static final int GB2312_FIRST = 0xA1;

    private final byte[] bytes;
    private final Optional<String> words;

    private ShortMessage(byte[] bytes, Optional<String> words) {
        this.bytes = bytes;
        this.words = words.map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Of a sentence's field. */
    static ShortMessage ofField(BeidouCoding coding, byte[] field) {
        if (!isHexadecimal(field)) {
            return new ShortMessage(field, readable(plain(field)));
        }
        String digits = new String(field, StandardCharsets.US_ASCII);
        byte[] bytes = withoutPrefix(HexFormat.of().parseHex(digits));
        Optional<String> decoded = readable(StrictText.gb18030(bytes));
        if (coding == BeidouCoding.HANZI) {
            // Text that happens to consist of digits, unless the digits make hanzi.
            decoded = decoded.filter(text -> isGb2312(bytes) && hasHanzi(text)).or(() -> Optional.of(digits));
        }
        return new ShortMessage(bytes, decoded);
    }

    /** Of a frame's bytes. */
    static ShortMessage ofBytes(byte[] content) {
        byte[] bytes = withoutPrefix(content);
        return new ShortMessage(bytes, readable(StrictText.gb18030(bytes)));
    }

    static boolean isMixed(byte[] content) {
        return content.length > 0 && content[0] == MIXED_PREFIX;
    }

    /** Empty if the content is no text: then a human has to look at the bytes. */
    Optional<String> words() {
        return words;
    }

    /** As sent over the air, behind the mark of mixed coding. */
    byte[] bytes() {
        return bytes;
    }

    private static byte[] withoutPrefix(byte[] bytes) {
        return isMixed(bytes) ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** Pairs of bytes of GB2312 and nothing else: 8888 is a character of GB18030, and far more likely a number. */
    private static boolean isGb2312(byte[] bytes) {
        for (byte b : bytes) {
            if ((b & 0xFF) < GB2312_FIRST) {
                return false;
            }
        }
        return bytes.length % 2 == 0;
    }

    private static Optional<String> plain(byte[] content) {
        return StrictText.utf8(content).or(() -> StrictText.gb18030(content));
    }

    private static Optional<String> readable(Optional<String> text) {
        return text.filter(StrictText::isReadable);
    }

    private static boolean hasHanzi(String text) {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }

    private static boolean isHexadecimal(byte[] content) {
        if (content.length == 0 || content.length % 2 != 0) {
            return false;
        }
        for (byte b : content) {
            if (!HexFormat.isHexDigit(b)) {
                return false;
            }
        }
        return true;
    }
}
