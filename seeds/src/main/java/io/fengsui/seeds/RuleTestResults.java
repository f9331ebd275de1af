package io.fengsui.seeds;

import io.fengsui.reference.RuleFile;
import io.fengsui.reference.RuleTestCount;
import io.fengsui.reference.RuleTestResult;
import io.fengsui.streams.rehearsal.RuleTest;
import io.fengsui.streams.rehearsal.RuleTests;
import io.fengsui.streams.rehearsal.TestFile;
import io.fengsui.streams.rehearsal.TestReport;
import io.fengsui.streams.rehearsal.TestReport.Outcome;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tests of a set's rule files, so that the result is published with the rules: who sees a rule in force sees whether
 * it was tested. A failed test refuses nothing here; {@code fengsui rules test} does.
 */
public final class RuleTestResults {
    private static final String TESTS = "tests";

    private RuleTestResults() {}

    /**
     * The same set, its rule files with the results of their tests; takes about a second.
     *
     * @param directory of the set
     */
    public static SeedSet added(SeedSet set, Path directory) {
        Map<String, RuleFile> rules = new LinkedHashMap<>();
        set.rules()
                .forEach((feed, file) -> rules.put(
                        feed,
                        RuleFile.newBuilder(file)
                                .setTests(result(
                                        file,
                                        directory.resolve(RuleFiles.DIRECTORY).resolve(TESTS)))
                                .build()));
        return set.withRules(rules);
    }

    /** Null where there is no file of tests. */
    private static @Nullable RuleTestResult result(RuleFile file, Path directory) {
        Path path = directory.resolve(file.getFeed() + ".yaml");
        if (!Files.exists(path)) {
            return null;
        }
        String name = RuleFiles.DIRECTORY + "/" + TESTS + "/" + path.getFileName();
        try {
            String yaml = Files.readString(path);
            RuleSet rules = RuleCompiler.compile(file.getFeed() + ".yaml", file.getYaml());
            try {
                TestFile tests = TestFile.read(name, yaml, rules);
                TestReport report = RuleTests.run(rules, file.getYaml(), tests, test -> true);
                return of(name, RuleCompiler.version(yaml), rules, tests, report);
            } catch (RuleException e) {
                return unreadable(name, RuleCompiler.version(yaml), String.valueOf(e.getMessage()));
            }
        } catch (RuleException e) {
            throw new IllegalStateException("A seed set is checked when it is loaded", e);
        } catch (IOException e) {
            return unreadable(name, "", e.toString());
        }
    }

    private static RuleTestResult unreadable(String name, String version, String problem) {
        return new RuleTestResult(name, version, 0, List.of(), 0, 0, Map.of(), problem);
    }

    private static RuleTestResult of(String name, String version, RuleSet rules, TestFile tests, TestReport report) {
        Set<String> failed = report.outcomes().stream()
                .filter(outcome -> !outcome.passed())
                .map(Outcome::name)
                .collect(Collectors.toSet());
        Map<String, RuleTestCount> byRule = new TreeMap<>();
        for (Rule rule : rules.rules()) {
            List<RuleTest> of = tests.tests().stream()
                    .filter(test -> isAbout(test, rule.id()))
                    .toList();
            byRule.put(
                    rule.id(),
                    new RuleTestCount(
                            of.size(),
                            (int) of.stream()
                                    .filter(test -> failed.contains(test.name()))
                                    .count(),
                            (int) report.untested().stream()
                                    .filter(branch -> branch.rule().equals(rule.id()))
                                    .count()));
        }
        return new RuleTestResult(
                name,
                version,
                report.outcomes().size(),
                report.outcomes().stream()
                        .filter(outcome -> !outcome.passed())
                        .map(Outcome::name)
                        .toList(),
                report.branches(),
                report.untested().size(),
                byRule,
                null);
    }

    private static boolean isAbout(RuleTest test, String ruleId) {
        return test.steps().stream().flatMap(step -> step.expected().stream()).anyMatch(expected -> expected.ruleId()
                .equals(ruleId));
    }
}
