package io.fengsui.schema.report;

/** A figure of a report, persons or rooms, with its letter in the compact text. */
public enum Figure {
    DEATHS('亡'),
    MISSING('失'),
    AFFECTED('灾'),
    EVACUATED('转'),
    COLLAPSED_ROOMS('倒'),
    DAMAGED_ROOMS('损');

    /** Five times the city's population. */
    public static final int MAX = 10_000_000;

    private final char letter;

    Figure(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    static Figure of(char letter) {
        for (Figure figure : values()) {
            if (figure.letter == letter) {
                return figure;
            }
        }
        throw new IllegalArgumentException("no figure has the letter " + letter);
    }
}
