package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A binary frame of RDSS 4.0: {@code $}, four letters, the length of the whole in two bytes, the user's card in three, a body, and
 * the XOR of all bytes before. Numbers are unsigned, high byte first.
 */
final class Frame {
    private static final int NAME_BYTES = 5;
    private static final int HEAD_BYTES = NAME_BYTES + 2;
    private static final int USER = HEAD_BYTES;

    /** Where the body begins. */
    static final int BODY = USER + 3;

    /** A frame without a body. */
    private static final int SHORTEST = BODY + 1;

    private final byte[] bytes;

    Frame(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Cuts a message into frames; blanks and line ends between them are passed over.
     *
     * @throws DecodeException NOT_A_FRAME or BAD_CHECKSUM
     */
    static Cut cut(byte[] payload) {
        List<byte[]> frames = new ArrayList<>();
        int at = afterBlanks(payload, 0);
        while (at < payload.length) {
            checkName(payload, at);
            if (payload.length - at < HEAD_BYTES) {
                return new Cut(frames, Arrays.copyOfRange(payload, at, payload.length));
            }
            int length = (payload[at + NAME_BYTES] & 0xFF) << 8 | (payload[at + NAME_BYTES + 1] & 0xFF);
            if (length < SHORTEST || length > Cut.LONGEST) {
                throw new DecodeException(
                        Rejection.NOT_A_FRAME,
                        "length",
                        "a frame says that it has " + length + " bytes; " + SHORTEST + " to " + Cut.LONGEST
                                + " are possible");
            }
            if (payload.length - at < length) {
                return new Cut(frames, Arrays.copyOfRange(payload, at, payload.length));
            }
            byte[] frame = Arrays.copyOfRange(payload, at, at + length);
            checkSum(frame);
            frames.add(frame);
            at = afterBlanks(payload, at + length);
        }
        if (frames.isEmpty()) {
            throw new DecodeException(Rejection.NOT_A_FRAME, "there is no frame");
        }
        return new Cut(frames, Cut.NOTHING);
    }

    private static int afterBlanks(byte[] payload, int from) {
        int at = from;
        while (at < payload.length && Sentence.isBlank(payload[at])) {
            at++;
        }
        return at;
    }

    private static void checkName(byte[] payload, int at) {
        boolean named = payload[at] == '$';
        for (int i = at + 1; i < Math.min(at + NAME_BYTES, payload.length); i++) {
            named &= payload[i] >= 'A' && payload[i] <= 'Z';
        }
        if (!named) {
            throw new DecodeException(Rejection.NOT_A_FRAME, "expected $ and four letters at byte " + at);
        }
    }

    private static void checkSum(byte[] frame) {
        int xor = 0;
        for (int i = 0; i < frame.length - 1; i++) {
            xor ^= frame[i] & 0xFF;
        }
        int stated = frame[frame.length - 1] & 0xFF;
        if (stated != xor) {
            throw new DecodeException(
                    Rejection.BAD_CHECKSUM,
                    "checksum",
                    String.format("stated %02X, computed %02X over all bytes before", stated, xor));
        }
    }

    /** The four letters. */
    String name() {
        return new String(bytes, 1, NAME_BYTES - 1, StandardCharsets.US_ASCII);
    }

    /** @throws DecodeException NOT_A_FRAME if the frame has another length */
    void require(int length) {
        if (bytes.length != length) {
            throw new DecodeException(
                    Rejection.NOT_A_FRAME,
                    "length",
                    "$" + name() + " has " + bytes.length + " bytes, expected " + length);
        }
    }

    int user() {
        return u24(USER);
    }

    int size() {
        return bytes.length;
    }

    int u8(int at) {
        return bytes[at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int u24(int at) {
        return u16(at) << 8 | u8(at + 2);
    }

    byte[] slice(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
