package io.fengsui.standalone.letters;

import java.util.stream.IntStream;

/** Text from outside as a terminal may show it: what would steer it, or turn the writing round, is replaced. */
public final class Printable {
    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    /** On one line. */
    public static String of(String text) {
        return clean(text.codePoints());
    }

    /** Line breaks and tabs stay. */
    public static String lines(String text) {
        return text.replace("\r\n", "\n")
                .lines()
                .map(line -> line.replace("\t", "    "))
                .map(Printable::of)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    /** Whether nothing needs to be replaced, line breaks and tabs apart. */
    static boolean isText(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || isPrintable(c));
    }

    /** Columns that it takes: Chinese characters take two. */
    public static int width(String text) {
        return text.codePoints().map(Printable::width).sum();
    }

    /** Cut to a number of columns, with an ellipsis if anything was cut. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = columns - 1;
        for (int c : text.codePoints().toArray()) {
            left -= width(c);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append('…').toString();
    }

    /** Filled with blanks to a number of columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    private static String clean(IntStream points) {
        return points.map(c -> isPrintable(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int width(int c) {
        boolean wide = Character.isIdeographic(c)
                || (c >= 0x3000 && c <= 0x303F)
                || (c >= 0xFF01 && c <= 0xFF60)
                || (c >= 0x3040 && c <= 0x30FF)
                || (c >= 0xAC00 && c <= 0xD7A3);
        return wide ? 2 : 1;
    }
}
