package io.fengsui.standalone.letters;

import io.fengsui.schema.rejection.Rejection;

/** Of reasons, remedies and headings. */
public enum Language {
    EN,
    ZH;

    /** The words in this language. */
    public String say(String zh, String en) {
        return this == ZH ? zh : en;
    }

    public String reason(Rejection reason) {
        return say(reason.zh(), reason.en());
    }

    public String remedy(Rejection reason) {
        return say(reason.remedyZh(), reason.remedy());
    }

    /** The reason in words, or the code of one that this version does not know. */
    String reason(Letter letter) {
        return letter.reason()
                .map(this::reason)
                .orElseGet(() -> Printable.of(letter.content().getReason()));
    }
}
