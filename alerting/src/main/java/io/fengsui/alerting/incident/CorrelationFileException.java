package io.fengsui.alerting.incident;

import java.util.List;

/** The file is refused, whole. */
public final class CorrelationFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    CorrelationFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the file: {@code file:line:column: what, and what was expected}. */
    public List<String> problems() {
        return problems;
    }
}
