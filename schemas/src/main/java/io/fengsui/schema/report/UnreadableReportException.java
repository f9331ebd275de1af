package io.fengsui.schema.report;

/** A text that begins like a compact report and does not go on as one. The message is for people, Chinese and English. */
final class UnreadableReportException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableReportException(String zh, String en) {
        super(zh + " / " + en, null, false, false);
    }

    /** The words for people. */
    String note() {
        return String.valueOf(getMessage());
    }
}
