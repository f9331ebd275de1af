package io.fengsui.schema.report;

/** Full-width forms of ASCII, as hanzi keyboards write them. */
final class FullWidth {
    private static final char FIRST = '！';
    private static final char LAST = '～';

    private FullWidth() {}

    /** The text with ASCII in their place; no character changes its position. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= FIRST && c <= LAST) {
                folded.setCharAt(i, (char) (c - FIRST + '!'));
            }
        }
        return folded.toString();
    }
}
