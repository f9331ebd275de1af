package io.fengsui.ingest.decode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Protocols that devices send inside the messages of another one, known by their first bytes. The feed that carries such a frame
 * names it in its event and keeps the bytes; it does not read them. Who does registers a decoder for it here.
 */
public enum EmbeddedFormat {
    /** SL651-2014 hydrology frames in HEX form begin with two synchronisation bytes 7E. Read by nobody yet. */
    SL651("7E7E");

    private final String start;

    /** @param start first bytes, hexadecimal */
    EmbeddedFormat(String start) {
        this.start = start;
    }

    /** Ask for what is no text only: a person may begin a text with such characters. */
    public static Optional<EmbeddedFormat> of(byte[] content) {
        return Arrays.stream(values()).filter(format -> format.begins(content)).findFirst();
    }

    private boolean begins(byte[] content) {
        byte[] wanted = HexFormat.of().parseHex(start);
        return content.length >= wanted.length && Arrays.equals(wanted, 0, wanted.length, content, 0, wanted.length);
    }
}
