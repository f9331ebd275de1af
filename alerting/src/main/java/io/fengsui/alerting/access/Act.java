package io.fengsui.alerting.access;

import io.fengsui.alert.CommandAction;
import java.util.Locale;
import java.util.Optional;

/** What somebody does at the console. The names are those of commands where one is sent. */
public enum Act {
    /** Boards, alerts, incidents, feeds, readers, rules. */
    LOOK,
    COMMENT,
    ACKNOWLEDGE,
    RESOLVE,
    CANCEL,
    /** Take it, or hand it over. */
    ASSIGN,
    /** Give it back, so that nobody has it. */
    RETURN,
    ESCALATE,
    /** Enter a report upwards as made. */
    REPORT,
    /** Correct figures. */
    REVISE,
    /** See the monthly figures. */
    READ_FIGURES,
    /** See who did what. */
    READ_AUDIT,
    /** Play an exercise on the running system. */
    EXERCISE_BEGIN,
    /** End one that somebody else plays. */
    EXERCISE_STOP,
    EXERCISE_END,
    LOG_IN,
    LOG_OUT;

    /** In records. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a command is; empty for one of a newer version. */
    public static Optional<Act> of(CommandAction action) {
        return switch (action) {
            case ACKNOWLEDGE -> Optional.of(ACKNOWLEDGE);
            case RESOLVE -> Optional.of(RESOLVE);
            case CANCEL -> Optional.of(CANCEL);
            case COMMENT -> Optional.of(COMMENT);
            case ASSIGN -> Optional.of(ASSIGN);
            case RETURN -> Optional.of(RETURN);
            case ESCALATE -> Optional.of(ESCALATE);
            case REPORT -> Optional.of(REPORT);
            case REVISE -> Optional.of(REVISE);
            case UNKNOWN -> Optional.empty();
        };
    }
}
