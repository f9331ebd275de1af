package io.fengsui.seeds;

import io.fengsui.seeds.csv.Problems;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles the rule files of a set one after another and tells what the streams app would refuse. The one place that knows
 * the compiler of rules.
 */
final class RuleCheck {
    /** A line of the compiler: file, line, column, message. */
    private static final Pattern LINE = Pattern.compile(".*?:(\\d+):(?:(\\d+):)?\\s*(.*)", Pattern.DOTALL);

    private final Problems problems;
    private final Map<String, String> fileByRule = new HashMap<>();
    private final Map<String, String> fileByParameter = new HashMap<>();
    private final Map<String, DeclaredParameter> declared = new TreeMap<>();

    RuleCheck(Problems problems) {
        this.problems = problems;
    }

    /** Takes a file that shall hold for a feed. */
    void take(String feed, String file, String yaml) {
        try {
            RuleSet rules = RuleCompiler.compile(file, yaml);
            RuleLines lines = RuleLines.of(yaml);
            if (!rules.feed().id().equals(feed)) {
                problems.error(file, lines.feed(), "feed", "found " + rules.feed() + ", expected " + feed);
            }
            // An alert is named after its rule, a value after its parameter: neither says of which feed it is.
            rules.rules().forEach(rule -> claim(fileByRule, "rule", rule.id(), file, lines.rules()));
            rules.params().keySet().forEach(name -> claim(fileByParameter, "parameter", name, file, lines.params()));
            rules.params()
                    .values()
                    .forEach(p -> declared.putIfAbsent(
                            p.name(),
                            new DeclaredParameter(p.name(), feed, p.defaultValue(), p.min(), p.max(), p.atLeast())));
        } catch (RuleException e) {
            e.problems().forEach(line -> tell(problems, file, line));
            problems.incomplete(RuleFiles.DIRECTORY);
        }
    }

    /** What the files so far declare, by name. */
    Map<String, DeclaredParameter> declared() {
        return declared;
    }

    /** Ids of the rules so far. */
    Set<String> ruleIds() {
        return Set.copyOf(fileByRule.keySet());
    }

    static String version(String yaml) {
        return RuleCompiler.version(yaml);
    }

    private void claim(Map<String, String> owners, String what, String name, String file, Map<String, Integer> lines) {
        String owner = owners.putIfAbsent(name, file);
        if (owner != null) {
            problems.error(
                    file,
                    lines.getOrDefault(name, 1),
                    "",
                    "found " + what + " " + Problems.shown(name) + ", expected a name that " + owner + " has not");
        }
    }

    /** Passes on what a compiler says. */
    static void tell(Problems problems, String file, String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            String column = matcher.group(2) == null ? "" : "column " + matcher.group(2);
            problems.error(file, Integer.parseInt(matcher.group(1)), column, matcher.group(3));
        } else {
            problems.error(file, 1, "", line);
        }
    }
}
