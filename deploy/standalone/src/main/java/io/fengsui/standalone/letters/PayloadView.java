package io.fengsui.standalone.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A payload for people: as text if it is one, else as a hex dump; bounded. */
public final class PayloadView {
    /** Longest text shown, in UTF-16 units. */
    static final int MOST_TEXT = 16 * 1024;

    /** Most bytes dumped. */
    static final int MOST_BYTES = 2 * 1024;

    private static final int PER_LINE = 16;

    /** GB/T 28181 documents are often in it; it takes nearly any bytes for text, so it is tried on XML alone. */
    private static final Charset GB18030 = Charset.forName("GB18030");

    private PayloadView() {}

    public static String of(byte[] payload) {
        Optional<String> text = text(payload, StandardCharsets.UTF_8);
        if (text.isEmpty() && payload.length > 0 && payload[0] == '<') {
            text = text(payload, GB18030);
        }
        return text.map(PayloadView::shortened).orElseGet(() -> dump(payload));
    }

    private static Optional<String> text(byte[] payload, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
            return Printable.isText(text) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        if (text.length() <= MOST_TEXT) {
            return Printable.lines(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
        return Printable.lines(text.substring(0, end)) + "\n… " + (text.length() - end)
                + " more characters; --payload-to FILE writes them all";
    }

    private static String dump(byte[] payload) {
        int shown = Math.min(payload.length, MOST_BYTES);
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < shown; at += PER_LINE) {
            StringBuilder hex = new StringBuilder();
            StringBuilder ascii = new StringBuilder();
            for (int i = at; i < Math.min(at + PER_LINE, shown); i++) {
                hex.append(String.format(Locale.ROOT, "%02x ", payload[i]));
                ascii.append(payload[i] >= ' ' && payload[i] < 0x7F ? (char) payload[i] : '.');
            }
            lines.append(String.format(Locale.ROOT, "%08x  %-48s |%s|%n", at, hex, ascii));
        }
        if (shown < payload.length) {
            lines.append("… ")
                    .append(payload.length - shown)
                    .append(" more bytes; --payload-to FILE writes them all\n");
        }
        return lines.toString().stripTrailing();
    }
}
