package io.fengsui.seeds;

import io.fengsui.platform.StartException;
import java.util.List;

/** Files that are refused: every error with its place, so that one run shows them all. */
public final class SeedException extends StartException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param what what is refused, for the message's first line */
    public SeedException(String what, List<String> problems) {
        super(what + " has " + problems.size() + (problems.size() == 1 ? " error:" : " errors:") + "\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Lines {@code file:line: column: what was found, what was expected}. */
    public List<String> problems() {
        return problems;
    }
}
