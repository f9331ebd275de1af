package io.fengsui.alerting.console.page;

import io.fengsui.event.Severity;

/** How a severity is shown: numeral, words, colour word and style, gravest first. A severity from a newer schema is shown as grave. */
public enum Level {
    UNKNOWN(0, "?", Word.SEVERITY_UNKNOWN, Word.COLOUR_UNKNOWN),
    I(1, "I", Word.SEVERITY_I, Word.COLOUR_I),
    II(2, "II", Word.SEVERITY_II, Word.COLOUR_II),
    III(3, "III", Word.SEVERITY_III, Word.COLOUR_III),
    IV(4, "IV", Word.SEVERITY_IV, Word.COLOUR_IV);

    private final int place;
    private final String numeral;
    private final Word word;
    private final Word colour;

    Level(int place, String numeral, Word word, Word colour) {
        this.place = place;
        this.numeral = numeral;
        this.word = word;
        this.colour = colour;
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
        return "sev-" + place;
    }

    /** In their order, from 0. */
    int place() {
        return place;
    }
}
