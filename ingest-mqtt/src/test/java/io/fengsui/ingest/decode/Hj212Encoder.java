package io.fengsui.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes HJ 212 packets as a gateway would. */
final class Hj212Encoder {
    static final String PASSWORD = "s3cr3t";

    /** One code with its value and flag, each as it stands in a packet. */
    record Item(String code, String value, String flag) {
        @Override
        public String toString() {
            return code + "-Rtd=" + value + "," + code + "-Flag=" + flag;
        }
    }

    private Hj212Encoder() {}

    static String data(List<Item> items) {
        return "QN=20261123080001000;ST=32;CN=2011;PW=" + PASSWORD + ";MN=dust-sensor-1;Flag=5;CP=&&"
                + "DataTime=20261123080000;"
                + items.stream().map(Item::toString).collect(Collectors.joining(";"))
                + "&&";
    }

    /** The data in ISO 8859-1 with a right length, if it has four digits, and a right checksum. */
    static byte[] packet(String data) {
        int register = 0xFFFF;
        for (byte b : data.getBytes(StandardCharsets.ISO_8859_1)) {
            register = (register >> 8) ^ (b & 0xFF);
            for (int bit = 0; bit < 8; bit++) {
                boolean out = (register & 1) == 1;
                register = (register >> 1) ^ (out ? 0xA001 : 0);
            }
        }
        return String.format("##%04d%s%04X\r\n", data.length(), data, register).getBytes(StandardCharsets.ISO_8859_1);
    }
}
