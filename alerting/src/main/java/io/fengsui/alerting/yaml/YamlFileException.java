package io.fengsui.alerting.yaml;

import java.util.List;

/** A file is refused, whole. */
public final class YamlFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    YamlFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the file: {@code file:line:column: what, and what was expected}. */
    public List<String> problems() {
        return problems;
    }
}
