package io.fengsui.alerting.yaml;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** One file and all that is wrong with it: {@code file:line:column: what, and what was expected}. For one thread. */
public final class YamlFile {

    private record Problem(int line, int column, String message) {}

    private final String file;
    private final String yaml;
    private final List<Problem> problems = new ArrayList<>();

    /** @param file name for messages */
    public YamlFile(String file, String yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    /** First 12 hex digits of the SHA-256 of a file's text. */
    public static String version(String yaml) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The file as a mapping.
     *
     * @param keys the keys it may have
     * @throws YamlFileException if it is no YAML, or empty
     */
    public YamlSection top(Set<String> keys) throws YamlFileException {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root != null) {
                return new YamlSection(root, keys, this::problem);
            }
            problems.add(new Problem(1, 1, "the file is empty; expected " + String.join(", ", keys)));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Problem(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "is no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(1, 1, "is no YAML: " + e.getMessage()));
        }
        throw refused();
    }

    public void problem(Node node, String message) {
        problems.add(new Problem(
                node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message));
    }

    /** @throws YamlFileException with every problem, if there is one */
    public void refuseIfWrong() throws YamlFileException {
        if (!problems.isEmpty()) {
            throw refused();
        }
    }

    private YamlFileException refused() {
        return new YamlFileException(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(p -> file + ":" + p.line + ":" + p.column + ": " + p.message)
                .distinct()
                .toList());
    }
}
