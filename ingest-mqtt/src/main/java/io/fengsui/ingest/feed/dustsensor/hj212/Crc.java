package io.fengsui.ingest.feed.dustsensor.hj212;

/**
 * The checksum of HJ 212-2017, annex A. It differs from the usual CRC-16 of that polynomial, which XORs a byte to the low end of
 * the register: here the register loses its low byte first.
 */
public final class Crc {
    private static final int START = 0xFFFF;
    private static final int POLYNOMIAL = 0xA001;

    private Crc() {}

    public static int of(byte[] bytes, int from, int length) {
        int register = START;
        for (int i = from; i < from + length; i++) {
            register = (register >> 8) ^ (bytes[i] & 0xFF);
            for (int bit = 0; bit < 8; bit++) {
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ POLYNOMIAL;
            }
        }
        return register;
    }
}
