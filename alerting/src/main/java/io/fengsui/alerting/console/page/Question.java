package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.board.BoardEntry;
import java.util.Optional;

/** What is asked back before an alert is ended or escalated. */
public enum Question {
    /** Of a grave or life-safety alert only: the others are resolved by the dozen. */
    RESOLVE("resolve", Word.CONFIRM_RESOLVE, Word.CONFIRM_RESOLVE_TEXT, Word.CONFIRM_RESOLVE_YES),
    ESCALATE("escalate", Word.CONFIRM_ESCALATE, Word.CONFIRM_ESCALATE_TEXT, Word.CONFIRM_ESCALATE_YES),
    CANCEL("cancel", Word.CONFIRM_CANCEL, Word.CONFIRM_CANCEL_TEXT, Word.CONFIRM_YES);

    private final String action;
    private final Word title;
    private final Word text;
    private final Word yes;

    Question(String action, Word title, Word text, Word yes) {
        this.action = action;
        this.title = title;
        this.text = text;
        this.yes = yes;
    }

    public static Optional<Question> about(CommandAction action, Alert alert) {
        return switch (action) {
            case CANCEL -> Optional.of(CANCEL);
            case RESOLVE -> BoardEntry.isGrave(alert) ? Optional.of(RESOLVE) : Optional.empty();
            case ESCALATE -> Optional.of(ESCALATE);
            case ACKNOWLEDGE, COMMENT, ASSIGN, RETURN, REPORT, REVISE, UNKNOWN -> Optional.empty();
        };
    }

    /** Value of the form's field that carries it out. */
    public String action() {
        return action;
    }

    public Word title() {
        return title;
    }

    public Word text() {
        return text;
    }

    public Word yes() {
        return yes;
    }
}
