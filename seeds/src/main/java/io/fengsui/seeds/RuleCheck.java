package io.fengsui.seeds;

import io.fengsui.seeds.csv.Problems;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one place that knows the compiler of rules. */
final class RuleCheck {
    /** A line of the compiler: file, line, column, message. */
    private static final Pattern LINE = Pattern.compile(".*?:(\\d+):(?:(\\d+):)?\\s*(.*)", Pattern.DOTALL);

    private RuleCheck() {}

    /** Compiles a file, tells its errors, and returns the parameters that it declares. */
    static List<DeclaredParameter> declared(String file, String yaml, Problems problems) {
        try {
            return RuleCompiler.compile(file, yaml).params().values().stream()
                    .map(p -> new DeclaredParameter(p.name(), p.defaultValue(), p.min(), p.max(), p.atLeast()))
                    .toList();
        } catch (RuleException e) {
            e.problems().forEach(line -> tell(file, line, problems));
            return List.of();
        }
    }

    static String version(String yaml) {
        return RuleCompiler.version(yaml);
    }

    private static void tell(String file, String line, Problems problems) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            String column = matcher.group(2) == null ? "" : "column " + matcher.group(2);
            problems.error(file, Integer.parseInt(matcher.group(1)), column, matcher.group(3));
        } else {
            problems.error(file, 1, "", line);
        }
    }
}
