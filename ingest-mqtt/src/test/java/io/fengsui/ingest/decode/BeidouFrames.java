package io.fengsui.ingest.decode;

/** Frames of Beidou RDSS 4.0 with their last byte mended, which no fuzzer guesses. */
final class BeidouFrames {
    private static final int LENGTH = 5;
    private static final int SHORTEST = 11;

    private BeidouFrames() {}

    /** The same bytes; each frame from the first byte on has a right checksum, as far as the lengths lead. */
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
