package io.fengsui.standalone.conformance.report;

import io.fengsui.ingest.decode.StrictText;

/** Text of unknown origin, fit to be shown. */
final class Shown {
    private static final int LONGEST = 300;
    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /** Without characters that move the cursor or cannot be read, and cut. */
    static String of(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder shown = new StringBuilder();
        cut.codePoints().forEach(c -> shown.appendCodePoint(isPlain(c) ? c : REPLACEMENT));
        return shown.toString();
    }

    /** The same, fit for HTML. */
    static String inHtml(String text) {
        return of(text).replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static boolean isPlain(int codePoint) {
        return StrictText.isReadable(Character.toString(codePoint))
                && Character.getType(codePoint) != Character.CONTROL
                && Character.getType(codePoint) != Character.FORMAT;
    }
}
