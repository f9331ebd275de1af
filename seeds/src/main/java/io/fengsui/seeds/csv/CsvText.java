package io.fengsui.seeds.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Text of a file, read strictly as UTF-8. */
public final class CsvText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvText() {}

    /**
     * Reads a file of a set. A missing file and bytes that are no UTF-8 are errors; a byte order mark and CRLF, which
     * spreadsheets write, are warnings and taken out.
     */
    public static Optional<String> read(Path directory, String file, Problems problems) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(directory.resolve(file));
        } catch (NoSuchFileException e) {
            problems.error(file, 1, "", "there is no such file, expected one in " + directory);
            return Optional.empty();
        } catch (IOException e) {
            problems.error(file, 1, "", "the file cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        return decode(file, bytes, problems).map(text -> normalised(file, text, problems));
    }

    private static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            String found = String.format("byte 0x%02X", bytes[in.position()]);
            problems.error(file, line, "", "found " + found + ", expected UTF-8: save the file in that encoding");
            return Optional.empty();
        }
        return Optional.of(out.flip().toString());
    }

    private static String normalised(String file, String text, Problems problems) {
        String content = text;
        if (!content.isEmpty() && content.charAt(0) == BYTE_ORDER_MARK) {
            problems.warning(file, 1, "", "found a byte order mark, expected none; it was passed over");
            content = content.substring(1);
        }
        int carriageReturn = content.indexOf("\r\n");
        if (carriageReturn >= 0) {
            int line = (int) content.substring(0, carriageReturn)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            problems.warning(file, line, "", "found lines that end in CRLF, expected LF; they were read all the same");
            content = content.replace("\r\n", "\n");
        }
        return content;
    }
}
