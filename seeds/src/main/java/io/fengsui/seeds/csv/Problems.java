package io.fengsui.seeds.csv;

import io.fengsui.platform.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects all that is wrong, so that one run tells everything. Errors refuse the set; warnings do not. For one thread.
 */
public final class Problems {
    private static final int LONGEST_VALUE = 60;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<String> incomplete = new HashSet<>();

    public void error(String file, int line, String column, String message) {
        errors.add(new Problem(file, line, column, message));
    }

    public void warning(String file, int line, String column, String message) {
        warnings.add(new Problem(file, line, column, message));
    }

    /** A file, or a directory of files, was not read whole: what it lacks cannot be told from what it has not. */
    public void incomplete(String file) {
        incomplete.add(file);
    }

    /** Whether what a file has not can be held against those who name it. */
    public boolean isComplete(String file) {
        return !incomplete.contains(file);
    }

    /** Number of errors so far. */
    public int errorCount() {
        return errors.size();
    }

    /** Errors by file and line. */
    public List<String> errors() {
        return lines(errors);
    }

    /** Warnings by file and line. */
    public List<String> warnings() {
        return lines(warnings);
    }

    /** A value as shown in messages: quoted, shortened, without line breaks. */
    public static String shown(String value) {
        String oneLine = value.replace('\n', ' ').replace('\r', ' ');
        return oneLine.length() <= LONGEST_VALUE
                ? "'" + oneLine + "'"
                : "'" + oneLine.substring(0, LONGEST_VALUE) + "…' (" + value.length() + " characters)";
    }

    /** Words that propose the known value most like a wrong one; blank if none is near. */
    public static String suggestion(String wrong, Collection<String> known) {
        return Spelling.nearest(wrong, known, 1)
                .map(k -> "; did you mean '" + k + "'?")
                .orElse("");
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .map(Problem::toString)
                .toList();
    }
}
