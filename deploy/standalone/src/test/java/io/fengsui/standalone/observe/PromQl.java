package io.fengsui.standalone.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the selectors of a PromQL expression. It knows as much of the grammar as tells a metric from a function, a keyword
 * and a label; whether the whole is right is for Prometheus to say.
 */
final class PromQl {

    /**
     * A metric with its matchers.
     *
     * @param text as it stands, without range and offset
     * @param labels that its matchers name
     */
    record Selector(String metric, String text, Set<String> labels) {}

    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+|#[^\\n]*)|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|(?<range>\\[[^\\]]*\\])"
                    + "|(?<name>[A-Za-z_:][A-Za-z0-9_:]*)|(?<number>[0-9][0-9a-zA-Z.]*)|(?<sign>[-+*/%^=!<>~(){},@.])");
    private static final Set<String> BEFORE_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "atan2");

    private final String expression;
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouping = new TreeSet<>();

    private PromQl(String expression) {
        this.expression = expression;
    }

    static PromQl of(String expression) {
        PromQl read = new PromQl(expression);
        read.tokenize();
        read.walk();
        return read;
    }

    List<Selector> selectors() {
        return List.copyOf(selectors);
    }

    /** Labels that something is grouped by or joined on. */
    Set<String> grouping() {
        return Set.copyOf(grouping);
    }

    private void tokenize() {
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("no PromQL at " + at + ": " + expression);
            }
            if (matcher.group("space") == null && matcher.group("range") == null) {
                tokens.add(matcher.group());
                starts.add(at);
            }
            at = matcher.end();
        }
    }

    private void walk() {
        int i = 0;
        while (i < tokens.size()) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (BEFORE_LABELS.contains(token)) {
                i = next.equals("(") ? labels(i + 2) : i + 1;
            } else if (token.equals("{")) {
                throw new IllegalArgumentException("a selector without a metric: " + expression);
            } else if (isName(token)
                    && !WORDS.contains(token.toLowerCase(Locale.ROOT))
                    && !next.equals("(")
                    && !next.equals("by")
                    && !next.equals("without")) {
                i = selector(i);
            } else {
                i++;
            }
        }
    }

    private int labels(int from) {
        int i = from;
        for (; !tokens.get(i).equals(")"); i++) {
            if (isName(tokens.get(i))) {
                grouping.add(tokens.get(i));
            }
        }
        return i + 1;
    }

    private int selector(int at) {
        String metric = tokens.get(at);
        int end = starts.get(at) + metric.length();
        Set<String> labels = new TreeSet<>();
        int i = at + 1;
        if (i < tokens.size() && tokens.get(i).equals("{")) {
            for (i++; !tokens.get(i).equals("}"); i++) {
                if (isName(tokens.get(i))) {
                    labels.add(tokens.get(i));
                }
            }
            end = starts.get(i) + 1;
            i++;
        }
        selectors.add(new Selector(metric, expression.substring(starts.get(at), end), labels));
        return i;
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_' || token.charAt(0) == ':';
    }
}
