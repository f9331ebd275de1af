package io.fengsui.streams.rule;

import io.fengsui.event.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One way a rule can go, to be reached by a test.
 *
 * @param rule id of the rule, or of the flag
 * @param severity of the step it is about; null if it is about no step
 */
public record Branch(String rule, Kind kind, @Nullable Severity severity) {

    /** What happens; the words stand behind the rule's id, and the severity's if there is one. */
    public enum Kind {
        RAISED("is raised"),
        QUIET("says nothing where no step is true"),
        NOT_RAISED_UNREAD("is not raised where a reading of it is missing"),
        LEFT("becomes milder"),
        HELD("stays while `until` is false, though `when` is"),
        NOT_LEFT_UNREAD("becomes no milder where a reading of it is missing"),
        ENDED("ends"),
        OPEN("goes on where no step is true and `clear` is false"),
        NOT_ENDED_UNREAD("does not end where a reading of it is missing"),
        CASE_ENDED("goes on when one case ends and another does not"),
        LAPSED("says nothing of what is over before `for` has passed"),
        SELDOM("says nothing before it has happened often enough"),
        NOT_APPLYING("says nothing where `applies` is not true"),
        OFF_SCHEDULE("says nothing outside its `schedule`"),
        IN_TIME("says nothing of what comes in time"),
        FLAGGED("is set"),
        NOT_FLAGGED("is not set");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return rule + ": " + (severity == null ? "" : severity + " ") + kind.words;
    }
}
