package io.fengsui.ingest.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Frames of Beidou RDSS 4.0 for tests. */
public final class BeidouFrames {
    private static final int LENGTH = 5;
    private static final int SHORTEST = 11;

    private BeidouFrames() {}

    /** A $TXXX of mixed coding. */
    public static byte[] message(String text) {
        int length = 21 + text.length();
        ByteBuffer frame = ByteBuffer.allocate(length)
                .put("$TXXX".getBytes(US_ASCII))
                .putShort((short) length)
                .put(new byte[] {4, (byte) 0xC4, 0x19, 0x62, 4, (byte) 0xC4, 0x1A, 8, 5})
                .putShort((short) ((text.length() + 1) * 8))
                .put((byte) 0xA4)
                .put(text.getBytes(US_ASCII))
                .put((byte) 0);
        int xor = 0;
        for (byte b : frame.array()) {
            xor ^= b;
        }
        return frame.put((byte) xor).array();
    }

    /** The same bytes, mended as no fuzzer guesses it; each frame from the first byte on has a right checksum, as far as the lengths lead. */
    static byte[] mended(byte[] payload) {
        byte[] bytes = payload.clone();
        int at = 0;
        while (at + LENGTH + 2 <= bytes.length) {
            int end = at + ((bytes[at + LENGTH] & 0xFF) << 8 | (bytes[at + LENGTH + 1] & 0xFF));
            if (end - at < SHORTEST || end > bytes.length) {
                return bytes;
            }
            byte xor = 0;
            for (int i = at; i < end - 1; i++) {
                xor ^= bytes[i];
            }
            bytes[end - 1] = xor;
            at = end;
        }
        return bytes;
    }
}
