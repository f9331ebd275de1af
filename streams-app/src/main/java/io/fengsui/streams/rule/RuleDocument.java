package io.fengsui.streams.rule;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A file of rules, or of their tests, as YAML nodes that know their place, and the list of what is wrong with it. */
public final class RuleDocument {
    private record Problem(int line, int column, String message) {}

    private final String file;
    private final int[] source;
    private final List<Problem> problems = new ArrayList<>();

    public RuleDocument(String file, String yaml) {
        this.file = file;
        this.source = yaml.codePoints().toArray();
    }

    /** The top of the file, or null (and a problem) if it is no mapping with only these keys. */
    public @Nullable RuleSection root(Set<String> keys) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(new String(source, 0, source.length)));
            if (root instanceof MappingNode mapping) {
                return new RuleSection(this, mapping, keys);
            }
            problem(1, 1, "expected a mapping with the keys " + String.join(", ", keys));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problem(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problem(1, 1, "is no YAML: " + e.getMessage());
        }
        return null;
    }

    public void problem(Node node, String message) {
        problem(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message);
    }

    /**
     * A problem inside a text.
     *
     * @param offset code points into the node's value
     */
    void problem(ScalarNode node, int offset, String message) {
        int at = sourceIndex(node, offset);
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column = source[i] == '\n' ? 1 : column + 1;
            line += source[i] == '\n' ? 1 : 0;
        }
        problem(line, column, message);
    }

    public boolean clean() {
        return problems.isEmpty();
    }

    public RuleException refused() {
        return new RuleException(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(p -> file + ":" + p.line + ":" + p.column + ": " + p.message)
                .distinct()
                .toList());
    }

    private void problem(int line, int column, String message) {
        problems.add(new Problem(line, column, message));
    }

    /**
     * Where a character of a text stands in the file. YAML folds lines and drops quotes but keeps the order of what can be
     * seen, so the two are walked side by side.
     */
    private int sourceIndex(ScalarNode node, int offset) {
        int[] value = node.getValue().codePoints().toArray();
        int at = node.getStartMark().getIndex();
        int end = Math.min(node.getEndMark().getIndex(), source.length);
        if (node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED) {
            while (at < end && source[at] != '\n') {
                at++;
            }
        }
        int last = at;
        for (int i = 0; i <= Math.min(offset, value.length - 1); i++) {
            if (Character.isWhitespace(value[i])) {
                continue;
            }
            while (at < end && source[at] != value[i]) {
                at++;
            }
            last = at;
            at++;
        }
        return Math.min(offset < value.length ? last : at, end);
    }
}
