package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertState;

/** How an alert's state is shown. */
public enum Stage {
    UNKNOWN(Word.STATE_UNKNOWN, "firing", true),
    FIRING(Word.STATE_FIRING, "firing", true),
    ACKNOWLEDGED(Word.STATE_ACKNOWLEDGED, "acknowledged", true),
    RESOLVED(Word.STATE_RESOLVED, "resolved", false),
    CANCELLED(Word.STATE_CANCELLED, "cancelled", false);

    private final Word word;
    private final String style;
    private final boolean open;

    Stage(Word word, String style, boolean open) {
        this.word = word;
        this.style = style;
        this.open = open;
    }

    public static Stage of(AlertState state) {
        return switch (state) {
            case FIRING -> FIRING;
            case ACKNOWLEDGED -> ACKNOWLEDGED;
            case RESOLVED -> RESOLVED;
            case CANCELLED -> CANCELLED;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public Word word() {
        return word;
    }

    /** CSS class, and the value of the state filter. */
    public String style() {
        return style;
    }

    public boolean open() {
        return open;
    }

    /** Whether nobody has taken it on. */
    public boolean waiting() {
        return this == FIRING || this == UNKNOWN;
    }
}
