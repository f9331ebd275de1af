package io.fengsui.alerting.console.page;

import io.fengsui.event.Severity;

/** How a severity is shown: numeral, words, colour word and style, gravest first. A severity from a newer schema is shown as grave. */
public enum Level {
    UNKNOWN("?", Word.SEVERITY_UNKNOWN, Word.COLOUR_UNKNOWN, "sev-0"),
    I("I", Word.SEVERITY_I, Word.COLOUR_I, "sev-1"),
    II("II", Word.SEVERITY_II, Word.COLOUR_II, "sev-2"),
    III("III", Word.SEVERITY_III, Word.COLOUR_III, "sev-3"),
    IV("IV", Word.SEVERITY_IV, Word.COLOUR_IV, "sev-4");

    private final String numeral;
    private final Word word;
    private final Word colour;
    private final String style;

    Level(String numeral, Word word, Word colour, String style) {
        this.numeral = numeral;
        this.word = word;
        this.colour = colour;
        this.style = style;
    }

    public static Level of(Severity severity) {
        return switch (severity) {
            case I -> I;
            case II -> II;
            case III -> III;
            case IV -> IV;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public String numeral() {
        return numeral;
    }

    public Word word() {
        return word;
    }

    public Word colour() {
        return colour;
    }

    /** CSS class. */
    public String style() {
        return style;
    }

    /** Whether it cannot wait, whatever it is about: the window's title counts it and it sounds. */
    public boolean urgent() {
        return this == UNKNOWN || this == I || this == II;
    }
}
