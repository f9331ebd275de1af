package io.fengsui.streams.rehearsal;

import io.fengsui.streams.rule.Branch;
import java.util.ArrayList;
import java.util.List;

/**
 * How the tests of a rule file went.
 *
 * @param left tests that were not asked for
 * @param branches how many the file has
 * @param untested those of them that no test reached
 */
public record TestReport(String file, List<Outcome> outcomes, int left, int branches, List<Branch> untested) {

    /**
     * How a test went.
     *
     * @param failures {@code file:line: expected …, got …}; empty: it passed
     */
    public record Outcome(String name, List<String> failures) {

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /** What is wrong, a line each: failures, and if all tests ran also branches that none reached. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        outcomes.forEach(outcome -> problems.addAll(outcome.failures()));
        if (left == 0) {
            untested.forEach(branch -> problems.add(file + ": no test of: " + branch));
        }
        return problems;
    }
}
