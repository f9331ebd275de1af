package io.fengsui.streams.rehearsal;

import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.util.List;

/**
 * The tests of a rule file.
 *
 * @param file name for messages
 */
public record TestFile(String file, List<RuleTest> tests) {

    /**
     * Reads a file; docs/rule-format.md of this module describes the format.
     *
     * @param rules that it tests
     * @throws RuleException with everything that is wrong
     */
    public static TestFile read(String file, String yaml, RuleSet rules) throws RuleException {
        return new TestFileReader(file, yaml, rules).read();
    }
}
